"""What people call the offices that act, by the codes of `domain.submission.Office`."""

from domain.submission import Office
from domain.text import Text

OFFICE_NAMES: dict[str, Text] = {
    "presidium": Text("主席团", "the presidium"),
    "standing_committee": Text("人大常委会", "the standing committee"),
    "council_of_chairpersons": Text("主任会议", "the council of chairpersons"),
    "sc_office": Text("常委会办事机构", "the standing committee's office"),
    "executive_chair": Text("执行主席", "the executive chair"),
    "secretariat": Text("秘书处(人大办)", "the secretariat"),
    "credentials_committee": Text("代表资格审查委员会", "the credentials committee"),
    "budget_committee": Text("财政预算审查委员会", "the budget committee"),
    "motions_committee": Text("议案审查委员会", "the committee on motions"),
    "special_committee": Text("专门委员会", "a special committee"),
    "government": Text("本级人民政府", "the government"),
    "court": Text("人民法院", "the court"),
    "procuratorate": Text("人民检察院", "the procuratorate"),
    "supervisory_commission": Text("监察委员会", "the supervisory commission"),
    "scrutineer": Text("监票人", "a scrutineer"),
    "deputy": Text("代表", "a deputy"),
    "group": Text("代表团(小组)", "a delegation or group"),
    "street_committee": Text("人大街道工委", "the street committee"),
    "street_office": Text("街道办事处", "the street office"),
    "council": Text("居民议事组织", "the residents' council"),
    "handling_unit": Text("承办单位", "the handling unit"),
    "clock": Text("期限(系统)", "the clock"),
}
"""Each office as a sentence names it."""


def organ_named(organ: str) -> Text:
    """An organ as people call it, whether it was written as a code or by its name."""
    return OFFICE_NAMES.get(organ, Text(organ, organ))


def office_word(office: str) -> Text:
    """An office as a list names it: in English without its article."""
    named = organ_named(office)
    return Text(named.zh, named.en.removeprefix("the ").removeprefix("a "))


HANDLERS: tuple[Office, ...] = ("government", "supervisory_commission", "court", "procuratorate", "handling_unit")
"""The organs that handle what is handed to them (一府一委两院), and any unit of theirs."""
HANDLERS_HERE: tuple[Office, ...] = (*HANDLERS, "street_office")
"""The same where there may be a street."""
UNITS: tuple[Office, ...] = (
    "handling_unit", "government", "court", "procuratorate", "supervisory_commission", "street_office",
)  # fmt: skip
"""The same for what one unit does as a rule (承办单位): it is taken when nobody is named."""
SUPERVISORS: tuple[Office, ...] = (
    "sc_office", "standing_committee", "council_of_chairpersons", "presidium", "street_committee",
)  # fmt: skip
"""Those who follow up what a congress or its standing committee asked for."""
DECIDERS: tuple[Office, ...] = ("standing_committee", "council_of_chairpersons", "presidium", "street_committee")
"""Those of them who decide: by which method is voted, what is approved, and what goes on the agenda."""
KEEPERS: tuple[Office, ...] = ("sc_office", "presidium", "street_committee")
"""Those who assign suggestions and keep them moving (办事机构、主席团、街道工委)."""
