"""The quorum light as programs and screens get it: read by index at one instant of the ledger, never folded from the sign-ins."""

from datetime import datetime
from typing import Any

from domain.calendar import legal_date
from domain.law import NoLawOnFile
from domain.ports import LawBooks
from domain.session.decider import HallNow, NoLaw, law_on
from domain.session.hall import UnknownSitting
from domain.session.light import Light, light
from domain.session.state import Session
from domain.text import Text
from yishi.ledger.reader import LedgerReader
from yishi.trouble import Trouble


class NoLight(Trouble):
    """There is nothing to show a light for."""

    says = Text("没有出席情况可显示:{why}", "There is no light to show: {why}")


def light_of(ledger: LedgerReader, laws: LawBooks, stream: str, sitting: str | None, now: datetime) -> dict[str, Any]:
    """The light of a session's sitting, as JSON values.

    Args:
        stream: the session's. sitting: its code; None for the one that is open, else the next that is planned.
        now: on its legal day the law is asked.

    Returns:
        `sitting`, `total`, `present`, `needed`, `missing`, `share` ({zh, en}), `basis` (citations), `kind` (text, local, practice,
        reading or silent), `binding`, `enough`, `held`, `on_leave`, `out`, `suspended`, and `position`: the ledger's size at that instant.

    Raises:
        NoLight: the session or the sitting is not there, or no law is on file for that day.
    """
    with ledger.instant() as tx:
        session: Session = tx.state(stream)
        if not session.registered:
            raise NoLight(why=Text(f"没有会议 {stream}", f"there is no session {stream}"))
        try:
            code = _meant(session, sitting)
            law = law_on(laws.edition(session.edition), session.plan, legal_date(now))
            shown = light(session, law, HallNow(tx, stream), code)
        except UnknownSitting as unknown:
            raise NoLight(why=unknown.says.filled(**unknown.figures)) from unknown
        except NoLawOnFile as silent:
            figures = {"on": str(silent.on), "family": silent.family, "first": str(silent.first or "—")}
            raise NoLight(why=NoLaw.says.filled(**figures)) from silent
        return told(shown, tx.size)


def _meant(session: Session, sitting: str | None) -> str:
    """The sitting asked for, else the one that is open, else the first still to come, else the last."""
    known = "、".join(session.sittings)
    if sitting is not None:
        if sitting not in session.sittings:
            raise UnknownSitting(sitting=sitting, known=known)
        return sitting
    if session.sitting_open:
        return session.sitting_open
    planned = sorted((s for s in session.sittings.values() if s.status == "planned"), key=lambda s: s.planned)
    if not planned and session.last_sitting is None:
        raise UnknownSitting(sitting="—", known=known)
    return planned[0].code if planned else session.last_sitting or ""


def told(shown: Light, position: int) -> dict[str, Any]:
    """A light as JSON values."""
    return {
        "sitting": shown.sitting,
        "total": shown.total,
        "present": shown.present,
        "needed": shown.needed,
        "missing": shown.missing,
        "share": {"zh": shown.share.zh, "en": shown.share.en},
        "basis": [{"rule": c.rule, "zh": c.zh, "en": c.en, "kind": c.kind.value} for c in shown.basis],
        "kind": shown.kind,
        "binding": shown.binding,
        "enough": shown.enough,
        "held": shown.held,
        "on_leave": shown.on_leave,
        "out": shown.left,
        "suspended": shown.suspended,
        "position": position,
    }
