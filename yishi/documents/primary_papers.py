"""The tellers' sheets of a primary (预选计票单), to count on: those who are nominated, or who were tied and are voted on again."""

from dataclasses import dataclass

from domain.text import Text
from yishi.documents.choice import Choice
from yishi.documents.common import Paper, common
from yishi.documents.election_choice import one_election
from yishi.documents.election_figures import ElectionFigures, election_figures
from yishi.documents.fields import BLANK, Figure, named
from yishi.documents.source import Source
from yishi.documents.troubles import NotYet

SHEET = Text("预选计票单", "a primary's tellers' sheets")
SHEETS = (1, 2)


@dataclass(frozen=True)
class Nominee:
    """One line of the sheet."""

    number: int = named("序号", "序号", "number")
    name: str = named("姓名", "被提名人姓名,没有则为编号", "the nominee, or the id where there is no name")


@dataclass(frozen=True)
class PrimarySheets(Paper):
    """预选计票单."""

    election: ElectionFigures = named("选举", "哪一项选举", "the election")
    again: bool = named("再次预选", "是否就得票相同的人再次预选", "whether it is among those tied only")
    places: Figure = named("名额", "进入正式候选人的名额;首次预选为空格", "how many go on; a blank at first")
    people: tuple[Nominee, ...] = named("被提名人", "参加预选的各人", "those voted on")
    sheets: tuple[int, ...] = named("各张", "两名计票人各一张", "one of each of two tellers")


def primary_sheets(source: Source, choice: Choice) -> PrimarySheets:
    """Two sheets for the primary that may be held now: blank, for `hold-primary` takes what both say.

    Raises:
        NotYet: nobody is nominated, or there are several elections and none is named.
    """
    election = one_election(source.session, choice, SHEET)
    last = election.primaries[-1] if election.primaries else None
    again = last is not None and bool(last.tied)
    people = last.tied if last is not None and again else election.nominees
    if not people:
        why = Text(f"{election.title.zh}还没有人被提名", f"nobody is nominated for {election.title.en} yet")
        raise NotYet(paper=SHEET, why=why)
    return PrimarySheets(
        **common(source),
        election=election_figures(election),
        again=again,
        places=last.places - len(last.chosen) if last is not None and again else BLANK,
        people=tuple(Nominee(n, source.person(p)) for n, p in enumerate(people, 1)),
        sheets=SHEETS,
    )
