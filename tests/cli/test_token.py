"""`yishi token`: who may come in, from the desk; and what a holder's own command line is then told."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

from tests.cli.desk import Desk, flat, found, today
from tests.cli.shell import yishi
from yishi import doorway


def secret_in(said: str) -> str:
    told = re.search(r"\bt[0-9a-f]{11}\.[\w-]{43}\b", said)
    assert told is not None, said
    return told[0]


class Cutting(BaseHTTPRequestHandler):
    """A door whose answer is lost on its way to whoever asks for a token."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        hello = json.dumps({"service": "yishi", "format": 1, "version": "-"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(hello)))
        self.end_headers()
        self.wfile.write(hello)

    def do_POST(self) -> None:
        self.asked.append(self.path)
        self.close_connection = True


def test_a_token_whose_answer_was_lost_is_not_asked_for_again_by_itself():
    """Nobody saw its secret; another would be one more that holds."""
    door = HTTPServer(("127.0.0.1", 0), Cutting)
    serving = threading.Thread(target=door.serve_forever, daemon=True)
    serving.start()
    there = {"YISHI_DOOR": f"http://127.0.0.1:{door.server_port}", "YISHI_TOKEN": "x", "YISHI_PATIENCE": "2"}
    told = yishi("token", "issue", "auditor", **there)
    door.shutdown()
    assert told.code == 2 and Cutting.asked == ["/v1/tokens"], told.said


def test_a_token_is_given_out_listed_and_revoked_at_the_desk(desk: Desk):
    given = desk("token", "issue", "auditor", "--expires", f"{today().year + 1}-12-31")
    assert given.code == 0 and "只显示这一次" in flat(given.said)
    secret = secret_in(given.said)
    name = secret.partition(".")[0]
    listed = {t["id"]: t for t in found(desk("token", "list", "--json"))}
    assert listed[name]["state"] == "holds" and listed[name]["token"] is None
    assert secret not in desk("token", "list").said
    url = doorway.found(desk.folder)
    assert url is not None
    holder = {"YISHI_DOOR": url.url, "YISHI_TOKEN": secret}
    assert desk("token", "list", **holder).code == 0, "an examiner sees who holds a token"
    refused = desk("token", "issue", "presidium", "--lang", "en", **holder)
    assert refused.code == 2 and "beyond the rights of this token" in flat(refused.said)
    desk.both("token", "revoke", name, zh="已停用", en="is revoked", code=0)
    assert desk("token", "list", **holder).code == 2


def test_what_is_wrong_with_a_token_is_said_in_a_sentence(desk: Desk):
    desk.both("token", "issue", "chairman", zh="没有角色 chairman", en="no role chairman", code=2)
    desk.both("token", "issue", "deputy", zh="是谁", en="whose it is", code=1)
    desk.both("token", "issue", "auditor", "--expires", "soon", zh="不是日期", en="is not a day", code=2)
    desk.both("token", "issue", "integration", "--act", "fly", zh="没有“fly”", en="no act fly", code=2)
    desk.both("token", "revoke", "t0", zh="没有令牌", en="no token t0", code=1)


def test_a_key_is_made_by_its_owner_and_registered_by_the_office(desk: Desk, tmp_path: Path):
    private = tmp_path / "d001.key"
    made = desk("token", "new-key", private)
    assert made.code == 0 and private.stat().st_mode & 0o777 == 0o600
    desk.both("token", "new-key", private, zh="私钥不覆盖", en="not overwritten", code=2)
    public = made.out.strip()
    assert desk("token", "key", "k-d001", "D001", public).code == 0
    assert {"key": "k-d001", "person": "D001", "public": public, "state": "holds"}.items() <= next(
        k for k in found(desk("token", "keys", "--json")) if k["key"] == "k-d001"
    ).items()
    desk.both("token", "revoke-key", "k-d001", zh="已停用", en="is revoked", code=0)


def test_the_history_says_who_entered_what_and_how_the_office_is_arranged(desk: Desk):
    session = desk.registered("lingpai")
    assert "一人办公" in yishi("history", session, **desk.environment).said
    assert desk("token", "office", "--several").code == 0
    try:
        denied = desk("act", "put-to-vote", "subject=agenda", "in_favour=1", "--by", "presidium", "--session", session)
        assert denied.code == 2 and "主席团" in flat(denied.said), denied.said
    finally:
        desk.both("token", "office", "--one-person", zh="一人办公", en="one person", code=0)


def test_the_roles_are_told_without_a_service(desk: Desk):
    said = flat(desk("token", "roles", "--lang", "en", YISHI_FOLDER="/nowhere").said)
    assert "chief_scrutineer" in said and "reads all of the record and writes nothing" in said
