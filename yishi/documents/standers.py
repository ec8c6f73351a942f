"""Who stands on a ballot or was written in, with the votes of each and what came of it."""

from dataclasses import dataclass

from domain.election.declaration import ElectionDeclared
from domain.election.tally import Figures, Outcome
from yishi.documents.fields import BLANK, Figure, named
from yishi.documents.source import Source


@dataclass(frozen=True)
class Stander:
    """One person on a ballot or a count."""

    number: Figure = named("序号", "在选票上的序号;另选他人的为空", "number on the ballot; empty if written in")
    name: str = named("姓名", "姓名,没有则为编号", "name, or the id where there is none")
    in_favour: Figure = named("赞成", "赞成票数", "votes in favour")
    against: Figure = named("反对", "反对票数;另选他人的为空", "votes against; empty if written in")
    abstained: Figure = named("弃权", "弃权票数;另选他人的为空", "abstentions; empty if written in")
    written_in: bool = named("另选", "是否另选的他人", "whether written in")
    result: str = named("结果", "当选、未过半数、得票相等等;没有宣布则为空", "what came of it; empty until declared")


def candidates(
    source: Source, order: tuple[str, ...], counted: Figures | None, outcome: Outcome | None, declared: ElectionDeclared | None
) -> tuple[Stander, ...]:  # fmt: skip
    """Those on the ballot in its order; once the result is declared by votes."""
    numbers = {person: n for n, person in enumerate(order, 1)}
    lines = {line.person: line for line in counted.lines} if counted else {}
    by_votes = [s.person for s in outcome.scores if s.person in numbers] if outcome else []
    people = []
    for person in by_votes or order:
        line = lines.get(person)
        people.append(
            Stander(
                number=numbers[person],
                name=source.person(person),
                in_favour=line.in_favour if line else BLANK,
                against=line.against if line else BLANK,
                abstained=line.abstained if line else BLANK,
                written_in=False,
                result=_result(person, outcome, declared),
            )
        )
    return tuple(people)


def written_in(
    source: Source, counted: Figures | None, outcome: Outcome | None, declared: ElectionDeclared | None
) -> tuple[Stander, ...]:
    if counted is None:
        return ()
    by_votes = sorted(counted.write_ins, key=lambda each: (-each.in_favour, each.person))
    return tuple(
        Stander("", source.person(w.person), w.in_favour, "", "", True, _result(w.person, outcome, declared)) for w in by_votes
    )  # fmt: skip


def _result(person: str, outcome: Outcome | None, declared: ElectionDeclared | None) -> str:
    """What came of one person, as the declaration has it."""
    if outcome is None or outcome.void is not None:
        return ""
    if person in outcome.elected:
        return "当选"
    if person in outcome.tied:
        return "得票相等,再次投票"
    stood = declared is not None and any(line.person == person for line in declared.figures.lines)
    if declared is not None and person in (*declared.lost, *(declared.barred if stood else ())):
        return "已不参选"
    if declared is not None and person in declared.barred:
        return "不是本级代表,不能当选"
    if not outcome.needed:
        return "未当选"
    reached = any(s.reached for s in outcome.scores if s.person == person)
    return "过半数,名额已满" if reached else "未过半数"
