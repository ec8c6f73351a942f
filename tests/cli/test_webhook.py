"""`yishi webhook`: events sent to other programs, from the desk."""

import json
import re
from pathlib import Path

from tests.cli.desk import Desk, flat, found


def test_a_webhook_is_made_held_up_told_again_and_ended_at_the_desk(desk: Desk, tmp_path: Path):
    nowhere = "http://127.0.0.1:9/events"  # nobody listens there
    given = desk("webhook", "add", nowhere, "--kind", "session", "--lang", "en")
    assert given.code == 0 and "shown this once" in flat(given.said)
    secret = re.search(r"whsec_\S+", given.said)
    assert secret is not None
    (told,) = found(desk("webhook", "list", "--json"))
    name = told["id"]
    assert told["state"] == "open" and told["secret"] is None and secret[0] not in desk("webhook", "list").said
    desk.both("webhook", "list", zh="推送中", en="open", code=0)
    desk.both("webhook", "pause", name, zh="人工暂停", en="by hand", code=0)
    desk.both("webhook", "resume", name, zh="推送中", en="open", code=0)
    desk.both("webhook", "ping", name, zh="未送达:no-connection", en="not taken in: no-connection", code=1)
    desk.both("webhook", "replay", name, "0", zh=name, en=name, code=0)
    desk.both("webhook", "dead", name, zh="没有未送达的事件", en="nothing was given up", code=0)
    desk.both("webhook", "resend", name, "1", zh="没有未送达的第 1 条", en="no event at 1 was given up", code=2)
    renewed = desk("webhook", "rotate", name)
    assert renewed.code == 0 and secret[0] not in renewed.said and "whsec_" in renewed.said
    file = tmp_path / "hook.json"
    kept = desk("webhook", "rotate", name, "--keep", file)
    assert kept.code == 0 and file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text(encoding="utf-8"))["secret"].startswith("whsec_") and "whsec_" not in kept.said
    desk.both("webhook", "rotate", name, "--keep", file, zh="不覆盖", en="not overwritten", code=2)
    other = tmp_path / "other.json"
    assert desk("webhook", "rotate", "w0", "--keep", other).code == 2 and not other.exists()
    desk.both("webhook", "add", "http://oa.example.gov.cn/", zh="只能用 https", en="https only", code=2)
    assert desk("webhook", "remove", name, "--lang", "en").code == 0
    desk.both("webhook", "list", zh="没有设立事件推送", en="there are no webhooks", code=0)
    desk.both("webhook", "pause", name, zh="没有事件推送", en="there is no webhook", code=2)
