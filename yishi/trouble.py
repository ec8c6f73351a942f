"""What stops the engine itself (never an act: acts are refused): one sentence on what is wrong and what to do."""

from typing import ClassVar

from domain.text import Text


class Trouble(Exception):
    """Base of all operating troubles that a person at the machine can mend.

    Each kind `says` its sentence; the named places are filled from what was found. `text` is for people.
    """

    says: ClassVar[Text]
    uncertain: ClassVar[bool] = False
    """Whether what it befell may come to be on record all the same."""

    def __init__(self, **found: object) -> None:
        self.found = found
        self.text = self.says.filled(**found)
        super().__init__(f"{self.text.zh} / {self.text.en}")
