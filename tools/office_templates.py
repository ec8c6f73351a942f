"""The words of the papers on office-holders, on electronic boxes and of a primary's count, for `paper_templates.py`."""

from collections.abc import Callable

from paper_form import Form

WRITTEN: dict[str, Callable[[Form], None]] = {}


def template(write: Callable[[Form], None]) -> Callable[[Form], None]:
    WRITTEN[write.__name__.replace("_", "-")] = write
    return write


def _each(form: Form, of: str, page: Callable[[Form], None]) -> None:
    """A page for each of a list."""
    form.mark(f"{{%p for 项 in {of} %}}")
    page(form)
    form.mark("{%p if not loop.last %}")
    form.page_break()
    form.mark("{%p endif %}")
    form.mark("{%p endfor %}")


@template
def office_result(form: Form) -> None:
    _each(form, "各项", _result)


def _result(form: Form) -> None:
    form.title("人事事项表决结果单")
    form.under_title("{{ 会议.名称 }}")
    form.blank()
    form.body("事项:{{ 项.事项 }}。")
    form.body("表决机关:{{ 项.机关 }}。日期:{{ 项.日期 }}。")
    form.body("表决情况:{{ 项.表决情况 }}。")
    form.body("结果:{{ 项.结果 }}{% if 项.依据 %}({{ 项.依据 }}){% endif %}。")
    form.mark("{%p for 事 in 项.其后 %}")
    form.cue("({{ 事 }})")
    form.mark("{%p endfor %}")
    form.blank()
    form.open_line("主持人:______________  计票人:______________")
    form.small("记录序号:{{ 项.记录序号 }}")


@template
def office_decision(form: Form) -> None:
    _each(form, "各项", _decision)


def _decision(form: Form) -> None:
    form.title("{{ 项.机关 }}")
    form.title("关于{{ 项.事项 }}的决定")
    form.under_title("({{ 项.日期 }}通过)")
    form.blank()
    form.body("{{ 项.机关 }}{% if 项.依据 %}根据{{ 项.依据 }},{% endif %}决定:{{ 项.事项 }}。")
    form.body("表决情况:{{ 项.表决情况 }},{{ 项.结果 }}。")
    form.blank()
    form.signature("{{ 项.机关 }}")
    form.signature("{{ 项.日期 }}")


@template
def office_notice(form: Form) -> None:
    _each(form, "各公告", _notice)


def _notice(form: Form) -> None:
    form.title("{{ 项.机关 }}公告")
    form.under_title("(第____号)")
    form.blank()
    form.mark("{%p for 条 in 项.各项 %}")
    form.body("{{ 条.内容 }}{% if 条.依据 %}({{ 条.依据 }}){% endif %}")
    form.mark("{%p endfor %}")
    form.body("现予公告。")
    form.blank()
    form.signature("{{ 项.机关 }}")
    form.signature("{{ 项.日期 }}")


@template
def primary_count(form: Form) -> None:
    form.mark("{%p for 张 in 各张 %}")
    form.title("{{ 选举.职务 }}预选计票单")
    form.under_title("{{ 会议.名称 }}  {% if 再次预选 %}就得票相同的人再次预选{% else %}预选{% endif %}  第{{ 张 }}张")
    form.blank()
    form.body("应选{{ 选举.应选 }}人,进入正式候选人{{ 名额 }}人。两名计票人各填一张,填写时互不参看。")
    form.table(
        [39, 39, 39, 39],
        ["发出选票", "收回选票", "有效选票", "无效选票"],
        ["________张", "________张", "________张", "________张"],
    )
    form.small("核对:有效加无效等于收回。")
    form.table(
        [20, 86, 50],
        ["序号", "被提名人", "得票"],
        ["{%tr for 人 in 被提名人 %}"],
        ["{{ 人.序号 }}", "{{ 人.姓名 }}", ""],
        ["{%tr endfor %}"],
        size=12,
    )
    form.blank()
    form.open_line("计票人:______________  监票人:______________  时间:______________")
    form.mark("{%p if not loop.last %}")
    form.page_break()
    form.mark("{%p endif %}")
    form.mark("{%p endfor %}")


@template
def box(form: Form) -> None:
    _each(form, "各票箱", _box)


def _box(form: Form) -> None:
    form.title("电子票箱记录")
    form.under_title("{{ 会议.名称 }}{{ 项.会议名称 }}  {{ 项.事项 }}  票箱{{ 项.代号 }}")
    form.blank()
    form.body("现在:{{ 项.状态 }}。")
    form.heading("一、封箱")
    form.body("{{ 项.封箱时间 }}封箱,箱内无票。密钥分{{ 项.密钥份数 }}份,由{{ 项.持钥人 }}各持一份,{{ 项.开箱人数 }}人到场才能开箱;"
              "到场人数不足的,{{ 项.人数不足时 }}。")  # fmt: skip
    form.small("选票式样摘要:{{ 项.选票式样摘要 }}")
    form.heading("二、关闭")
    form.body("{{ 项.关闭时间 or '____年____月____日____时____分' }}关闭。发出{{ 项.发出 }}张,箱内{{ 项.收回 }}张。")
    form.small("箱内各票摘要:{{ 项.箱内摘要 }}")
    form.mark("{%p if 项.不开箱时间 %}")
    form.heading("三、不开箱")
    form.body("{{ 项.不开箱时间 }},到场的持钥人不足{{ 项.开箱人数 }}人,票箱不再开启,{{ 项.人数不足时 }}。")
    form.mark("{%p else %}")
    form.heading("三、开箱计票")
    form.body("{{ 项.开箱时间 or '____年____月____日____时____分' }},由{{ 项.开箱人 or '________________' }}到场开箱。"
              "有效{{ 项.有效 }}张,无效{{ 项.无效 }}张{% if 项.无效原因 %}({{ 项.无效原因 }}){% endif %}。")  # fmt: skip
    form.table(
        [66, 30, 30, 30],
        ["姓名或者事项", "赞成", "反对", "弃权"],
        ["{%tr for 行 in 项.各行 %}"],
        ["{{ 行.名称 }}", "{{ 行.赞成 }}", "{{ 行.反对 }}", "{{ 行.弃权 }}"],
        ["{%tr endfor %}"],
        size=12,
    )
    form.small("全部选票明文摘要:{{ 项.选票摘要 }}")
    form.heading("四、签认")
    form.body("以上结果与箱内选票相符。{% if 项.签认人 %}已签认:{{ 项.签认人 }}。{% endif %}")
    form.open_line("监票人(签字):________________________________")
    form.mark("{%p endif %}")
