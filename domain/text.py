"""A sentence in the two languages people see: Chinese by default, English on request."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """The same thing said in Chinese and in English; either may hold `{named}` places."""

    zh: str
    en: str

    def to(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def filled(self, **values: object) -> "Text":
        """Both sentences with their named places filled in; a value that is itself a Text goes in by language."""
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))


def joined(texts: "Iterable[Text]") -> Text:
    """Several as one list."""
    every = list(texts)
    return Text("、".join(t.zh for t in every), ", ".join(t.en for t in every))


Figure = int | str | Text
"""What was found or is needed: a whole number, an id or a date, or words in both languages."""
