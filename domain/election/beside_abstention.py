"""A write-in beside an abstention (弃权又另选他人): two laws say it differently, and the election method settles it."""

from domain.election.method import method_of
from domain.election.tally import Figures
from domain.event import Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.state import Moment, Session
from domain.text import Text


class WriteInBesideAbstention(Refused):
    says = Text(
        "另选他人 {found} 票,反对 {against} 票:至少有一张选票弃权又另选他人,按选举办法应计入无效票",
        "{found} write-ins and {against} votes against: at least one ballot abstains and writes in another. The method has it void",
    )


def beside_abstention(session: Session, figures: Figures, moment: Moment) -> tuple[Finding, ...]:
    """Who writes in another votes against a candidate instead (代表法 (2025) art. 17(6)), or abstains, if the method lets such a ballot count.

    地方组织法 (2022) art. 28 does not ask for a vote against. A sheet has sums only: more write-ins than votes against prove such a ballot.

    Raises:
        WriteInBesideAbstention: the method has it void, so it belongs to the void ballots.
    """
    found = sum(each.in_favour for each in figures.write_ins)
    against = sum(line.against for line in figures.lines)
    method, rule = method_of(session), moment.law.ruling("ballot.write_in_against")
    said = method.rules.write_in_when_abstaining if method else None
    if found <= against or said == "counts":
        return ()
    if said == "void":
        raise WriteInBesideAbstention(moment.cites("election.method"), found=found, against=against)
    asked = rule is not None and rule.value is not None and rule.on
    return (warn("WriteInBesideAbstention", rule.basis, found=found, against=against),) if rule and asked else ()
