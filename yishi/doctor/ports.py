"""Ports that were chosen: free, or held by the very process that serves."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from domain.text import Text
from yishi.doctor.line import Case, Line
from yishi.server.child import is_free


def ports(case: Case) -> Iterator[Line]:
    settings = case.chosen.settings
    if case.door is not None:
        yield from _answering(case.door.url)
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


def _answering(url: str) -> Iterator[Line]:
    """Whether the door answers, and is ready."""
    import httpx  # noqa: PLC0415 # slow to load, and seldom needed

    said = Text(f"接口 {url}", f"the door is at {url}")
    try:
        missing = httpx.get(f"{url}/v1/ready", timeout=10).json()["missing"]
    except (httpx.HTTPError, ValueError, KeyError) as wrong:
        why = Text(f"{said.zh} 没有回答({wrong})", f"{said.en} and does not answer ({wrong})")
        yield Line("ports", "wrong", why, Text("重新启动 yishi serve", "start yishi serve again"))
        return
    if missing:
        lacks = " ".join(missing)
        found = Text(f"{said.zh},尚缺:{lacks}", f"{said.en} and lacks: {lacks}")
        yield Line(
            "ports", "wrong", found, Text("稍候;仍缺则查看日志", "wait a moment; if it stays so look at the log")
        )
    else:
        yield Line("ports", "ok", Text(f"{said.zh},可以受理", f"{said.en}, and ready"))
