"""What happens to office-holders around a session: oath, approval, removal, resignation, dismissal, acting heads (rulebook §8.3-8.4).

Each is somebody's right, or follows from one, so the steps are shown for whom they are due and asked for by none. What the standing
committee does in recess stands in the record of the session before or after: the stages before and after are that recess.
"""

from domain.procedure import Stage, Step
from domain.procedures.shared import AFTER, BEFORE, DURING, MET, OPENED, PRESIDIUM
from domain.text import Text

DURING_STEPS = (
    Step(
        fact="removal-proposed", act="propose-removal", stage=DURING, optional=True, needs=(MET,),
        title=Text("提出罢免案", "Removals moved"), topics=("removal.proposers", "removal.joint", "removal.reasons"),
        document=Text("罢免案文本、联名签名", "the removal with its signatures"),
    ),
    Step(
        fact="removal-brought", act="bring-removal", stage=DURING, optional=True, needs=(MET, PRESIDIUM),
        title=Text("主席团将罢免案提请大会审议", "Removals brought before the congress"), topics=("removal.brought",),
    ),
    Step(
        fact="defence-offered", act="offer-defence", stage=DURING, optional=True,
        title=Text("听取被提出罢免人员的申辩", "The right to answer offered"),
        topics=("removal.defence", "removal.defence_printed"), document=Text("申辩意见", "the answer"),
    ),
    Step(
        fact="removal-voted", act="vote-on-removal", stage=DURING, optional=True, needs=(OPENED, PRESIDIUM),
        title=Text("表决罢免案", "Removals voted on"), topics=("removal.voted", "removal.majority"),
        document=Text("表决结果单", "result sheet"),
    ),
    Step(
        fact="resignation-submitted", act="submit-resignation", stage=DURING, optional=True,
        title=Text("提出辞职", "Resignations submitted"), topics=("resignation.accepted_by", "resignation.to_congress"),
        document=Text("辞职书", "the letter of resignation"),
    ),
    Step(
        fact="resignation-decided", act="decide-resignation", stage=DURING, optional=True, needs=(OPENED, PRESIDIUM),
        title=Text("大会决定是否接受辞职", "Resignations decided on"), topics=("resignation.accepted_by", "vote.majority"),
        document=Text("关于接受辞职的决定", "the decision"),
    ),
    Step(
        fact="oath-taken", act="take-oath", stage=DURING, optional=True, needs=(OPENED,),
        title=Text("宪法宣誓", "Oath taken"), topics=("oath.taken", "oath.organised_by"),
        document=Text("宣誓人员名单", "list of those sworn in"),
    ),
)  # fmt: skip

UP_STEPS = (
    Step(
        fact="removal-investigated", act="investigate-removal", stage=DURING, optional=True, needs=(OPENED, PRESIDIUM),
        title=Text("决定组织调查委员会", "Left to an investigation committee"), topics=("removal.investigation",),
        document=Text("关于组织调查委员会的决定", "the decision"),
    ),
    Step(
        fact="resignation-filed", act="file-resignation", stage=DURING, optional=True,
        title=Text("闭会期间接受辞职报大会备案", "Resignations accepted in recess filed"), topics=("resignation.filed",),
        document=Text("备案报告", "the filing"),
    ),
    Step(
        fact="approval-recorded", act="record-approval", stage=AFTER, optional=True,
        title=Text("上一级人大常委会批准", "Approval from above"), topics=("approval.procurator",),
        document=Text("批准文件", "the approval"),
    ),
    Step(
        fact="department-heads-submitted", act="submit-department-heads", stage=AFTER, optional=True,
        title=Text("提请任命政府部门负责人", "Heads of departments submitted"), topics=("leaders.department_heads",),
        document=Text("提请任命的议案", "the nominations"),
    ),
)  # fmt: skip

ALWAYS = (BEFORE, DURING, AFTER)

ACTS: dict[str, tuple[Stage, ...]] = {
    **dict.fromkeys(("propose-removal", "bring-removal", "offer-defence", "vote-on-removal"), (DURING,)),
    "decide-resignation": (DURING,),
    **dict.fromkeys(
        ("submit-resignation", "decide-resignation-in-recess", "name-acting", "announce-office-ended"), ALWAYS
    ),
    "take-oath": (DURING, AFTER),
}

UP_ACTS: dict[str, tuple[Stage, ...]] = {
    "investigate-removal": (DURING,),
    **dict.fromkeys(("file-resignation", "record-approval"), ALWAYS),
    **dict.fromkeys(
        ("propose-dismissal", "list-dismissal", "decide-dismissal"), ALWAYS
    ),  # the law itself says: in recess
    **dict.fromkeys(("propose-removal-in-recess", "decide-removal-in-recess"), ALWAYS),
    "replace-court-president": ALWAYS,
    "submit-department-heads": (DURING, AFTER),
}

UP_BY: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("decide-resignation-in-recess", "name-acting"), ("standing_committee",)
)
"""What the standing committee does from county level up and the presidium does not: that is elected for the session alone."""
