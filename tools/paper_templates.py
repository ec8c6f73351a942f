"""Writes the templates of the papers, `yishi/documents/templates/*.docx`: `python tools/paper_templates.py [FOLDER]`.

The words of each paper are here; a clerk changes them in Word in a copy (`yishi paper templates`). The same program writes the same bytes.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from election_templates import WRITTEN as OF_ELECTIONS
from election_templates import election_words
from office_templates import WRITTEN as OF_OFFICES
from paper_form import Form

from yishi.documents.catalogue import SHIPPED

WRITTEN: dict[str, Callable[[Form], None]] = {**OF_ELECTIONS, **OF_OFFICES}


def template(write: Callable[[Form], None]) -> Callable[[Form], None]:
    WRITTEN[write.__name__.replace("_", "-")] = write
    return write


@template
def notice(form: Form) -> None:
    form.title("关于召开{{ 会议.名称 }}的通知")
    form.blank()
    form.open_line("各位代表:")
    form.body("{{ 会议.召集机关 }}决定,{{ 会议.名称 }}于{{ 会议.会期 }}举行。现将有关事项通知如下:")
    form.heading("一、会议时间")
    form.mark("{%p for 次 in 会议安排 %}")
    form.body("{{ 次.名称 }}:{{ 次.日期 }}{{ 次.时间 }}")
    form.mark("{%p endfor %}")
    form.heading("二、会议地点")
    form.body("________________________")
    form.heading("三、建议议程")
    form.mark("{%p for 项 in 议程 %}")
    form.body("({{ 项.序号 }}){{ 项.事项 }}")
    form.mark("{%p endfor %}")
    form.heading("四、出席和列席人员")
    form.body("出席:全体{{ 会议.成员称谓 }},{{ 会议.代表总数 }}人。")
    form.mark("{%p if 列席人员 %}")
    form.body("列席:{{ 列席人员 }}。")
    form.mark("{%p endif %}")
    form.heading("五、有关事项")
    form.body("请各位{{ 会议.成员称谓 }}准时出席,认真做好{{ 会议.任务 }}的准备。因健康等特殊原因不能出席的,请按照规定提前书面请假"
              "{% if 请假依据 %}({{ 请假依据 }}){% endif %}。")  # fmt: skip
    form.blank()
    form.signature("{{ 会议.召集机关 }}")
    form.signature("{{ 成文日期 }}")


@template
def agenda(form: Form) -> None:
    form.title("{{ 会议.名称 }}议程")
    form.under_title("{{ 状态 }}")
    form.blank()
    form.mark("{%p for 项 in 议程 %}")
    form.body("{{ 项.序号 }}、{{ 项.事项 }}")
    form.mark("{%p endfor %}")


@template
def timetable(form: Form) -> None:
    form.title("{{ 会议.名称 }}日程")
    form.under_title("({{ 会议.会期 }})")
    form.blank()
    form.table(
        [32, 26, 32, 66],
        ["日期", "时间", "会议", "内容"],
        ["{%tr for 次 in 会议安排 %}"],
        ["{{ 次.日期 }}", "{{ 次.时间 }}", "{{ 次.名称 }}",
         "{%p for 事 in 次.内容 %}\n{{ loop.index }}. {{ 事 }}\n{%p endfor %}"],
        ["{%tr endfor %}"],
    )  # fmt: skip


@template
def sign_in(form: Form) -> None:
    form.title("{{ 会议.名称 }}签到表")
    form.under_title("{{ 会议名称 }}  {{ 时间 }}  应到{{ 应到 }}人{% if 请假 %},请假{{ 请假 }}人{% endif %}")
    form.mark("{%p for 团 in 代表团 %}")
    form.heading("{{ 团.名称 }}({{ 团.人数 }}人)")
    form.table(
        [12, 28, 38, 12, 28, 38],
        ["序号", "姓名", "签名", "序号", "姓名", "签名"],
        ["{%tr for 行 in 团.行 %}"],
        [
            "{{ 行.左.序号 }}",
            "{{ 行.左.姓名 }}",
            "{{ 行.左.备注 }}",
            "{{ 行.右.序号 }}",
            "{{ 行.右.姓名 }}",
            "{{ 行.右.备注 }}",
        ],
        ["{%tr endfor %}"],
        size=12,
    )
    form.mark("{%p endfor %}")
    form.blank()
    form.open_line("实到:________人    请假:________人    登记人:____________")


@template
def script(form: Form) -> None:
    form.title("{{ 会议.名称 }}{{ 会议名称 }}主持词")
    form.under_title("({{ 时间 }})")
    form.under_title("主持人:{{ 主持人 }}")
    form.blank()
    form.mark("{%p for 段 in 环节 %}")
    _opening_words(form)
    _report_words(form)
    _vote_words(form)
    _choice_words(form)
    election_words(form)
    _announcing_words(form)
    _closing_words(form)
    form.mark("{%p endfor %}")


def _opening_words(form: Form) -> None:
    form.mark("{%p if 段.种类 == '开会' %}")
    form.open_line("各位代表:")
    form.body("{{ 会议.名称 }}{{ 会议名称 }},应到代表{{ 出席.应到 }}人,实到{{ 出席.实到 }}人,缺席{{ 出席.缺席 }}人"
              "{% if 出席.请假 %}(其中请假{{ 出席.请假 }}人){% endif %}。")  # fmt: skip
    form.mark("{%p if 出席.法定比例 %}")
    form.body("按照{{ 出席.依据 }},须有{{ 出席.法定比例 }}的代表即{{ 出席.法定人数 }}人以上出席,始得举行。"
              "{% if 段.已进行 %}{% if 出席.达到 %}出席人数符合法定人数,现在开会。"
              "{% else %}出席人数没有达到法定人数。{% endif %}"
              "{% else %}出席人数__________法定人数,__________。{% endif %}")  # fmt: skip
    form.mark("{%p else %}")
    form.body("现在开会。")
    form.mark("{%p endif %}")
    form.mark("{%p endif %}")


def _report_words(form: Form) -> None:
    form.mark("{%p if 段.种类 == '听取报告' %}")
    form.body("{{ 段.序号 }}、听取{{ 段.事项 }}。")
    form.mark("{%p if 段.书面 %}")
    form.body("本项为书面报告,已印发各位代表,请审议。")
    form.mark("{%p else %}")
    form.body("请{{ 段.报告人 }}负责人作报告。")
    form.cue("(报告)")
    form.mark("{%p endif %}")
    form.mark("{%p endif %}")
    form.mark("{%p if 段.种类 == '审议' %}")
    form.body("{{ 段.序号 }}、审议{{ 段.事项 }}。请各位代表发表意见。")
    form.cue("(审议)")
    form.mark("{%p endif %}")


def _vote_words(form: Form) -> None:
    form.mark("{%p if 段.种类 == '表决' %}")
    form.body("{{ 段.序号 }}、{% if 段.名单表决 %}表决{% else %}现在表决{% endif %}{{ 段.事项 }}"
              "{% if not 段.名单表决 %},草案已印发各位代表{% else %},名单草案已印发各位代表{% endif %}。")  # fmt: skip
    form.body("{% if 段.票.通过比例 %}按照{{ 段.票.依据 }},须经全体代表的{{ 段.票.通过比例 }}即{{ 段.票.须得票 }}票以上赞成,始得通过。"
              "{% endif %}现在表决。")  # fmt: skip
    form.mark("{%p if 段.票.鼓掌 %}")
    form.body("同意的,请鼓掌。(鼓掌)通过。")
    form.mark("{%p else %}")
    form.mark("{%p if 段.票.方式 == '按表决器表决' %}")
    form.body("请各位代表按表决器。")
    form.mark("{%p elif 段.票.方式 == '无记名投票' %}")
    form.body("请工作人员分发表决票,请各位代表填写、投票。(投票、计票)")
    form.mark("{%p else %}")
    form.body("赞成的,请举手。(清点)请放下。反对的,请举手。(清点)请放下。弃权的,请举手。(清点)请放下。")
    form.mark("{%p endif %}")
    form.mark("{%p if not 段.已进行 %}")
    form.cue("(用表决器的,改为:请各位代表按表决器。)")
    form.mark("{%p endif %}")
    form.body(
        "表决结果:赞成{{ 段.票.赞成 }}票,反对{{ 段.票.反对 }}票,弃权{{ 段.票.弃权 }}票,"
        "{% if 段.票.已计票 and 段.票.无效 %}无效{{ 段.票.无效 }}票,{% endif %}未表决{{ 段.票.未表决 }}人。"
    )
    form.body("{{ 段.事项 }},{% if 段.已进行 %}{{ 段.票.结果 }}。{% else %}__________(通过、未获通过)。{% endif %}")
    form.mark("{%p endif %}")
    form.mark("{%p endif %}")


def _choice_words(form: Form) -> None:
    form.mark("{%p if 段.种类 == '票决' or 段.种类 == '测评' %}")
    form.body("{{ 段.序号 }}、{{ 段.票决.事项 }}。")
    form.mark("{%p if 段.种类 == '票决' %}")
    form.body("候选项目已印发各位代表,应选{{ 段.票决.应选 }}项。请工作人员分发票纸,请各位代表填写、投票。")
    form.mark("{%p else %}")
    form.body("测评表已印发各位代表,请填写后投入票箱。")
    form.mark("{%p endif %}")
    form.cue("(投票、计票)")
    form.body("发出{{ 段.票决.发出 }}张,收回{{ 段.票决.收回 }}张,有效{{ 段.票决.有效 }}张,无效{{ 段.票决.无效 }}张。"
              "现在宣布结果:")  # fmt: skip
    form.mark("{%p for 项 in 段.票决.各项 %}")
    form.mark("{%p if 段.票决.测评 %}")
    form.body("{{ 项.项目 }}:满意{{ 项.赞成 }},基本满意{{ 项.基本满意 }},不满意{{ 项.反对 }},未评{{ 项.弃权 }}。")
    form.mark("{%p else %}")
    form.body(
        "{{ 项.项目 }}:赞成{{ 项.赞成 }}票,反对{{ 项.反对 }}票,弃权{{ 项.弃权 }}票{% if 项.结果 %},{{ 项.结果 }}{% endif %}。"
    )
    form.mark("{%p endif %}")
    form.mark("{%p endfor %}")
    form.mark("{%p endif %}")


def _announcing_words(form: Form) -> None:
    form.mark("{%p if 段.种类 == '宣布' and 段.结果 %}")
    form.body("{{ 段.序号 }}、现在宣布表决结果:")
    form.mark("{%p for 果 in 段.结果 %}")
    form.body(
        "{{ 果.事项 }}:赞成{{ 果.赞成 }}票,反对{{ 果.反对 }}票,弃权{{ 果.弃权 }}票,"
        "{% if 果.已计票 and 果.无效 %}无效{{ 果.无效 }}票,{% endif %}未表决{{ 果.未表决 }}人,{{ 果.结果 }}。"
    )
    form.mark("{%p endfor %}")
    form.mark("{%p endif %}")


def _closing_words(form: Form) -> None:
    form.mark("{%p if 段.种类 == '休息' %}")
    form.body("现在休息。{% if 段.已进行 %}(到会{{ 段.实到 }}人){% endif %}")
    form.mark("{%p endif %}")
    form.mark("{%p if 段.种类 == '继续' %}")
    form.body("现在继续开会,到会代表{{ 段.实到 }}人。")
    form.mark("{%p endif %}")
    form.mark("{%p if 段.种类 == '散会' %}")
    form.body("本次会议的各项议程已经进行完毕,现在散会。")
    form.mark("{%p endif %}")
    form.mark("{%p if 段.种类 == '闭幕' %}")
    form.body("各位代表,{{ 会议.名称 }}的各项议程已经进行完毕,现在闭幕。")
    form.mark("{%p endif %}")


@template
def result(form: Form) -> None:
    form.mark("{%p for 票 in 表决 %}")
    form.title("表决结果单")
    form.under_title("{{ 会议.名称 }}{{ 票.会议名称 }}")
    form.blank()
    form.table(
        [46, 110],
        [],
        ["表决事项", "{{ 票.事项 }}"],
        ["时间、方式", "{{ 票.时间 }}  {{ 票.方式 }}"],
        ["应到代表", "{{ 票.应到 }}人"],
        ["实到代表", "{{ 票.实到 }}人"],
        ["赞成", "{{ 票.赞成 }}{% if 票.已计票 %}票{% endif %}"],
        ["反对", "{{ 票.反对 }}{% if 票.已计票 %}票{% endif %}"],
        ["弃权", "{{ 票.弃权 }}{% if 票.已计票 %}票{% endif %}"],
        ["{%tr if 票.已计票 and 票.无效 %}", ""],
        ["无效票", "{{ 票.无效 }}张"],
        ["{%tr endif %}", ""],
        ["未表决", "{{ 票.未表决 }}{% if 票.已计票 %}人{% endif %}"],
        ["通过所需", "{% if 票.通过比例 %}全体代表{{ 票.应到 }}人的{{ 票.通过比例 }},即{{ 票.须得票 }}票"
                     "({{ 票.依据 }}){% else %}法律没有规定{% endif %}"],
        ["结果", "{{ 票.结果 }}"],
        ["记录序号", "{{ 票.记录序号 }}"],
    )  # fmt: skip
    form.blank()
    form.open_line("执行主席:______________  监票人:______________  计票人:______________")
    form.signature("{{ 会议.主席团 }}")
    form.mark("{%p if not loop.last or 票决 %}")
    form.page_break()
    form.mark("{%p endif %}")
    form.mark("{%p endfor %}")
    _ballot_sheets(form)


def _ballot_sheets(form: Form) -> None:
    form.mark("{%p for 票 in 票决 %}")
    form.title("{% if 票.测评 %}满意度测评结果单{% elif 票.仅为意见 %}票选推荐结果单{% else %}票决结果单{% endif %}")
    form.under_title("{{ 会议.名称 }}")
    form.under_title("{{ 票.事项 }}")
    form.blank()
    form.body(
        "应到{{ 会议.成员称谓 }}{{ 票.应到 }}人;发出{{ 票.发出 }}张,收回{{ 票.收回 }}张,有效{{ 票.有效 }}张,无效{{ 票.无效 }}张。"
    )
    form.mark("{%p if not 票.测评 %}")
    form.body("应选{{ 票.应选 }}项{% if 票.须得票 %},入选须得赞成{{ 票.须得票 }}票{% endif %}"
              "{% if 票.仅为意见 %};票选结果为推荐意见,不是决议{% endif %}。")  # fmt: skip
    form.table(
        [14, 64, 18, 18, 18, 24],
        ["序号", "项目", "赞成", "反对", "弃权", "结果"],
        ["{%tr for 项 in 票.各项 %}"],
        ["{{ 项.名次 }}", "{{ 项.项目 }}", "{{ 项.赞成 }}", "{{ 项.反对 }}", "{{ 项.弃权 }}", "{{ 项.结果 }}"],
        ["{%tr endfor %}"],
        size=12,
    )
    form.mark("{%p else %}")
    form.table(
        [14, 64, 18, 22, 20, 18],
        ["序号", "项目", "满意", "基本满意", "不满意", "未评"],
        ["{%tr for 项 in 票.各项 %}"],
        ["{{ 项.名次 }}", "{{ 项.项目 }}", "{{ 项.赞成 }}", "{{ 项.基本满意 }}", "{{ 项.反对 }}", "{{ 项.弃权 }}"],
        ["{%tr endfor %}"],
        size=12,
    )
    form.mark("{%p endif %}")
    form.blank()
    form.open_line("执行主席:______________  监票人:______________  计票人:______________")
    form.small("记录序号:{{ 票.记录序号 }}")
    form.mark("{%p if not loop.last %}")
    form.page_break()
    form.mark("{%p endif %}")
    form.mark("{%p endfor %}")


@template
def resolution(form: Form) -> None:
    form.title("{{ 会议.名称 }}{{ 标题 }}")
    form.under_title("{{ 通过说明 }}")
    form.blank()
    form.body("{{ 会议.名称 }}{% if 听取报告 %}听取和审议了{% else %}审议了{% endif %}{{ 事项 }}。"
              "会议__________________________________________。")  # fmt: skip
    form.body("会议决定,______________________________________________。")
    form.body("________________________________________________________________")


@template
def attendance(form: Form) -> None:
    form.title("{{ 会议.名称 }}出席情况报告")
    form.blank()
    form.mark("{%p for 次 in 各次会议 %}")
    form.heading("{{ loop.index }}. {{ 次.名称 }}({{ 次.时间 }})")
    form.body("应到代表{{ 次.出席.应到 }}人,实到{{ 次.出席.实到 }}人,缺席{{ 次.出席.缺席 }}人,其中准假{{ 次.出席.请假 }}人。"
              "{% if 次.出席.法定比例 %}法定人数为{{ 次.出席.法定比例 }}即{{ 次.出席.法定人数 }}人({{ 次.出席.依据 }}),"
              "{% if 次.出席.达到 %}符合法定人数。{% else %}没有达到法定人数。{% endif %}"
              "{% else %}法律没有规定法定人数。{% endif %}(记录序号 {{ 次.记录序号 }})")  # fmt: skip
    form.mark("{%p if 次.记名 %}")
    form.table(
        [40, 20, 20, 76],
        ["代表团", "应到", "签到", "未签到的代表"],
        ["{%tr for 团 in 次.代表团 %}"],
        ["{{ 团.名称 }}", "{{ 团.应到 }}", "{{ 团.签到 }}", "{{ 团.缺席人员 }}"],
        ["{%tr endfor %}"],
        size=12,
    )
    form.mark("{%p else %}")
    form.body("本次会议按人数清点到会代表,没有逐人记名,各代表团出席情况从略。")
    form.mark("{%p endif %}")
    form.blank()
    form.mark("{%p endfor %}")
    form.mark("{%p if 已闭幕 %}")
    form.heading("整个会议期间未到的代表")
    form.body("请假:{{ 请假未到 or '无' }}。")
    form.body(
        "未经批准:{{ 无故未到 or '无' }}。{% if 未记名未到 %}另有{{ 未记名未到 }}人未到(按人数清点,未记名)。{% endif %}"
    )
    form.mark("{%p endif %}")
    form.signature("{{ 会议.机关 }}")


@template
def minutes(form: Form) -> None:
    form.title("{{ 会议.名称 }}会议记录")
    form.under_title("({{ 日期 }})")
    form.blank()
    form.mark("{%p for 段 in 阶段 %}")
    form.heading("{{ 段.名称 }}")
    form.table(
        [28, 78, 36, 14],
        ["时间", "内容", "依据", "序号"],
        ["{%tr for 条 in 段.各条 %}"],
        [
            "{{ 条.时间 }}",
            "{{ 条.内容 }}{% if 条.说明 %}【{{ 条.说明 }}】{% endif %}",
            "{{ 条.依据 }}",
            "{{ 条.记录序号 }}",
        ],
        ["{%tr endfor %}"],
        size=12,
    )
    form.blank()
    form.mark("{%p endfor %}")
    form.heading("全程记录核对")
    form.body("截至{{ 记录.截至 }},全程记录共{{ 记录.事件数 }}条,记录头为:")
    form.body("{{ 记录.记录头 }}")
    form.body("以上记录头已当场宣读核对。")
    form.blank()
    form.open_line("执行主席:______________    记录人:______________    日期:______________")


@template
def sheet(form: Form) -> None:
    form.title("{{ 会议.名称 }}情况单")
    form.under_title("(制表时间:{{ 制表时间 }})")
    form.blank()
    form.heading("会议进行到哪里")
    form.body("{{ 阶段 }};{{ 会议状态 }}。{% if 到会情况 %}{{ 到会情况 }}。{% endif %}")
    form.table([156], ["最近记录"], ["{%tr for 条 in 最近记录 %}"], ["{{ 条 }}"], ["{%tr endfor %}"], size=12)
    form.heading("尚待进行的环节")
    form.table(
        [50, 24, 42, 40],
        ["环节(补录代号)", "状态", "依据", "时间、经办和须记内容"],
        ["{%tr for 步 in 待办 %}"],
        ["{{ 步.名称 }}\n({{ 步.行为 }}){% if 步.原因 %}{{ 步.原因 }}{% endif %}", "{{ 步.状态 }}", "{{ 步.依据 }}",
         "时间______ 经办______\n{{ 步.须记 }}"],
        ["{%tr endfor %}"],
        size=10.5,
    )  # fmt: skip
    form.mark("{%p if 选举情况 %}")
    form.heading("选举进行到哪里")
    form.mark("{%p for 项 in 选举情况 %}")
    form.body("{{ 项 }}")
    form.mark("{%p endfor %}")
    form.mark("{%p endif %}")
    form.mark("{%p if 缺 %}")
    form.heading("尚缺")
    form.mark("{%p for 项 in 缺 %}")
    form.body("{{ 项 }}")
    form.mark("{%p endfor %}")
    form.mark("{%p endif %}")
    form.mark("{%p if 期限 %}")
    form.heading("期限")
    form.mark("{%p for 项 in 期限 %}")
    form.body("{{ 项 }}")
    form.mark("{%p endfor %}")
    form.mark("{%p endif %}")
    form.heading("手工记录")
    form.body("每一步都记下时间、经办和数字;机器恢复后逐条补录(yishi record-later),注明原因。")
    form.table(
        [12, 30, 26, 88],
        ["序", "时间", "经办", "事项和数字(表决:实到、赞成、反对、弃权、未表决)"],
        ["{%tr for 行 in 空行 %}"],
        ["{{ 行 }}", "", "", ""],
        ["{%tr endfor %}"],
        size=12,
    )
    form.heading("记录核对")
    form.body("截至{{ 记录.截至 }},全程记录共{{ 记录.事件数 }}条,记录头为:")
    form.body("{{ 记录.记录头 }}")
    form.open_line("执行主席:______________    记录人:______________")


def main(folder: Path) -> None:
    for name, write in WRITTEN.items():
        form = Form()
        write(form)
        form.save(folder / f"{name}.docx")
        print(f"{folder / name}.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
