"""What people call the organs that the law names when somebody resigns, is removed or loses an office."""

from domain.text import Text

ORGANS: dict[str, Text] = {
    "standing_committee": Text("常委会组成人员", "the standing committee"),
    "special_committee": Text("专门委员会组成人员", "special committees"),
    "congress": Text("人大主席、副主席", "chair and vice-chairs of the congress"),
    "presidium": Text("主席团成员", "members of the presidium"),
    "government": Text("本级人民政府", "the government"),
    "supervisory_commission": Text("监察委员会", "the supervisory commission"),
    "court": Text("人民法院", "the court"),
    "procuratorate": Text("人民检察院", "the procuratorate"),
    "presidency": Text("国家主席、副主席", "the President and Vice-President"),
    "state_council": Text("国务院组成人员", "members of the State Council"),
    "military_commission": Text("中央军事委员会组成人员", "members of the Central Military Commission"),
}
