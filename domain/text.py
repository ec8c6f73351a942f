"""A sentence in the two languages people see: Chinese by default, English on request."""

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """The same thing said in Chinese and in English; either may hold `{named}` places."""

    zh: str
    en: str

    def to(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def filled(self, **values: object) -> "Text":
        """Both sentences with their named places filled in."""
        return Text(self.zh.format(**values), self.en.format(**values))
