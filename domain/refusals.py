"""A refusal is an answer: which rule, what was found, what is needed, in both languages. It changes nothing.

`Refused` is raised inside `decide` and turned into a `Refusal` value in `record`; nobody else catches it.
"""

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from domain.law import Citation, Kind, articles
from domain.text import Figure, Text

REFUSALS: dict[str, type["Refused"]] = {}


class Refused(Exception):
    """Base of all reasons to refuse. `says` is the sentence; its named places are filled from `figures`."""

    says: ClassVar[Text]

    def __init__(self, basis: tuple[Citation, ...] = (), **figures: Figure) -> None:
        self.basis = basis
        self.figures = figures
        super().__init__(self.says.filled(**figures).zh)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__name__ in REFUSALS:
            raise TypeError(f"two refusals are called {cls.__name__}")
        REFUSALS[cls.__name__] = cls


class Refusal(BaseModel):
    """The value a refused act is answered with, also on every repeat of its command id.

    Attributes:
        reason: name of the refusal, e.g. `QuorumNotMet`; basis: the articles; kind: what kind of law it rests on
            (None for an input that no rule of law is about, such as an unknown deputy).
        figures: what was found and what is needed, in whole numbers with their names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    outcome: Literal["refused"] = "refused"
    command_id: str
    act: str
    reason: str
    basis: tuple[Citation, ...]
    kind: Kind | None
    figures: dict[str, Figure]
    position: int | None = None  # where the refused attempt is kept

    def says(self) -> Text:
        """The sentence with its figures and its article, e.g. 应到 61 人,实到 40 人 … - 地方组织法(2022)第十四条第四款."""
        sentence = REFUSALS[self.reason].says.filled(**self.figures)
        if not self.basis:
            return sentence
        cited = articles(self.basis)
        return Text(f"{sentence.zh} - {cited.zh}", f"{sentence.en} - {cited.en}")


def refusal_of(refused: Refused, command_id: str, act: str) -> Refusal:
    return Refusal(
        command_id=command_id,
        act=act,
        reason=type(refused).__name__,
        basis=refused.basis,
        kind=refused.basis[0].kind if refused.basis else None,
        figures=refused.figures,
    )
