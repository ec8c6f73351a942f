"""The id of what is sent: of one event at one endpoint the same for ever, and never another's."""

import json
from datetime import timedelta
from pathlib import Path

from tests.ledger.toy import DECIDERS, NINE, ToyLaws, bring
from yishi.events.telling import told
from yishi.folder import DataFolder
from yishi.hooks.message import Message, message_of
from yishi.ledger.ledger import Ledger


def third(folder: Path, *, later: timedelta) -> list[Message]:
    """What is sent of the third event, twice; the record was the same up to the second, as after a backup of then was restored."""
    with DataFolder.open(folder, "real") as opened:
        with Ledger(opened.path, DECIDERS, ToyLaws(), clock=lambda: NINE) as ledger:
            ledger.record_now(bring("a"))
            ledger.record_now(bring("b"))
        with Ledger(opened.path, DECIDERS, ToyLaws(), clock=lambda: NINE + later) as ledger:
            ledger.record_now(bring("c"))
            (entry,) = ledger.notifications(after=2)
            return [message_of("wone", told(ledger, entry), ledger.leaf(entry.position)) for _ in range(2)]


def test_what_is_recorded_at_the_place_of_what_a_restore_undid_comes_under_an_id_of_its_own(tmp_path: Path) -> None:
    before, again = third(tmp_path / "before", later=timedelta(0))
    after, _ = third(tmp_path / "after", later=timedelta(days=1))
    assert before == again
    events = [json.loads(each.body) for each in (before, after)]
    assert [each["data"]["position"] for each in events] == [3, 3]
    assert before.id != after.id and events[0]["id"] != events[1]["id"]
    assert before.id == f"wone.{events[0]['id']}"
