"""Nominating (提名): by the presidium, deputies who sign together, parties and organisations, or whom the constitution names."""

from dataclasses import replace
from typing import ClassVar, Self

from pydantic import Field, model_validator

from domain.election.election import Election, Nomination, election_of, with_election
from domain.election.eligibility import Holding, eligible, ethnic_township, offices_held
from domain.election.left_over import may_nominate_anew
from domain.election.nominators import NOMINATORS, Nominator, Signed, may_nominate, signed_by, within_cap
from domain.election.parts import PersonId
from domain.event import Event, Finding
from domain.findings import warn
from domain.offices import OFFICE_NAMES
from domain.refusals import Refused
from domain.session.parts import Code, DeputyId, Number
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.signatures import each_once
from domain.session.state import Moment, Session, decides, evolves
from domain.session.struck import not_spent
from domain.submission import Command, Office
from domain.text import Text


class NominationExists(Refused):
    says = Text("第 {number} 号提名已经登记且内容不同", "nomination {number} is on file already, with other content")


class NominationsClosed(Refused):
    says = Text(
        "{election}的{stage},不再受理提名、撤回和推辞;名单有误的,更正(correct)后再办",
        "{election}: {stage}. Nominations are no longer taken, withdrawn or declined; a list that is wrong is corrected first",
    )


class NotTheirNomination(Refused):
    says = Text(
        "{nominator}的提名,由提名者或者秘书处登记,不能由{by}登记",
        "a nomination of {nominator} is filed by the nominator or the secretariat, not by {by}",
    )


class ElectedAlready(Refused):
    says = Text("{person} 已当选{election}", "{person} is elected to {election} already")


class StruckOff(Refused):
    says = Text(
        "{person} 已从{election}的名单中除名,不能再被提名",
        "{person} was struck off the list for {election} and cannot be nominated again",
    )


class NominationNotInWriting(Refused):
    says = Text("代表联名提名应当书面提出(written)", "deputies nominate together in writing (written)")


class Nominate(Command):
    """Nominate persons for the post of one election.

    Deputies in the order in which they signed. `organisations` are the parties or organisations by name, alone or together. `written`:
    the joint nomination is on paper; `introduced`: the nominator told the deputies about the nominees. `holding`: offices the nominees hold
    in other organs. `in_favour`: how many of the presidium agreed to its own nomination; left out: all who are present.
    """

    act: ClassVar[str] = "nominate"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("secretariat", "presidium", "deputy")
    title: ClassVar[Text] = Text("提名", "Nominate")
    number: Number
    election: Code
    nominator: Nominator
    persons: tuple[PersonId, ...] = Field(min_length=1)
    signatories: tuple[DeputyId, ...] = ()
    organisations: tuple[str, ...] = ()
    written: bool = False
    introduced: bool = False
    holding: tuple[Holding, ...] = ()
    in_favour: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _each_says_who_it_is(self) -> Self:
        if (self.nominator == "deputies") != bool(self.signatories):
            raise ValueError(
                "代表联名的提名才有联名代表 / signatories go with a nomination by deputies, and only with it"
            )
        if (self.nominator == "organisations") != bool(self.organisations):
            raise ValueError("政党、人民团体的提名才写其名称 / names of organisations go with their nomination only")
        if self.nominator != "presidium" and self.in_favour is not None:
            raise ValueError("主席团的提名才填赞成人数 / in_favour goes with the presidium's nomination only")
        return self


class Nominated(Event):
    """A nomination on file. `needed`: signatures; 0 where nobody has to sign. `struck`: signed beyond the seats, not counted.

    `in_favour` of the presidium's `members_total` agreed to its own; `majority` had to, 0 where no text says how many.
    """

    name: ClassVar[str] = "election.nominated.v1"
    once: ClassVar[bool] = True
    number: Number
    election: Code
    nominator: Nominator
    persons: tuple[PersonId, ...]
    signatories: tuple[DeputyId, ...]
    not_counted: tuple[DeputyId, ...]
    struck: tuple[DeputyId, ...]
    needed: int
    organisations: tuple[str, ...]
    written: bool
    introduced: bool
    holding: tuple[Holding, ...]
    in_favour: int | None
    members_total: int = 0  # until a vote that was lost was put on record, only what was carried was
    majority: int = 0

    @property
    def counted(self) -> tuple[str, ...]:
        return tuple(d for d in each_once(self.signatories) if d not in (*self.not_counted, *self.struck))

    @property
    def stands(self) -> bool:
        """Not where the presidium did not carry it; nor, after a correction, where too few had signed."""
        return self.signed and not self.lost

    @property
    def signed(self) -> bool:
        return len(self.counted) >= self.needed

    @property
    def lost(self) -> bool:
        return bool(self.members_total) and not carried(self.in_favour or 0, self.majority)

    def facts(self) -> tuple[str, ...]:
        return ("nominated", f"nominated:{self.election}") if self.stands else ()


@decides(Nominate)
def nominate(session: Session, command: Nominate, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 26, 选举法 (2020) art. 30: who nominates, how many sign, how many each may name; in writing and introduced."""
    election = election_of(session, command.election)
    earlier = [e for e in session.history if isinstance(e, Nominated) and e.number == command.number]
    if any(_same(e, command) and not e.lost for e in earlier):
        return []
    if any(not _put_again(e, command) for e in earlier):
        raise NominationExists(number=command.number)
    if not earlier:
        not_spent(session, Nominated, command.number)
    still_nominating(election, moment)
    may_nominate_anew(election, moment)
    persons = tuple(dict.fromkeys(command.persons))
    findings = may_nominate(election, command.nominator, moment)
    _theirs(command, moment, election)
    findings += _judged(session, election, persons, command, moment)
    findings += within_cap(election, command.nominator, command.organisations, persons, moment)
    signed = Signed()
    if command.nominator == "deputies":
        findings += _in_writing(election, command, moment)
        signed = signed_by(session, election, persons, command.signatories, moment)
    agreed = presidium_vote(session, command.in_favour, moment) if command.nominator == "presidium" else None
    under = election.post.under
    topics = (election.post.nominated_by, f"nomination.cap{under}")
    joint = moment.basis(f"nomination.joint{under}") if command.nominator == "deputies" else ()
    return [
        Nominated(
            at=moment.at,
            basis=(*moment.basis(*topics), *joint, *(c for c in signed.basis if c not in moment.basis(*topics))),
            number=command.number,
            election=election.code,
            nominator=command.nominator,
            persons=persons,
            signatories=signed.deputies,
            not_counted=signed.not_counted,
            struck=signed.struck,
            needed=signed.needed,
            organisations=command.organisations,
            written=command.written,
            introduced=command.introduced,
            holding=command.holding,
            in_favour=agreed.in_favour if agreed else None,
            members_total=agreed.members_total if agreed else 0,
            majority=agreed.needed if agreed else 0,
            findings=(*findings, *signed.findings, *(agreed.findings if agreed else ())),
        )
    ]


def _put_again(entry: Nominated, command: Nominate) -> bool:
    """Whether the presidium votes once more on a nomination that it did not carry."""
    return entry.lost and _same(entry, command.model_copy(update={"in_favour": None}))


def _same(entry: Nominated, command: Nominate) -> bool:
    """Whether an entry is this nomination, asked before anybody is judged: a signatory may have left since."""
    told = ("number", "election", "nominator", "organisations", "written", "introduced", "holding")
    same = all(getattr(entry, name) == getattr(command, name) for name in told)
    people = (tuple(dict.fromkeys(command.persons)), each_once(command.signatories))
    return same and (entry.persons, entry.signatories) == people and command.in_favour in (None, entry.in_favour)


def still_nominating(election: Election, moment: Moment) -> None:
    """Whether nominations still come and go: until the primary, at the latest until the candidates are settled.

    Raises:
        NominationsClosed: saying what has been done.
    """
    if election.settled_at is not None:
        stage = Text("正式候选人已经确定", "its candidates are settled")
    elif election.primaries:
        stage = Text("预选已经举行", "its primary was held")
    elif election.open_round is not None:
        stage = Text("正在投票", "its ballot is open")
    else:
        return
    raise NominationsClosed(moment.cites("election.method"), election=election.title, stage=stage)


def _theirs(command: Nominate, moment: Moment, election: Election) -> None:
    """Who nominates files it, or has the secretariat file it; organisations (选举法 (2020) art. 30(2)) and those who hold an office of
    state bring theirs to the presidium.
    """
    own = "deputy" if command.nominator == "deputies" else "presidium"
    if moment.actor.office not in (own, "secretariat"):
        who, by = NOMINATORS[command.nominator], OFFICE_NAMES[moment.actor.office]
        raise NotTheirNomination(moment.cites(election.post.nominated_by), nominator=who, by=by)


def _judged(
    session: Session, election: Election, persons: tuple[str, ...], command: Nominate, moment: Moment
) -> tuple[Finding, ...]:
    """Each nominee may hold the post, and was introduced; one who declined before is told of."""
    if elected := [p for p in persons if p in election.elected]:
        raise ElectedAlready(person=elected[0], election=election.title)
    if struck := [p for p in persons if p in election.struck_off]:
        raise StruckOff(moment.cites("election.foreign_funding"), person=struck[0], election=election.title)
    findings = tuple(f for person in persons for f in eligible(session, election, person, moment))
    findings += offices_held(election, persons, command.holding, moment)
    findings += ethnic_township(session, election, moment)
    introduced = moment.law.ruling(f"nomination.introduced{election.post.under}")
    if introduced is not None and introduced.on and not command.introduced:
        findings += (warn("NomineeNotIntroduced", introduced.basis),)
    again = (p for p in persons if p in election.declined)
    declined = moment.basis("nomination.declined")
    return findings + tuple(warn("DeclinedBefore", declined, person=p) for p in again)


def _in_writing(election: Election, command: Nominate, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling(f"nomination.written{election.post.under}")
    if rule is None or not rule.on or command.written:
        return ()
    if rule.may_refuse:
        raise NominationNotInWriting(rule.basis)
    return (warn("NominationNotWritten", rule.basis),)


@evolves(Nominated)
def nominated(session: Session, event: Nominated) -> Session:
    """Nominated again, somebody who had declined stands once more, and may decline once more."""
    election = session.elections[event.election]
    filed = Nomination(
        number=event.number, nominator=event.nominator, persons=event.persons, signatories=event.signatories,
        counted=event.counted, organisations=event.organisations, admitted=event.signed, lost=event.lost, at=event.at,
    )  # fmt: skip
    nominations = {**election.nominations, event.number: filed}
    once_more = frozenset(event.persons if event.stands else ())
    standing = {"declined": election.declined - once_more, "lost": election.lost - once_more}
    return with_election(session, replace(election, nominations=nominations, **standing))
