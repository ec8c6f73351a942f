"""Who may nominate for a post, how many must sign, and how many each may nominate."""

from typing import Literal, NamedTuple

from domain.election.election import Election
from domain.event import Finding
from domain.findings import inert, warn
from domain.law import Citation
from domain.refusals import Refused
from domain.session.signatures import signatures
from domain.session.state import Moment, Session
from domain.text import Figure, Text, joined

Nominator = Literal["presidium", "deputies", "organisations", "president", "premier", "cmc_chair"]
NOMINATORS = {
    "presidium": Text("主席团", "the presidium"),
    "deputies": Text("代表联名", "deputies together"),
    "organisations": Text("政党、人民团体", "parties and people's organisations"),
    "president": Text("国家主席", "the President"),
    "premier": Text("国务院总理", "the Premier"),
    "cmc_chair": Text("中央军事委员会主席", "the chair of the Central Military Commission"),
}
ORGANISATIONS = ("parties", "peoples_organisations")
"""What the Electoral Law calls them; one of them, or several together, nominate here as `organisations`."""


class NotANominator(Refused):
    says = Text(
        "{election}的人选不由{found}提名,可以提名的有:{allowed}",
        "{found} may not nominate for {election}; those who may: {allowed}",
    )


class TooManyNominees(Refused):
    says = Text(
        "{who}提名{election} {found} 人,超过应选名额 {seats} 人",
        "{who}: {found} nominees for {election}, {seats} seats",
    )


class TooFewNominators(Refused):
    says = Text(
        "提名{election}:联名代表 {signed} 人,其中可计 {found} 人,应有 {needed} 人以上{struck}",
        "{election}: {signed} deputies signed, {found} of them count, {needed} are needed{struck}",
    )


class Signed(NamedTuple):
    """Who signed a joint nomination.

    Attributes:
        not_counted: those suspended. struck: those who had co-nominated as many as there are seats already.
        counted: the others. needed: how many the law asks for.
    """

    deputies: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    needed: int = 0
    basis: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()


def may_nominate(election: Election, nominator: Nominator, moment: Moment) -> tuple[Finding, ...]:
    """地方组织法 (2022) art. 26(1): presidium or deputies; 选举法 (2020) art. 30(2): parties, people's organisations or deputies.

    全国人大组织法 (2021) arts 18-19: the presidium alone; of those decided on, whom the constitution names (art. 62(5)(6)).

    Raises:
        NotANominator: the law names others.
    """
    rule = moment.law.ruling(election.post.nominated_by)
    if rule is None or rule.value is None:
        return ()
    allowed = tuple(dict.fromkeys("organisations" if o in ORGANISATIONS else o for o in rule.options))
    if nominator in allowed:
        return inert(rule)
    known = joined(NOMINATORS[a] for a in allowed if a in NOMINATORS)
    if rule.may_refuse:
        raise NotANominator(rule.basis, election=election.title, found=NOMINATORS[nominator], allowed=known)
    return (warn("NotUsuallyANominator", rule.basis, found=NOMINATORS[nominator], allowed=known),)


def within_cap(
    election: Election, nominator: Nominator, organisations: tuple[str, ...], persons: tuple[str, ...], moment: Moment
) -> tuple[Finding, ...]:
    """地方组织法 (2022) art. 26(3), 选举法 (2020) art. 30(3): nobody nominates more than there are seats (均不得超过应选名额).

    Of the presidium all its nominations count together, of a party or organisation all those it takes part in; a joint
    nomination by itself may not name more, since each who signs it would.

    Raises:
        TooManyNominees: naming who nominates how many.
    """
    rule = moment.law.ruling(f"nomination.cap{election.post.under}")
    if rule is None or not rule.on:
        return ()
    for who, earlier in _shares(election, nominator, organisations):
        found = len({*persons, *earlier})
        if found > election.seats_left:
            figures: dict[str, Figure] = {"election": election.title, "found": found, "seats": election.seats_left}
            if rule.may_refuse:
                raise TooManyNominees(rule.basis, who=who, **figures)
            return (warn("MoreNomineesThanSeats", rule.basis, who=who, **figures),)
    return ()


def _shares(
    election: Election, nominator: Nominator, organisations: tuple[str, ...]
) -> tuple[tuple[Text, set[str]], ...]:
    """Each who nominates, with those he or she nominated before."""
    before = election.standing(nominator)
    if nominator == "organisations":
        return tuple(
            (Text(name, name), {p for n in before if name in n.organisations for p in n.persons})
            for name in organisations
        )
    together = {p for n in before for p in n.persons} if nominator == "presidium" else set()
    return ((NOMINATORS[nominator], together),)


def signed_by(
    session: Session, election: Election, persons: tuple[str, ...], deputies: tuple[str, ...], moment: Moment
) -> Signed:
    """地方组织法 (2022) art. 26(2)(3): so many deputies, each of whom co-nominates no more persons than there are seats.

    The text names no sanction for one who signs for more. That the later signature does not count is a reading
    (I-second-signature); what is left must be as many as the text asks.

    Raises:
        TooFewNominators: it names whose signature was struck. SignatoryMayNotAct: one who is no deputy in office.
    """
    topic = f"nomination.joint{election.post.under}"
    signed = signatures(session, deputies, moment, topic)
    rule, cap = moment.law.ruling(topic), moment.law.ruling(f"nomination.cap{election.post.under}")
    struck = tuple(d for d in signed.deputies if _beyond(election, d, persons)) if cap and cap.on else ()
    counted = tuple(d for d in signed.deputies if d not in (*signed.not_counted, *struck))
    of_struck = moment.basis(f"nomination.cap{election.post.under}", "nomination.signed_twice") if struck else ()
    needed = rule.number if rule is not None and rule.value is not None else 1
    if len(counted) < needed:
        cited = (*moment.cites(topic), *signed.basis, *of_struck)
        figures = {"signed": len(signed.deputies), "found": len(counted), "needed": needed}
        raise TooFewNominators(cited, election=election.title, struck=_named(struck), **figures)
    noticed = tuple(warn("NominationSignatureStruck", of_struck, deputy=d, seats=election.seats_left) for d in struck)
    return Signed(
        signed.deputies, signed.not_counted, struck, counted, needed, (*signed.basis, *of_struck),
        (*signed.findings, *noticed, *inert(rule)),
    )  # fmt: skip


def _beyond(election: Election, deputy: str, persons: tuple[str, ...]) -> bool:
    """Whether this signature would have the deputy co-nominate more persons than there are seats."""
    earlier = {p for n in election.standing("deputies") if deputy in n.counted for p in n.persons}
    return len(earlier | set(persons)) > election.seats_left


def _named(struck: tuple[str, ...]) -> Text:
    if not struck:
        return Text("", "")
    who = "、".join(struck)
    return Text(
        f";{who} 联名提名的人数已满应选名额,后签的不计",
        f"; {', '.join(struck)} had co-nominated as many as there are seats: the later signature is not counted",
    )
