"""What may be noticed at elections without stopping an act, each with its sentence in both languages."""

from domain.text import Text

SAYS: dict[str, Text] = {
    # the election method
    "MarginByDecision": Text(
        "{election}应选 {seats} 人,法定差额比例之间没有整数,按大会的明确决定差额 {found} 人",
        "{election}: {seats} seats, no whole number lies in the lawful margin; by express decision the margin is {found}",
    ),
    "MarginUnusual": Text(
        "{election}应选 {seats} 人,差额 {found} 人,一般为 {least} 至 {most} 人",
        "{election}: {seats} seats, a margin of {found}; usual is {least} to {most}",
    ),
    "MethodSilent": Text(
        "选举办法没有规定:{what};届时须由大会另作决定",
        "the method is silent on: {what}; the congress will have to decide it when it happens",
    ),
}
