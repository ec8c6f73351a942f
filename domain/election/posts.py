"""The posts that a congress fills: elected, or, of some at the national level, decided on (决定任命) upon somebody's nomination.

地方组织法 (2022) arts 26-27; 选举法 (2020) for deputies of the congress above; 全国人大组织法 (2021) arts 18-19 for the national congress. What
the law asks of a post goes by its kind: heads may stand alone, vice posts and members must be contested, by different margins.
Which margin, how many signatures, who is eligible is asked of the law by topic; here is only what a post is.
"""

from enum import StrEnum
from typing import NamedTuple

from domain.text import Text

COUNTY_UP = ("county", "city", "province")
WITH_SECRETARY = ("city", "province", "national")
TOWNSHIP = ("township",)
NATIONAL = ("national",)
EVERY_COMMITTEE = (*COUNTY_UP, *NATIONAL)
"""Congresses that have a standing committee."""


class PostKind(StrEnum):
    HEAD = "head"  # 正职: one person
    VICE = "vice"  # 副职
    MEMBER = "member"  # 常委会委员
    DEPUTY = "deputy"  # 上一级人大代表, elected under the Electoral Law


class Post(NamedTuple):
    """One kind of post.

    Attributes:
        levels: of the congresses that elect it.
        organ: whose post it is: the standing committee, the township's congress, the government or another organ of the same level.
        nominated: how the topic on who nominates ends, where the law of this post names somebody of its own: `nomination.by.premier`.
            Such a person is decided on (决定任命) and not elected: nobody else may be proposed, on the ballot neither.
    """

    code: str
    title: Text
    kind: PostKind
    levels: tuple[str, ...]
    organ: str
    nominated: str = ""

    @property
    def margin(self) -> str:
        """The topic on which the law says by how many the candidates exceed the seats."""
        return {
            PostKind.HEAD: "margin.head",
            PostKind.VICE: "margin.vice",
            PostKind.MEMBER: "margin.members",
            PostKind.DEPUTY: "margin.deputies",
        }[self.kind]

    @property
    def is_deputy(self) -> bool:
        """Whether the Electoral Law governs it rather than the Organic Law."""
        return self.kind is PostKind.DEPUTY

    @property
    def under(self) -> str:
        """How topics end on which the two laws speak apart: `nomination.joint` of the Organic Law, `nomination.joint.deputies`."""
        return ".deputies" if self.is_deputy else ""

    @property
    def is_decided_on(self) -> bool:
        """Whether the congress decides on the person nominated (决定任命), and elects nobody."""
        return bool(self.nominated)

    @property
    def nominated_by(self) -> str:
        """The topic on who nominates."""
        return f"nomination.by.{self.nominated}" if self.nominated else f"nomination.by{self.under}"


_ALL = (
    Post("sc-chair", Text("人大常委会主任", "chair of the standing committee"), PostKind.HEAD, COUNTY_UP, "standing_committee"),
    Post(
        "sc-secretary-general", Text("人大常委会秘书长", "secretary-general of the standing committee"), PostKind.HEAD,
        WITH_SECRETARY, "standing_committee",
    ),
    Post(
        "sc-vice-chair", Text("人大常委会副主任", "vice-chair of the standing committee"), PostKind.VICE, COUNTY_UP,
        "standing_committee",
    ),
    Post("sc-member", Text("人大常委会委员", "member of the standing committee"), PostKind.MEMBER, EVERY_COMMITTEE, "standing_committee"),
    Post("government-head", Text("政府正职", "head of government"), PostKind.HEAD, COUNTY_UP, "government"),
    Post("deputy-government-head", Text("政府副职", "deputy head of government"), PostKind.VICE, COUNTY_UP, "government"),
    Post(
        "supervisory-director", Text("监察委员会主任", "director of the supervisory commission"), PostKind.HEAD, EVERY_COMMITTEE,
        "supervisory_commission",
    ),
    Post("court-president", Text("人民法院院长", "president of the court"), PostKind.HEAD, EVERY_COMMITTEE, "court"),
    Post("chief-procurator", Text("人民检察院检察长", "chief procurator"), PostKind.HEAD, EVERY_COMMITTEE, "procuratorate"),
    Post("township-chair", Text("乡镇人大主席", "chair of the township congress"), PostKind.HEAD, TOWNSHIP, "congress"),
    Post("township-vice-chair", Text("乡镇人大副主席", "vice-chair of the township congress"), PostKind.VICE, TOWNSHIP, "congress"),
    Post("township-head", Text("乡镇长", "township head"), PostKind.HEAD, TOWNSHIP, "government"),
    Post("township-deputy-head", Text("副乡镇长", "deputy township head"), PostKind.VICE, TOWNSHIP, "government"),
    Post("higher-deputy", Text("上一级人大代表", "deputy of the congress above"), PostKind.DEPUTY, COUNTY_UP, "higher_congress"),
    Post(
        "npcsc-chair", Text("全国人大常委会委员长", "chair of the National People's Congress's Standing Committee"), PostKind.HEAD, NATIONAL,
        "standing_committee",
    ),
    Post(
        "npcsc-vice-chair", Text("全国人大常委会副委员长", "vice-chair of the National People's Congress's Standing Committee"),
        PostKind.VICE, NATIONAL, "standing_committee",
    ),
    Post("president", Text("国家主席", "President"), PostKind.HEAD, NATIONAL, "presidency"),
    Post("vice-president", Text("国家副主席", "Vice-President"), PostKind.VICE, NATIONAL, "presidency"),
    Post(
        "cmc-chair", Text("中央军事委员会主席", "chair of the Central Military Commission"), PostKind.HEAD, NATIONAL, "military_commission",
    ),
    Post("premier", Text("国务院总理", "Premier"), PostKind.HEAD, NATIONAL, "state_council", "premier"),
    Post("vice-premier", Text("国务院副总理", "Vice-Premier"), PostKind.VICE, NATIONAL, "state_council", "state_council"),
    Post("state-councillor", Text("国务委员", "state councillor"), PostKind.MEMBER, NATIONAL, "state_council", "state_council"),
    Post(
        "minister", Text("部长、委员会主任、行长、审计长、国务院秘书长", "minister or other member of the State Council"), PostKind.MEMBER,
        NATIONAL, "state_council", "state_council",
    ),
    Post(
        "cmc-vice-chair", Text("中央军事委员会副主席", "vice-chair of the Central Military Commission"), PostKind.VICE, NATIONAL,
        "military_commission", "military_commission",
    ),
    Post(
        "cmc-member", Text("中央军事委员会委员", "member of the Central Military Commission"), PostKind.MEMBER, NATIONAL,
        "military_commission", "military_commission",
    ),
)  # fmt: skip

POSTS: dict[str, Post] = {post.code: post for post in _ALL}
"""Every post by its code."""

AMONG_DEPUTIES = frozenset(p.code for p in _ALL if p.organ in ("standing_committee", "congress"))
"""Posts whose holders come from the deputies of the congress (地方组织法 (2022) arts 18, 47; 全国人大组织法 (2021)
art. 23(2)); the law is asked whether it is so."""
