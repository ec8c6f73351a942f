"""The words of the papers of elections, for `paper_templates.py`: from the election method to the oath."""

from collections.abc import Callable

from paper_form import Form

WRITTEN: dict[str, Callable[[Form], None]] = {}


def template(write: Callable[[Form], None]) -> Callable[[Form], None]:
    WRITTEN[write.__name__.replace("_", "-")] = write
    return write


@template
def election_method(form: Form) -> None:
    form.title("{{ 会议.名称 }}选举办法")
    form.under_title("{{ 状态 }}")
    form.blank()
    form.body("一、根据{{ 依据 or '________' }}等规定,制定本办法。")
    form.body("二、本次会议选举由{{ 会议.主席团 }}主持。选举事项和差额数如下:")
    form.table(
        [34, 24, 16, 16, 22, 44],
        ["职务", "类别", "应选", "差额", "候选人", "法定差额"],
        ["{%tr for 项 in 各项选举 %}"],
        ["{{ 项.职务 }}", "{{ 项.类别 }}", "{{ 项.应选 }}", "{{ 项.差额 }}", "{{ 项.候选人数 }}",
         "{{ 项.法定差额 }}{% if 项.依据 %}({{ 项.依据 }}){% endif %}"],
        ["{%tr endfor %}"],
        size=12,
    )  # fmt: skip
    form.body("三、候选人由{% if 仅选代表 %}各政党、各人民团体联合或者单独推荐,也可以由代表联名推荐"
              "{% else %}主席团提名,也可以由代表联名书面提名{% endif %}。每一提名者所提人数不超过应选名额。代表联名所需人数:")  # fmt: skip
    form.mark("{%p for 项 in 各项选举 %}")
    form.body("{{ 项.职务 }}:{{ 项.联名人数 }}人以上{% if 项.联名依据 %}({{ 项.联名依据 }}){% endif %}。")
    form.mark("{%p endfor %}")
    form.body("四、被提名人名单提交全体代表酝酿、讨论后,由主席团确定正式候选人名单;超过差额数的,进行预选。")
    form.body("五、选举采用无记名投票{% if 无记名依据 %}({{ 无记名依据 }}){% endif %}。对候选人可以赞成、反对,可以另选他人,"
              "也可以弃权。选票不编号、不署名。")  # fmt: skip
    form.body("六、候选人获得全体代表{{ 全体代表 }}人过半数的选票,始得当选{% if 当选依据 %}({{ 当选依据 }}){% endif %}。"
              "获得过半数选票的人多于应选名额的,以得票多的当选;票数相等不能确定当选人的,就票数相等的人再次投票。")  # fmt: skip
    form.body("七、法律留给选举办法规定的事项:")
    form.mark("{%p for 点 in 各点 %}")
    form.body("({{ loop.index }}){{ 点.名称 }}:{{ 点.规定 or '________________________' }}。")
    form.mark("{%p endfor %}")
    form.body(
        "八、监票人由代表推选,经大会通过;监票人、计票人不从候选人中产生。计票由两名计票人分别记票,两张计票单一致,方为计票结果。"
    )
    form.body("九、计票结果由监票人签字,选举结果由{{ 会议.主席团 }}确认并当场宣布。")


@template
def nominees(form: Form) -> None:
    form.title("{{ 会议.名称 }}提名人选名单")
    form.under_title("(提交代表酝酿、讨论{% if 依据 %},{{ 依据 }}{% endif %})")
    form.blank()
    form.mark("{%p for 项 in 各项选举 %}")
    form.heading("{{ 项.职务 }}(应选{{ 项.应选 }}人{% if 项.已定候选人 %},正式候选人已确定{% endif %})")
    form.table(
        [10, 24, 12, 12, 20, 20, 34, 24],
        ["序号", "姓名", "性别", "民族", "出生年月", "文化程度", "现任职务", "提名"],
        ["{%tr for 人 in 项.各人 %}"],
        ["{{ 人.序号 }}", "{{ 人.姓名 }}", "", "", "", "", "", "{{ 人.提名 }}{% if 人.候选人 %}(候选人){% endif %}"],
        ["{%tr endfor %}"],
        size=12,
    )
    form.blank()
    form.mark("{%p endfor %}")
    form.small("性别、民族、出生年月、文化程度、现任职务等基本情况由提名者提供,不进入全程记录。")


@template
def ballot(form: Form) -> None:
    form.title("{{ 会议.名称 }}")
    form.title("选举{{ 选举.职务 }}选票")
    form.under_title("({{ 投票.种类 }},应选{{ 投票.应选 }}人,候选人{{ 投票.候选人数 }}人"
                     "{% if 投票.差额 %},差额{{ 投票.差额 }}人{% else %},等额{% endif %})")  # fmt: skip
    form.blank()
    form.table(
        [16, 56, 28, 28, 28],
        ["序号", "候选人姓名", "赞成", "反对", "弃权"],
        ["{%tr for 人 in 投票.候选人 %}"],
        ["{{ 人.序号 }}", "{{ 人.姓名 }}", "□", "□", "□"],
        ["{%tr endfor %}"],
    )
    form.mark("{%p if 投票.可另选 %}")
    form.blank()
    form.table(
        [30, 126],
        ["另选他人", "姓名(不另选的不填)"],
        ["{%tr for 行 in 投票.另选行 %}"],
        ["{{ 行 }}", ""],
        ["{%tr endfor %}"],
    )
    form.mark("{%p endif %}")
    form.blank()
    _how_to_fill_it_in(form)
    form.signature("{{ 会议.主席团 }}(印)")


def _how_to_fill_it_in(form: Form) -> None:
    form.small("填写说明:")
    form.small(
        "1. 本次选举为无记名投票{% if 无记名依据 %}({{ 无记名依据 }}){% endif %}。选票不编号,请不要署名,也不要做其他记号。"
    )
    form.small("2. 每位候选人在赞成、反对、弃权三个方格中只画一个“√”{% if 填写依据 %}({{ 填写依据 }}){% endif %}。")
    form.mark("{%p if 投票.可另选 %}")
    form.small("3. 另选他人的,把姓名写在“另选他人”栏内,每行一人;反对候选人的,可以另选他人。{% if 投票.限于代表 %}另选的人须为本级人大代表。"
               "{% endif %}{% if 弃权又另选 %}弃权又另选他人的,{{ 弃权又另选 }}。{% endif %}")  # fmt: skip
    form.small("4. 赞成的候选人和另选的人合计,等于或者少于{{ 投票.应选 }}人的,选票有效;多于{{ 投票.应选 }}人的,选票作废"
               "{% if 选举办法规定多选作废 %}(选举办法){% elif 多选作废依据 %}({{ 多选作废依据 }}){% endif %}。")  # fmt: skip
    form.mark("{%p else %}")
    form.small("3. 再次投票只就票数相等的人进行,不能另选他人。")
    form.small("4. 赞成的候选人等于或者少于{{ 投票.应选 }}人的,选票有效;多于{{ 投票.应选 }}人的,选票作废"
               "{% if 选举办法规定多选作废 %}(选举办法){% elif 多选作废依据 %}({{ 多选作废依据 }}){% endif %}。")  # fmt: skip
    form.mark("{%p endif %}")


@template
def count_blank(form: Form) -> None:
    _sheets(form)


@template
def count(form: Form) -> None:
    _sheets(form)


def _sheets(form: Form) -> None:
    form.mark("{%p for 张 in 各张 %}")
    form.title("选举{{ 选举.职务 }}计票单")
    form.under_title("{{ 会议.名称 }}  {{ 张.数字.次数 }}投票({{ 张.数字.种类 }})  第{{ 张.第几张 }}张")
    form.blank()
    form.body("应选{{ 张.数字.应选 }}人,候选人{{ 张.数字.候选人数 }}人。两名计票人各填一张,填写时互不参看。")
    form.table(
        [39, 39, 39, 39],
        ["发出选票", "收回选票", "有效选票", "无效选票"],
        ["{{ 张.数字.发出 }}张", "{{ 张.数字.收回 }}张", "{{ 张.数字.有效 }}张", "{{ 张.数字.无效 }}张"],
    )
    form.small("核对:有效加无效等于收回;每位候选人的赞成、反对、弃权合计等于有效。")
    form.table(
        [14, 52, 30, 30, 30],
        ["序号", "候选人", "赞成", "反对", "弃权"],
        ["{%tr for 人 in 张.数字.候选人 %}"],
        ["{{ 人.序号 }}", "{{ 人.姓名 }}", "{{ 人.赞成 }}", "{{ 人.反对 }}", "{{ 人.弃权 }}"],
        ["{%tr endfor %}"],
        size=12,
    )
    form.mark("{%p if 张.数字.另选他人 %}")
    form.blank()
    form.table(
        [96, 60],
        ["另选他人姓名", "得票"],
        ["{%tr for 人 in 张.数字.另选他人 %}"],
        ["{{ 人.姓名 }}", "{{ 人.赞成 }}"],
        ["{%tr endfor %}"],
        size=12,
    )
    form.mark("{%p endif %}")
    form.blank()
    form.open_line("计票人:______________  监票人:______________  时间:______________")
    form.mark("{%p if not loop.last %}")
    form.page_break()
    form.mark("{%p endif %}")
    form.mark("{%p endfor %}")


@template
def count_report(form: Form) -> None:
    form.title("选举{{ 选举.职务 }}计票结果报告")
    form.under_title("{{ 会议.名称 }}  {{ 投票.次数 }}投票({{ 投票.种类 }})")
    form.blank()
    form.open_line("{{ 会议.主席团 }}:")
    form.body("{{ 投票.会议名称 }}于{{ 投票.时间 }}选举{{ 选举.职务 }},应选{{ 投票.应选 }}人,候选人{{ 投票.候选人数 }}人。"
              "全体代表{{ 投票.全体代表 }}人,投票时到会{{ 投票.实到 }}人。")  # fmt: skip
    form.body("发出选票{{ 投票.发出 }}张,收回选票{{ 投票.收回 }}张,其中有效选票{{ 投票.有效 }}张,无效选票{{ 投票.无效 }}张。"
              "{% if 多于发出 %}收回的选票多于发出的选票。{% else %}收回的选票不多于发出的选票。{% endif %}"
              "{% if 票数规则 %}选举办法规定,{{ 票数规则 }}。据此,本次投票"
              "{% if 选举有效 %}有效{% else %}无效{% endif %}。{% endif %}")  # fmt: skip
    form.body("{% if 投票.电子 %}票箱开启后的计票结果,{% else %}两名计票人的计票单一致,{% endif %}各人得票如下:")
    _votes(form, "投票", result=False)
    form.body("以上计票结果经核对无误{% if 核对依据 %}({{ 核对依据 }}){% endif %}。")
    form.mark("{%p if 监票人名单 %}")
    form.body("监票人:{{ 监票人名单 }}。")
    form.mark("{%p endif %}")
    form.blank()
    form.open_line("总监票人(签字):________________")
    form.open_line("监票人(签字):________________________________")
    form.open_line("计票人(签字):________________________________")
    form.signature("____年____月____日")


def _votes(form: Form, of: str, *, result: bool) -> None:
    """The table of a count: candidates, then those written in."""
    last = ["结果"] if result else []
    widths: list[float] = [14, 40, 22, 22, 22, 36] if result else [14, 52, 30, 30, 30]
    cells = [
        "{{ 人.序号 }}",
        "{{ 人.姓名 }}{% if 人.另选 %}(另选){% endif %}",
        "{{ 人.赞成 }}",
        "{{ 人.反对 }}",
        "{{ 人.弃权 }}",
    ]
    form.table(
        widths,
        ["序号", "姓名", "赞成", "反对", "弃权", *last],
        [f"{{%tr for 人 in {of}.候选人 %}}"],
        [*cells, *(["{{ 人.结果 }}"] if result else [])],
        ["{%tr endfor %}"],
        [f"{{%tr for 人 in {of}.另选他人 %}}"],
        [*cells, *(["{{ 人.结果 }}"] if result else [])],
        ["{%tr endfor %}"],
        size=12,
    )


@template
def election_result(form: Form) -> None:
    form.mark("{%p for 次 in 各次 %}")
    form.title("选举{{ 次.选举.职务 }}结果单")
    form.under_title("{{ 会议.名称 }}{{ 次.投票.会议名称 }}  {{ 次.投票.次数 }}投票({{ 次.投票.种类 }})")
    form.blank()
    form.body("应选{{ 次.投票.应选 }}人,候选人{{ 次.投票.候选人数 }}人。发出选票{{ 次.投票.发出 }}张,收回{{ 次.投票.收回 }}张,"
              "有效{{ 次.投票.有效 }}张,无效{{ 次.投票.无效 }}张。")  # fmt: skip
    form.mark("{%p if 次.投票.选举无效 %}")
    form.body("收回的选票数不符合选举办法的规定,本次投票无效,重新投票。")
    form.mark("{%p else %}")
    form.body("{% if 次.投票.须得票 %}全体代表{{ 次.投票.全体代表 }}人,过半数为{{ 次.投票.须得票 }}票({{ 次.投票.依据 }})。"
              "{% else %}再次投票以得票多的当选({{ 次.投票.依据 }})。{% endif %}")  # fmt: skip
    _votes(form, "次.投票", result=True)
    form.body("当选:{{ 次.投票.当选人 or '无' }}。{% if 次.投票.得票相等 %}{{ 次.投票.得票相等 }}得票相等,就他们再次投票,选"
              "{{ 次.投票.再选名额 }}人。{% endif %}{% if 次.投票.尚缺 %}尚缺{{ 次.投票.尚缺 }}人。{% endif %}")  # fmt: skip
    form.mark("{%p endif %}")
    form.blank()
    form.open_line("执行主席:______________  总监票人:______________")
    form.small("记录序号:{{ 次.投票.记录序号 }}")
    form.mark("{%p if not loop.last %}")
    form.page_break()
    form.mark("{%p endif %}")
    form.mark("{%p endfor %}")


@template
def elected(form: Form) -> None:
    form.title("{{ 会议.名称 }}当选人名单")
    form.under_title("({{ 日期 }})")
    form.blank()
    form.mark("{%p for 职 in 各职务 %}")
    form.heading("{{ 职.职务 }}({{ 职.日期 }}当选)")
    form.mark("{%p for 人 in 职.各人 %}")
    form.body("{{ 人 }}")
    form.mark("{%p endfor %}")
    form.mark("{%p if 职.待批准 %}")
    form.cue("(须报批准后生效,{{ 职.待批准 }})")
    form.mark("{%p endif %}")
    form.mark("{%p if 职.尚缺 %}")
    form.cue("(应选{{ 职.应选 }}人,尚缺{{ 职.尚缺 }}人)")
    form.mark("{%p endif %}")
    form.mark("{%p endfor %}")
    form.blank()
    form.signature("{{ 会议.主席团 }}")


@template
def announcement(form: Form) -> None:
    form.title("{{ 会议.名称 }}{{ 会议.主席团 }}公告")
    form.under_title("(第____号)")
    form.blank()
    form.body("{{ 会议.名称 }}选举:")
    form.mark("{%p for 职 in 各职务 %}")
    form.body("{{ 职.当选人 }}为{{ 职.职务 }}{% if 职.待批准 %}(须依照{{ 职.待批准 }}报经批准){% endif %}。")
    form.mark("{%p endfor %}")
    form.body("现予公告。")
    form.blank()
    form.signature("{{ 会议.名称 }}{{ 会议.主席团 }}")
    form.signature("{{ 日期 }}")


@template
def oath(form: Form) -> None:
    form.title("宪法宣誓誓词")
    form.under_title("({% if 版本 %}{{ 版本 }}{% else %}________{% endif %}文本{% if 依据 %},{{ 依据 }}{% endif %})")
    form.blank()
    form.mark("{%p if 誓词 %}")
    form.body("{{ 誓词 }}")
    form.mark("{%p else %}")
    form.body("________________________________________________________________")
    form.mark("{%p endif %}")
    form.blank()
    form.open_line("宣誓人:________________")
    form.mark("{%p if 各职务 %}")
    form.blank()
    form.heading("应当宣誓的当选人{% if 宣誓依据 %}({{ 宣誓依据 }}){% endif %}")
    form.mark("{%p for 职 in 各职务 %}")
    form.body("{{ 职.职务 }}:{{ 职.当选人 }}{% if 职.待批准 %}(批准后宣誓){% endif %}")
    form.mark("{%p endfor %}")
    form.mark("{%p endif %}")


def election_words(form: Form) -> None:
    """What the chair says of an election, within the script's loop over its parts."""
    form.mark("{%p if 段.种类 == '选举' %}")
    form.body("{{ 段.序号 }}、选举{{ 段.选举.职务 }}。{% if 段.投票.种类 != '投票选举' %}本次为{{ 段.投票.种类 }}。{% endif %}"
              "应选{{ 段.投票.应选 or '____' }}人,候选人{{ 段.投票.候选人数 or '____' }}人,"
              "{% if 段.投票.候选人数 %}按选票顺序为:"
              "{% for 人 in 段.投票.候选人 %}{{ 人.姓名 }}{% if not loop.last %}、{% endif %}{% endfor %}。"
              "{% else %}名单已印发各位代表。{% endif %}")  # fmt: skip
    form.body("全体代表{{ 段.投票.全体代表 }}人,现在到会{{ 段.投票.实到 }}人。"
              "选举采用无记名投票。"
              "{% if 段.投票.须得票 %}获得全体代表的过半数即{{ 段.投票.须得票 }}票以上的,始得当选({{ 段.投票.依据 }})。"
              "{% else %}再次投票以得票多的当选({{ 段.投票.依据 }})。{% endif %}")  # fmt: skip
    form.body("请监票人检查票箱。请工作人员分发选票,请各位代表到写票处填写。")
    form.cue("(检查票箱、分发选票、写票、投票)")
    form.body("投票完毕,请监票人清点收回的选票。")
    form.mark("{%p endif %}")
    form.mark("{%p if 段.种类 == '宣布当选' %}")
    form.body("{{ 段.序号 }}、现在宣布选举{{ 段.选举.职务 }}的结果。发出选票{{ 段.投票.发出 }}张,收回{{ 段.投票.收回 }}张,"
              "有效{{ 段.投票.有效 }}张,无效{{ 段.投票.无效 }}张。")  # fmt: skip
    form.mark("{%p if 段.投票.选举无效 %}")
    form.body("收回的选票数不符合选举办法的规定,本次投票无效,重新投票。")
    form.mark("{%p else %}")
    form.mark("{%p for 人 in 段.投票.候选人 %}")
    form.body(
        "{{ 人.姓名 }}:赞成{{ 人.赞成 }}票,反对{{ 人.反对 }}票,弃权{{ 人.弃权 }}票{% if 人.结果 %},{{ 人.结果 }}{% endif %}。"
    )
    form.mark("{%p endfor %}")
    form.mark("{%p for 人 in 段.投票.另选他人 %}")
    form.body("另选{{ 人.姓名 }}:{{ 人.赞成 }}票{% if 人.结果 %},{{ 人.结果 }}{% endif %}。")
    form.mark("{%p endfor %}")
    form.mark("{%p if 段.已进行 %}")
    form.body("{% if 段.投票.当选人 %}{{ 段.投票.当选人 }}当选为{{ 段.选举.职务 }}。{% else %}没有人当选。{% endif %}"
              "{% if 段.投票.得票相等 %}{{ 段.投票.得票相等 }}得票相等,就他们再次投票。{% endif %}"
              "{% if 段.投票.尚缺 %}尚缺{{ 段.投票.尚缺 }}人。{% endif %}")  # fmt: skip
    form.mark("{%p else %}")
    form.body("____________当选为{{ 段.选举.职务 }}。")
    form.mark("{%p endif %}")
    form.mark("{%p endif %}")
    form.mark("{%p endif %}")
    form.mark("{%p if 段.种类 == '另行选举' %}")
    form.body("{{ 段.序号 }}、{{ 段.选举.职务 }}不足的名额,在{{ 段.另选何时 }}另行选举"
              "{% if 段.已进行 %}。{% else %},请表决。{% endif %}")  # fmt: skip
    form.mark("{%p endif %}")
