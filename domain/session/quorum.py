"""Who is present, and whether that is enough: judged by the text where it speaks, by a reading where it is only extended."""

from domain.event import Finding
from domain.findings import inert, warn
from domain.refusals import Refused
from domain.session.hall import InTheHall
from domain.session.state import Moment, Session
from domain.text import Figure, Text


class QuorumNotMet(Refused):
    says = Text(
        "应到 {total} 人,实到 {found} 人,{share}({needed} 人),不能举行",
        "{found} of {total} deputies are present, short of the {needed} required ({share}): the sitting may not be held",
    )


def deputies_present(session: Session, moment: Moment, sitting: str) -> int:
    """Those in the hall who may act, by name and by heads.

    One suspended, or whose seat ended, after signing in no longer counts (代表法 (2025) art. 61).
    """
    return InTheHall(session, moment.hall, sitting).present


def below_quorum(session: Session, moment: Moment, present: int, total: int) -> tuple[Finding, ...]:
    """What is noticed when a sitting that was held turns out to have had too few; it cannot be refused any more."""
    rule = moment.law.ruling(session.procedure.quorum)
    if rule is None or rule.value is None or rule.share.met_by(present, total):
        return ()
    figures: dict[str, Figure] = {"total": total, "found": present, "needed": rule.share.needed(total)}
    return (warn("BelowQuorum", rule.basis, share=rule.share.missed, **figures),)


def quorum(
    session: Session, moment: Moment, present: int, *, own_text: bool, reading: str = "quorum.each_sitting"
) -> tuple[Finding, ...]:
    """Judge a quorum. With `own_text` the text itself speaks and may refuse; otherwise only a reading extends it."""
    rule = moment.law.ruling(session.procedure.quorum)
    total = session.deputies_total
    if rule is None or rule.value is None:
        return (warn("LawSilent", rule.basis if rule else (), what=Text("出席人数", "those who must be present")),)
    needed = rule.share.needed(total)
    if present >= needed:
        return inert(rule)
    extended = rule if own_text else moment.law.ruling(reading)
    basis = rule.basis if own_text else (*rule.basis, *(extended.basis if extended else ()))
    figures: dict[str, Figure] = {"total": total, "found": present, "needed": needed, "share": rule.share.missed}
    if extended and extended.may_refuse:
        raise QuorumNotMet(basis, **figures)
    return (warn("BelowQuorum", basis, **figures), *inert(rule))
