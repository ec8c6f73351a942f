"""The posts that a local congress elects (地方组织法 (2022) arts 26-27; 选举法 (2020) for deputies of the congress above).

What the law asks of a post goes by its kind: heads may stand alone, vice posts and members must be contested, by different margins.
Which margin, how many signatures, who is eligible is asked of the law by topic; here is only what a post is.
"""

from enum import StrEnum
from typing import NamedTuple

from domain.text import Text

COUNTY_UP = ("county", "city", "province")
WITH_SECRETARY = ("city", "province")
TOWNSHIP = ("township",)


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
    """

    code: str
    title: Text
    kind: PostKind
    levels: tuple[str, ...]
    organ: str

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
    Post("sc-member", Text("人大常委会委员", "member of the standing committee"), PostKind.MEMBER, COUNTY_UP, "standing_committee"),
    Post("government-head", Text("政府正职", "head of government"), PostKind.HEAD, COUNTY_UP, "government"),
    Post("deputy-government-head", Text("政府副职", "deputy head of government"), PostKind.VICE, COUNTY_UP, "government"),
    Post(
        "supervisory-director", Text("监察委员会主任", "director of the supervisory commission"), PostKind.HEAD, COUNTY_UP,
        "supervisory_commission",
    ),
    Post("court-president", Text("人民法院院长", "president of the court"), PostKind.HEAD, COUNTY_UP, "court"),
    Post("chief-procurator", Text("人民检察院检察长", "chief procurator"), PostKind.HEAD, COUNTY_UP, "procuratorate"),
    Post("township-chair", Text("乡镇人大主席", "chair of the township congress"), PostKind.HEAD, TOWNSHIP, "congress"),
    Post("township-vice-chair", Text("乡镇人大副主席", "vice-chair of the township congress"), PostKind.VICE, TOWNSHIP, "congress"),
    Post("township-head", Text("乡镇长", "township head"), PostKind.HEAD, TOWNSHIP, "government"),
    Post("township-deputy-head", Text("副乡镇长", "deputy township head"), PostKind.VICE, TOWNSHIP, "government"),
    Post("higher-deputy", Text("上一级人大代表", "deputy of the congress above"), PostKind.DEPUTY, COUNTY_UP, "higher_congress"),
)  # fmt: skip

POSTS: dict[str, Post] = {post.code: post for post in _ALL}
"""Every post by its code."""

AMONG_DEPUTIES = frozenset(p.code for p in _ALL if p.organ in ("standing_committee", "congress"))
"""Posts whose holders come from the deputies of the congress (地方组织法 (2022) arts 18, 47); the law is asked whether it is so."""
