"""Where a session stands is read from its own streams and its matters', however many signed in: and says the same as all of it."""

from pathlib import Path

from domain.session.cards import RegisterCards
from tests.hall.house import card_of, doors
from yishi.ledger.reader import LedgerReader
from yishi.ledger.recent import Recent
from yishi.projections.sessions import own_entries


def test_hundreds_of_sign_ins_add_nothing_to_it_and_asked_again_nothing_is_read(tmp_path: Path) -> None:
    with doors(tmp_path, 300) as house:
        ledger, stream = house.ledger, house.session.stream
        before = own_entries(ledger, stream)
        house.batch(deputies=list(house.session.roll))
        assert ledger.head().size > 300
        assert own_entries(ledger, stream) is before
        house.does(RegisterCards(cards=(card_of("d001"),)))
        assert own_entries(ledger, stream)[:-1] == before
        assert [e.event.name for e in own_entries(ledger, stream)[len(before) :]] == ["session.cards-registered.v1"]
        assert not LedgerReader(tmp_path).below("another/3-2/session")


def test_what_was_not_used_for_longest_makes_room() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)


def test_what_is_heavy_makes_room_for_less_and_the_last_is_kept_in_any_case() -> None:
    recent: Recent[str, str] = Recent(6, weigh=len)
    for key in ("aa", "bb", "cc"):
        recent.put(key, key)
    recent.put("cc", "cccc")  # exactly as much as there is room for, once the oldest is gone
    assert (recent.get("aa"), recent.get("bb"), recent.get("cc")) == (None, "bb", "cccc")
    recent.put("d", "d")
    assert (recent.get("bb"), recent.get("cc"), recent.get("d")) == (None, "cccc", "d")
    recent.drop("cc")
    recent.put("e", "eeeee")
    assert (recent.get("d"), recent.get("e")) == ("d", "eeeee")
    recent.put("f", "f" * 9)
    assert (recent.get("d"), recent.get("e"), recent.get("f")) == (None, None, "f" * 9)
    recent.clear()
    recent.put("g", "g" * 6)
    assert (recent.get("f"), recent.get("g")) == (None, "g" * 6)


def test_a_session_stays_folded_while_many_cards_are_looked_at(tmp_path: Path) -> None:
    with doors(tmp_path, 3) as house:
        folded = house.session
        for n in range(300):
            house.ledger.state(f"{house.session.stream.rsplit('/', 2)[0]}/card/s1-{n}")
        assert house.session is folded
