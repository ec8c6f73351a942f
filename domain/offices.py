"""What people call the offices that act."""

from domain.text import Text

OFFICES = {
    "presidium": Text("主席团", "presidium"),
    "standing_committee": Text("人大常委会", "standing committee"),
    "council_of_chairpersons": Text("主任会议", "council of chairpersons"),
    "sc_office": Text("常委会工作机构", "office of the standing committee"),
    "executive_chair": Text("执行主席", "executive chair"),
    "secretariat": Text("大会秘书处", "secretariat"),
    "credentials_committee": Text("代表资格审查委员会", "credentials committee"),
    "budget_committee": Text("财政预算审查委员会", "budget committee"),
    "motions_committee": Text("议案审查委员会", "motions committee"),
    "special_committee": Text("专门委员会", "special committee"),
    "government": Text("人民政府", "government"),
    "court": Text("人民法院", "court"),
    "procuratorate": Text("人民检察院", "procuratorate"),
    "supervisory_commission": Text("监察委员会", "supervisory commission"),
    "scrutineer": Text("监票人", "scrutineer"),
    "deputy": Text("代表", "deputy"),
    "group": Text("代表团", "delegation"),
    "street_committee": Text("人大街道工委", "street committee"),
    "street_office": Text("街道办事处", "street office"),
    "council": Text("居民议事组织", "council"),
    "handling_unit": Text("承办单位", "handling unit"),
    "clock": Text("系统", "the engine"),
}


def office_word(office: str) -> Text:
    return OFFICES.get(office, Text(office, office))
