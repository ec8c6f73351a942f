"""Writes the templates of the papers, `yishi/documents/templates/*.docx`: `python tools/paper_templates.py [FOLDER]`.

The words of each paper are here; a clerk changes them in Word in a copy (`yishi paper templates`). The same program writes the same bytes.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from paper_form import Form

from yishi.documents.catalogue import SHIPPED

WRITTEN: dict[str, Callable[[Form], None]] = {}


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
    form.body("出席:全体代表,{{ 会议.代表总数 }}人。")
    form.mark("{%p if 列席人员 %}")
    form.body("列席:{{ 列席人员 }}。")
    form.mark("{%p endif %}")
    form.heading("五、有关事项")
    form.body("请各位代表准时出席,认真做好审议和表决的准备。因健康等特殊原因不能出席的,请按照规定提前书面请假"
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


def main(folder: Path) -> None:
    for name, write in WRITTEN.items():
        form = Form()
        write(form)
        form.save(folder / f"{name}.docx")
        print(f"{folder / name}.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
