"""A chamber whose commands may be about a matter: one county, one street, one township after its session."""

from datetime import date
from typing import Any

from domain.matter.opening import OpenMatter
from domain.session.matters import BeginMatter
from domain.submission import Command
from tests.domain.chamber import HOUSE, Chamber


def stream_of(number: str) -> str:
    return f"{HOUSE}/matter/{number}"


class Following(Chamber):
    """A chamber that follows one matter: acts of matters are on it until another is named."""

    followed = "1"

    def _stream_of(self, command: Command) -> str:
        return stream_of(self.followed) if command.stream_kind == "matter" else super()._stream_of(command)

    def follows(self, number: str) -> "Following":
        self.followed = number
        return self

    @property
    def it(self) -> Any:
        return self.matter(self.followed)

    @property
    def due(self) -> dict[str, date]:
        """The terms of the matter that run, by id."""
        return {clock.id: clock.last_day for clock in self.it.open_clocks}


def following(house: Chamber) -> Following:
    house.__class__ = Following
    assert isinstance(house, Following)
    return house


def begun(house: Chamber, kind: str, **fields: Any) -> Following:
    """A matter of that kind, begun and opened."""
    town = following(house)
    number = fields.pop("number", "r1")
    town.given(
        BeginMatter(
            number=number, kind=kind, subject=fields.pop("subject", "某事"), unit=fields.pop("unit", "某局"), **fields
        )
    )
    return town.follows(number).given(OpenMatter(session=town.session.stream, number=number))
