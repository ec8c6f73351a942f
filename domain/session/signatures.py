"""Deputies who sign together (联名): each counts once, and one whose duties are suspended does not count."""

from typing import NamedTuple

from domain.event import Event, Finding
from domain.findings import info, warn
from domain.law import Citation
from domain.refusals import Refused
from domain.session.dates import SignatoryMayNotAct
from domain.session.parts import DeputyId
from domain.session.state import Moment, Session


class Signatures(NamedTuple):
    """Who signed, in their order (the first leads, 领衔), and what was noticed.

    Attributes:
        deputies: each once. not_counted: those of them whose duties are suspended.
        basis: the articles behind not counting them, none when all count.
    """

    deputies: tuple[str, ...]
    not_counted: tuple[str, ...]
    findings: tuple[Finding, ...]
    basis: tuple[Citation, ...]

    @property
    def counted(self) -> int:
        return len(self.deputies) - len(self.not_counted)


class SignedTogether(Event):
    """What the law gives to so many deputies jointly (联名) and to no fewer: who signed, and how many had to."""

    deputies: tuple[DeputyId, ...]
    not_counted: tuple[DeputyId, ...]
    needed: int  # signatures; 0 where none are asked for

    @property
    def stands(self) -> bool:
        """False only after a correction: it turned out that too few had signed."""
        return len(set(self.deputies) - set(self.not_counted)) >= self.needed


def each_once(deputies: tuple[str, ...]) -> tuple[str, ...]:
    """Those who signed, in their order, none of them twice."""
    return tuple(dict.fromkeys(deputies))


def signatures(session: Session, deputies: tuple[str, ...], moment: Moment, topic: str) -> Signatures:
    """代表法 (2025) art. 61: who is suspended does not act as a deputy; that it touches signatures is a reading.

    Raises:
        SignatoryMayNotAct: one of them is not a deputy in office.
    """
    signed = each_once(deputies)
    if strangers := sorted(set(signed) - session.in_office):
        raise SignatoryMayNotAct(moment.cites(topic, "deputy.base"), deputy=strangers[0])
    suspended = tuple(d for d in signed if d in session.suspended)
    basis = moment.cites("deputy.suspension", "signature.suspended") if suspended else ()
    twice = dict.fromkeys(d for d in deputies if deputies.count(d) > 1)
    findings = tuple(warn("SignatureNotCounted", basis, deputy=d) for d in suspended)
    findings += tuple(info("SignedTwice", (), deputy=d) for d in twice)
    return Signatures(signed, suspended, findings, basis)


def enough(signed: Signatures, moment: Moment, topic: str, too_few: type[Refused]) -> int:
    """How many had to sign, as the law of a topic has it, one where it names no number.

    Raises:
        too_few: fewer of them count.
    """
    rule = moment.law.ruling(topic)
    needed = rule.number if rule and rule.value is not None else 1
    if signed.counted < needed:
        basis = (*moment.cites(topic), *signed.basis)
        raise too_few(basis, signed=len(signed.deputies), found=signed.counted, needed=needed)
    return needed


def still_counted(session: Session, deputies: tuple[str, ...]) -> int:
    """How many of those who signed are in office and may act now."""
    return len(set(deputies) & (session.in_office - session.suspended))
