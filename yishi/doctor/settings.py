"""The settings that hold: whether all of them were meant, and whether a password lies open."""

import os
import stat
from collections.abc import Iterator

from domain.text import Text
from yishi.doctor.line import Case, Line
from yishi.private import OTHERS
from yishi.settings import unknown_variables


def settings(case: Case) -> Iterator[Line]:
    chosen = case.chosen
    where = Text(f"设置文件 {chosen.file}", f"settings file {chosen.file}")
    yield Line(
        "settings", "ok", where if chosen.file else Text("没有设置文件,可不设", "no settings file, and none is needed")
    )
    for name, near in unknown_variables(case.environment, type(chosen.settings).model_fields).items():
        todo = Text(f"是不是 {near}?", f"did you mean {near}?") if near else Text("删去它", "unset it")
        yield Line("settings", "warns", Text(f"环境变量 {name} 不起作用", f"the variable {name} does nothing"), todo)
    of_file = [name for name in ("ledger", "ledger_owner") if chosen.sources[name].kind == "file"]
    if chosen.file and of_file and os.name == "posix" and stat.S_IMODE(chosen.file.stat().st_mode) & OTHERS:
        yield Line(
            "settings",
            "warns",
            Text(
                f"{chosen.file} 可能含有数据库密码,其他账户可读",
                f"{chosen.file} may hold a password, and others can read it",
            ),
            Text(f"chmod 600 {chosen.file}", f"chmod 600 {chosen.file}"),
        )
    if chosen.settings.ledger_owner and case.door is not None:
        yield Line(
            "settings",
            "warns",
            Text("正在服务,而 YISHI_LEDGER_OWNER 仍然设着", "something serves, and YISHI_LEDGER_OWNER is set"),
            Text("只在 yishi migrate 时设置它", "set it for `yishi migrate` alone"),
        )
