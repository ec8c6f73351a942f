"""A special inquiry is held (专题询问), and the heads of those asked are there.

监督法 (2024) art. 47: in plenary, joint or group meetings; the heads of the government and its departments, of the supervisory commission,
the court or the procuratorate attend, listen and answer.
"""

from typing import ClassVar, Literal

from pydantic import Field

from domain.event import Event
from domain.findings import alert
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges
from domain.session.parts import Part, Unit
from domain.submission import Command, Office
from domain.text import Text


class Attending(Part):
    """Who came for one organ: a head or deputy head (负责人), or somebody else."""

    organ: Unit
    rank: Literal["head", "deputy_head", "other"]


class HoldSpecialInquiry(Command):
    """Record the inquiry: the kind of meeting, who came for each organ asked, and what was asked and answered."""

    act: ClassVar[str] = "hold-special-inquiry"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = ("standing_committee", "council_of_chairpersons", "sc_office")
    title: ClassVar[Text] = Text("进行专题询问", "Hold the special inquiry")
    meeting: Literal["plenary", "joint", "group"]
    attended: tuple[Attending, ...] = ()
    text: str = Field(min_length=1, max_length=4000, pattern=r"\S")


class SpecialInquiryHeld(MatterEvent):
    name: ClassVar[str] = "matter.special-inquiry-held.v1"
    of: ClassVar[str] = HoldSpecialInquiry.act
    fact: ClassVar[str] = "special-inquiry-held"
    meeting: str
    attended: tuple[Attending, ...]
    text: str


@judges(HoldSpecialInquiry)
def hold(matter: Matter, command: HoldSpecialInquiry, moment: MatterMoment) -> list[Event]:
    """An organ asked whose head did not come is named in the record; the inquiry was held all the same."""
    heads = {each.organ.strip() for each in command.attended if each.rank != "other"}
    asked = dict.fromkeys(name.strip() for name in (matter.unit, *matter.co_units))
    basis = moment.cites("special_inquiry.attended")
    findings = tuple(alert("HeadDidNotCome", basis, organ=name) for name in asked if basis and name not in heads)
    basis = moment.basis("special_inquiry.attended", "special_inquiry.held")
    return [SpecialInquiryHeld(at=moment.at, basis=basis, **command.model_dump(), findings=findings)]
