"""Where a session stands is read from its own streams and its matters', however many signed in: and says the same as all of it."""

from pathlib import Path

import pytest

from domain.session.cards import RegisterCards
from tests.hall.house import card_of, doors
from yishi.ledger.reader import STREAMS_KEPT, LedgerReader
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


@pytest.mark.parametrize("others", [STREAMS_KEPT - 1, 2 * STREAMS_KEPT])
def test_a_session_stays_folded_while_many_cards_are_looked_at(tmp_path: Path, others: int) -> None:
    with doors(tmp_path, 3) as house:
        folded = house.session
        for n in range(others):
            house.ledger.state(f"{house.session.stream.rsplit('/', 2)[0]}/card/s1-{n}")
        assert house.session is folded
