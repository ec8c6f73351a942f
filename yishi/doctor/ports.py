"""Ports that were chosen: free, or held by the very process that serves."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from domain.text import Text
from yishi.doctor.line import Case, Line
from yishi.server.child import is_free


def ports(case: Case) -> Iterator[Line]:
    settings = case.chosen.settings
    if case.door is not None:
        yield Line("ports", "ok", Text(f"接口 {case.door.url}", f"the door is at {case.door.url}"))
    wanted = {name: port for name in ("door_port", "port") if (port := getattr(settings, name)) is not None}
    for name, port in wanted.items():
        ours = case.door is not None and (name == "port" or urlsplit(case.door.url).port == port)
        if is_free(port) or ours:
            yield Line("ports", "ok", Text(f"{name} = {port}", f"{name} = {port}"))
        else:
            yield Line(
                "ports",
                "wrong",
                Text(f"{name} = {port} 被其他程序占用", f"{name} = {port} is taken by another program"),
                Text("换一个端口,或不指定", "choose another, or none"),
            )
    if not wanted and case.door is None:
        yield Line("ports", "ok", Text("未指定,启动时自选", "none chosen: the start finds free ones"))
