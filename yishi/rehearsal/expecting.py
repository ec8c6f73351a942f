"""What a script expects of an act, held against what came."""

from collections.abc import Iterator, Sequence

from domain.election.declaration import ElectionDeclared
from domain.refusals import Refusal
from domain.submission import Answer
from domain.text import Text
from yishi.planning.script import Expectation
from yishi.rehearsal.outcome import EventRow
from yishi.trouble import Trouble


def surprise(expected: Expectation, answer: Answer | Exception, events: Sequence[EventRow]) -> Text | None:
    """What came otherwise than the script says, or None. Without an expectation an act is expected to be recorded."""
    if isinstance(answer, Exception):
        return answer.text if isinstance(answer, Trouble) else Text(str(answer), str(answer))
    if isinstance(answer, Refusal):
        return _refused(expected, answer)
    if expected.refused:
        wanted = expected.refused
        return Text(f"本应拒绝({wanted}),却已记录", f"a refusal was expected ({wanted}), but it was recorded")
    return next(_otherwise(expected, events), None)


def _refused(expected: Expectation, answer: Refusal) -> Text | None:
    rules = {citation.rule for citation in answer.basis}
    if not expected.refused:
        said = answer.says()
        return Text(f"未预期的拒绝:{said.zh}", f"an unexpected refusal: {said.en}")
    if expected.refused not in {answer.reason, *rules}:
        wanted = expected.refused
        return Text(f"预期因 {wanted} 拒绝,实为 {answer.reason}", f"refused for {answer.reason}, not for {wanted}")
    if expected.citing and expected.citing not in rules:
        cited = "、".join(sorted(rules)) or "—"
        return Text(f"预期依据 {expected.citing},实为 {cited}", f"{cited} was cited, not {expected.citing}")
    return None


def _otherwise(expected: Expectation, events: Sequence[EventRow]) -> Iterator[Text]:
    rules = {c.rule for e in events for c in e.basis}
    if expected.citing and expected.citing not in rules:
        yield Text(f"依据中没有 {expected.citing}", f"{expected.citing} is not in its basis")
    adopted = [e.figures["adopted"] for e in events if "adopted" in e.figures]
    if expected.adopted is not None and adopted != [expected.adopted]:
        wanted = "通过" if expected.adopted else "不通过"
        yield Text(f"预期{wanted},结果不是", f"adopted was expected to be {expected.adopted}, it is not")
    chosen = [set(e.figures["chosen"]) for e in events if "chosen" in e.figures]
    if expected.chosen is not None and chosen != [set(expected.chosen)]:
        came = "、".join(sorted(*chosen)) if chosen else "—"
        yield Text(f"票决结果为 {came},与预期不同", f"chosen were {came}, not those expected")
    elected = [set(e.figures["outcome"]["elected"]) for e in events if e.name == ElectionDeclared.name]
    if expected.elected is not None and elected != [set(expected.elected)]:
        came = "、".join(sorted(*elected)) if elected else "—"
        yield Text(f"当选的是 {came or '—'},与预期不同", f"elected: {came or '—'}, not those expected")
    if missing := set(expected.warnings) - {f.code for e in events for f in e.findings}:
        named = "、".join(sorted(missing))
        yield Text(f"没有出现提示 {named}", f"these findings did not come: {named}")
    if expected.events is not None and expected.events != len(events):
        yield Text(f"预期 {expected.events} 条,记录 {len(events)} 条", f"{len(events)} events, not {expected.events}")
