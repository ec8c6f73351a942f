"""The form of a ballot as the record has it, for whoever is about to seal a box."""

from datetime import datetime
from typing import Literal

from domain.ballot.box import SealBox
from domain.ballot.form import Form
from domain.ballot.form_of import form_of
from domain.calendar import legal_date
from domain.law import NoLawOnFile
from domain.ports import LawBooks
from domain.refusals import Refusal, Refused, refusal_of
from domain.session.decider import HallNow, NoLaw, law_on
from domain.session.state import Moment, Session
from domain.submission import Actor
from yishi.ledger.reader import LedgerReader


def proposed(
    ledger: LedgerReader,
    laws: LawBooks,
    session: str,
    box: str,
    kind: Literal["election", "vote"],
    about: str,
    at: datetime,
) -> Form | Refusal:
    """What a box on this subject, or on this election's open ballot, would be sealed with now; nothing is recorded.

    Args:
        session: registered; without the end of its stream.
    """
    stream = f"{session}/session/1"
    state: Session = ledger.state(stream)
    try:
        law = law_on(laws.edition(state.edition), state.plan, legal_date(at))
    except NoLawOnFile as silent:
        none = NoLaw(on=str(silent.on), family=silent.family, first=str(silent.first or "—"))
        return refusal_of(none, "", SealBox.act)
    with ledger.instant() as tx:
        moment = Moment(
            law=law,
            at=at,
            actor=Actor(office="scrutineer"),
            hall=HallNow(tx, stream),
            rests_on=state.procedure.rests_on,
        )
        try:
            return form_of(state, box, kind, about, moment)
        except Refused as refused:
            return refusal_of(refused, "", SealBox.act)
