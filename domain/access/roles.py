"""The roles (角色) and their rights, as one table. Door, tests and docs/access.md all read it; nothing else says who may do what.

An office (`domain.submission.Office`) is in whose name an act stands; the law says which office does what, and the domain judges that. A
role is what the holder of a token is here. A role acts as offices of its own, or enters for others (代录): then the record says so.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from domain.submission import Role
from domain.text import Text

Read = Literal[
    "about",  # what the service is, and how it stands
    "acts",  # the acts there are, and who may do them
    "law",  # the law book and the kinds of meeting
    "documents",  # papers behind entries: who reads the record all, others those they sent in
    "sessions",  # which sessions there are
    "status",  # where a session stands, what may come next
    "hall",  # the quorum light
    "deadlines",
    "matters",
    "figures",  # the lists and the figures of a year
    "votes",
    "elections",
    "boxes",  # how electronic boxes stand, and their forms
    "ballots",  # the sealed ballots of a closed box
    "members",  # the roll, with names
    "papers",  # the papers made from the record, with names
    "history",  # the record, refused attempts among it
    "events",  # the record as it grows, as far as `domain.access.hearing` says
    "webhooks",  # which events are sent where, of one's own making
    "verify",
    "tokens",  # who holds a token, never the token
    "service",  # metrics, health, deliveries: how the machine does
]
READS: tuple[Read, ...] = get_args(Read)

OPEN: frozenset[Read] = frozenset({"about", "acts", "law", "documents", "sessions"})
BUSINESS: frozenset[Read] = OPEN | {
    "status",
    "hall",
    "deadlines",
    "matters",
    "figures",
    "votes",
    "elections",
    "boxes",
    "members",
}
RECORD: frozenset[Read] = BUSINESS | {"papers", "history", "events", "verify"}
SENDS: frozenset[Read] = frozenset({"events", "webhooks"})


class Grant(NamedTuple):
    """Acts that a role may do as some offices. `acts` None: all that these offices may do, `but` those."""

    offices: tuple[str, ...]
    acts: frozenset[str] | None = None
    but: frozenset[str] = frozenset()
    on_behalf: bool = False  # it is none of these offices, and enters for them

    def holds(self, act: str, office: str) -> bool:
        return office in self.offices and (self.acts is None or act in self.acts) and act not in self.but


class RoleTold(NamedTuple):
    """One role. `own`: it acts for the person or unit of its token and nobody else. `scoped`: its token has to name its acts."""

    title: Text
    says: Text
    grants: tuple[Grant, ...] = ()
    reads: frozenset[Read] = OPEN
    own: Literal["", "person", "unit"] = ""
    scoped: bool = False
    tokens: Literal["", "revoke"] = ""  # what it may do with others' tokens


ORDERS = frozenset(
    {
        "put-to-vote", "open-ballot", "announce", "declare-election", "declare-projects", "declare-rating", "decide-on-tie",
        "decide-validity", "decide-separate-election", "break-off-ballot", "vote-on-removal", "presidium-decides", "give-up-box",
        "decide-dismissal", "decide-resignation", "decide-resignation-in-recess", "decide-removal-in-recess", "investigate-removal",
        "replace-court-president", "name-acting",
    }
)  # fmt: skip
"""Ordering a vote, and saying what it came to (交付表决、宣布结果); and what the presidium alone decides, a correction among it."""
COUNTS = frozenset({"enter-ballot-sheet", "enter-sheet", "enter-vote-sheet", "enter-device-count"})
"""Entering what was counted (录入计票)."""
ATTESTS = frozenset({"attest-count", "attest-box"})
"""Vouching for a count (监票签认)."""
BOX = frozenset({"seal-box", "close-box", "open-box"})
"""The box itself (封箱、关箱、开箱)."""
ISSUES = frozenset({"issue-ballot"})
OF_SCRUTINEERS = COUNTS | ATTESTS | BOX | ISSUES

CONVENERS = ("presidium", "executive_chair", "standing_committee", "council_of_chairpersons", "street_committee")
CLERKS = ("secretariat", "sc_office", "street_committee")
COMMITTEES = ("credentials_committee", "budget_committee", "motions_committee", "special_committee")
ORGANS = ("government", "court", "procuratorate", "supervisory_commission", "street_office", "handling_unit")
COUNT_OFFICES = ("scrutineer", "street_committee")
ENTERED_FOR = (*(o for o in CONVENERS if o not in CLERKS), *COMMITTEES, *ORGANS, "group", "council")
"""For whom a clerk enters what is on paper. A deputy and a scrutineer are not among them: nobody votes or counts for another."""
CLERKS_GRANTS = (
    Grant(CLERKS, but=ORDERS | OF_SCRUTINEERS),
    Grant(ENTERED_FOR, but=ORDERS | OF_SCRUTINEERS, on_behalf=True),
)

ROLES: Mapping[Role, RoleTold] = {
    "secretariat": RoleTold(
        Text("秘书处工作人员", "secretariat"),
        Text(
            "筹备、记录、代录纸面事项;不代人投票,不录票、不签认,不宣布结果",
            "prepares, records, enters what is on paper; never votes for others, counts, attests or declares",
        ),
        CLERKS_GRANTS,
        RECORD | SENDS | {"tokens", "service"},
    ),
    "presidium": RoleTold(
        Text("主席团(执行主席)", "presidium, executive chair"),
        Text("召集、主持、交付表决、宣布结果;不计票", "convenes, chairs, orders votes, declares; never counts"),
        (Grant(CONVENERS, but=OF_SCRUTINEERS), Grant(COMMITTEES, but=OF_SCRUTINEERS, on_behalf=True)),
        RECORD | SENDS,
    ),
    "chief_scrutineer": RoleTold(
        Text("总监票人", "chief scrutineer"),
        Text("封箱、关箱、开箱、发票、签认;不录票,不宣布", "seals, closes and opens the box, issues, attests; neither counts nor declares"),
        (Grant(COUNT_OFFICES, BOX | ATTESTS | ISSUES | {"record-device-failure"}),),
        OPEN | {"status", "hall", "votes", "elections", "boxes", "ballots", "members"},
    ),
    "scrutineer": RoleTold(
        Text("监票人", "scrutineer"),
        Text("发票、签认;不录票,不宣布", "issues and attests; neither counts nor declares"),
        (Grant(COUNT_OFFICES, ATTESTS | ISSUES | {"record-device-failure"}),),
        OPEN | {"status", "hall", "votes", "elections", "boxes", "ballots", "members"},
    ),
    "teller": RoleTold(
        Text("计票人", "teller"),
        Text("录入计票单和设备票数;不签认,不宣布", "enters sheets and device counts; neither attests nor declares"),
        (Grant(COUNT_OFFICES, COUNTS, on_behalf=True),),
        OPEN | {"status", "hall", "votes", "elections"},
    ),
    "deputy": RoleTold(
        Text("代表", "deputy"),
        Text("以本人名义签到、领票、提出、测评", "signs in, takes a ballot, files and rates, in their own name alone"),
        (Grant(("deputy",)),),
        BUSINESS | {"events"},
        own="person",
    ),
    "handling_unit": RoleTold(
        Text("承办单位", "handling unit"),
        Text("办理、答复、报告本单位承办的事项", "handles, replies and reports on what is its own unit's"),
        (Grant(ORGANS),),
        OPEN | SENDS | {"deadlines", "matters"},
        own="unit",
    ),
    "auditor": RoleTold(
        Text("核查人员", "auditor"),
        Text("可看全部记录,不写一字", "reads all of the record and writes nothing"),
        (),
        RECORD | {"webhooks", "tokens", "service"},
    ),
    "integration": RoleTold(
        Text("对接程序", "integration"),
        Text(
            "只办令牌写明的行为,只看所属会议;看不到选票",
            "does only the acts that its token names, reads only its own bodies; sees no ballots",
        ),
        (*CLERKS_GRANTS, Grant(COUNT_OFFICES, frozenset({"enter-device-count", "record-device-failure"}), on_behalf=True)),
        OPEN | {"status", "hall", "deadlines", "matters", "figures", "votes", "elections", "events", "webhooks"},
        scoped=True,
    ),
    "operator": RoleTold(
        Text("运维人员", "operator"),
        Text("看系统是否正常、可停用令牌;不办任何事项", "sees that it runs, may revoke a token; does no act"),
        (),
        OPEN | {"verify", "service", "tokens", "webhooks"},
        tokens="revoke",
    ),
}  # fmt: skip

ONE_PERSON: frozenset[Read] = frozenset(READS)
"""What the office's own token reads while one person does everything (一人办公)."""

OWN_FIELDS: Mapping[str, tuple[str, Literal["only", "among"]]] = {
    "sign-in": ("deputies", "only"),
    "sign-out": ("deputies", "only"),
    "issue-ballot": ("deputies", "only"),
    "withdraw-signature": ("deputies", "only"),
    "rate-reply": ("deputy", "only"),
    "claim-activity": ("deputy", "only"),
    "confirm-contact": ("deputy", "only"),
    "demand-reanswer": ("dissatisfied", "among"),
    "file-amendment": ("deputies", "among"),
    "file-interpellation": ("deputies", "among"),
    "file-motion": ("deputies", "among"),
    "file-suggestion": ("deputies", "among"),
    "raise-inquiry": ("deputies", "among"),
    "propose-constitution": ("deputies", "among"),
    "propose-removal": ("deputies", "among"),
    "petition": ("signatories", "among"),
    "nominate": ("signatories", "among"),
    "withdraw-nomination": ("requested_by", "among"),
}
"""Where an act names the deputies whose it is: one with a token of their own stands there, alone or among those who sign with them."""
NOT_OWN: Mapping[str, tuple[str, ...]] = {"sign-in": ("cards", "present"), "sign-out": ("cards", "remaining")}
"""Fields by which an act would speak of others too."""

APART: tuple[tuple[frozenset[Role], frozenset[Role]], ...] = (
    (frozenset({"teller"}), frozenset({"scrutineer", "chief_scrutineer"})),
    (frozenset({"teller", "scrutineer", "chief_scrutineer"}), frozenset({"presidium"})),
    (frozenset({"auditor"}), frozenset(ROLES) - {"auditor"}),
)
"""Roles that one person holds only in an office of one person: who counts is overseen by another and declares nothing; who examines does no
act."""
