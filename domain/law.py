"""The law as the deciding code sees it: dated provisions in layers, and what they come to on one day.

A *provision* is one rule of one text, with its article and dates. A *topic* is what the code asks about ("session.quorum").
On a given day several provisions may answer a topic, from the statute down to the body's own rules; `Law.ruling` lays them
over each other: a lower layer may fill or tighten, and where it loosens it is inert and flagged (与上位法不一致,待核).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from domain.arithmetic import Choice, DayOfYear, Number, Period, Portion, Range, Share, Switch, Value
from domain.holidays import Holidays, HolidayYear
from domain.text import Text


class Kind(StrEnum):
    """What kind of law a verdict rests on. Only a text, or a reading that a profile adopts, may refuse."""

    TEXT = "text"  # 法律明文
    LOCAL = "local"  # 地方规定
    READING = "reading"  # 稳妥理解
    PRACTICE = "practice"  # 惯例: recorded, never demanded


class Consequence(StrEnum):
    """What follows when a rule is not met (rulebook §0.1, column E)."""

    BLOCK = "block"  # the act is refused
    FAIL = "fail"  # the proposal is not adopted; an ordinary event
    VOID = "void"  # recorded as without effect
    PENDING = "pending"
    WARN = "warn"
    ALERT = "alert"  # a deadline: never blocks
    NONE = "none"


class Layer(StrEnum):
    """Where a text stands; later ones may tighten or fill earlier ones, never loosen them."""

    STATUTE = "statute"  # 法律
    PROVINCE = "province"  # 省级地方性法规
    CITY = "city"
    BODY = "body"  # the congress's own 议事规则
    SESSION = "session"  # methods (办法) adopted at this session


LAYERS = tuple(Layer)


class Citation(BaseModel):
    """Which article allowed or forbade something: `rule` is the stable id in `statutes/`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rule: str
    statute: str  # short Chinese title with its year: 地方组织法(2022)
    article: str  # "14", or "14,19" when a rule stands in several; "" for practice
    paragraph: int | None = None
    kind: Kind = Kind.TEXT

    @property
    def zh(self) -> str:
        if not self.article:
            return self.statute
        joined = "、".join(f"第{chinese_number(int(a))}条" if a.isdigit() else a for a in self.article.split(","))
        return self.statute + joined + (f"第{chinese_number(self.paragraph)}款" if self.paragraph else "")

    @property
    def en(self) -> str:
        if not self.article:
            said = {Kind.READING: "a reading", Kind.PRACTICE: "practice"}.get(self.kind, self.statute)
            return f"{said} ({self.rule})"
        return f"{self.statute} art. {self.article}" + (f"({self.paragraph})" if self.paragraph else "")

    def to(self, lang: Literal["zh", "en"]) -> str:
        return self.zh if lang == "zh" else self.en


class Stricter(StrEnum):
    """Which way a topic's value tightens, so that a looser lower layer can be told."""

    MORE = "more"  # a larger number, share or period binds (notice days, quorum)
    LESS = "less"  # a smaller one binds (months to reply)
    NARROWER = "narrower"  # a range or choice inside the upper one
    ON = "on"  # required is stricter than not required
    FIXED = "fixed"  # the law fixes it: to ask for more denies a right that it gives, to ask for less makes one (signatures of a motion)
    NOT_COMPARED = "not_compared"


class Provision(BaseModel):
    """One rule of one text: what it demands, from when until when, of whom, and what follows. Dates are inclusive."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    topic: str
    text: str  # code of the statute file's text, e.g. OL22
    layer: Layer
    kind: Kind
    levels: tuple[str, ...]  # township, county, ..., residents
    session_kinds: tuple[str, ...] = ()  # empty: every kind of session
    article: str
    paragraph: int | None = None
    in_force_from: date
    in_force_until: date | None = None
    says: Text  # our paraphrase
    key_term: str = ""  # at most a key term of the text
    value: Value | None = None  # None: the text is silent on it, or the rule has no number
    stricter: Stricter = Stricter.NOT_COMPARED
    consequence: Consequence
    stated: str = ""  # the consequence the text itself states, if any
    verified: Literal["T", "t", "M", "I"]  # read in full · excerpt · memory · interpretation (rulebook §0.1)
    statute: str  # short Chinese title, for citations

    @property
    def citation(self) -> Citation:
        return Citation(
            rule=self.id, statute=self.statute, article=self.article, paragraph=self.paragraph, kind=self.kind
        )

    def applies(self, on: date, level: str, session_kind: str) -> bool:
        begun = self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)
        of_kind = not self.session_kinds or session_kind in self.session_kinds
        return begun and level in self.levels and of_kind


class Ruling(BaseModel):
    """What the layers come to for one topic on one day."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    topic: str
    value: Value | None
    basis: tuple[Citation, ...]
    kind: Kind
    consequence: Consequence
    adopted: bool = False  # a reading that the profile adopts
    inert: tuple[Citation, ...] = ()  # lower-layer rules that loosen: 与上位法不一致,待核
    unverified: bool = False
    says: Text

    @property
    def may_refuse(self) -> bool:
        """Only a text, or a reading that the profile adopts, may refuse."""
        binding = self.kind in (Kind.TEXT, Kind.LOCAL) or self.adopted
        return binding and self.consequence is Consequence.BLOCK

    @property
    def share(self) -> Share:
        assert isinstance(self.value, Share), f"{self.topic} is not a share"
        return self.value

    @property
    def number(self) -> int:
        assert isinstance(self.value, Number), f"{self.topic} is not a number"
        return self.value.at_least

    @property
    def period(self) -> Period:
        assert isinstance(self.value, Period), f"{self.topic} is not a period"
        return self.value

    @property
    def range(self) -> Range:
        assert isinstance(self.value, Range), f"{self.topic} is not a range"
        return self.value

    @property
    def portion(self) -> Portion:
        assert isinstance(self.value, Portion), f"{self.topic} is not a portion"
        return self.value

    @property
    def options(self) -> tuple[str, ...]:
        assert isinstance(self.value, Choice), f"{self.topic} is not a choice"
        return self.value.options

    @property
    def on(self) -> bool:
        return isinstance(self.value, Switch) and self.value.on


class TextOnFile(BaseModel):
    """One version of one statute or regulation that the law book holds. Dates are inclusive."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    family: str  # the text across its versions: 地方组织法
    title: Text
    short: str
    layer: Layer
    in_force_from: date
    in_force_until: date | None = None
    adopted: date | None = None
    source: str
    note: str = ""


class Profile(BaseModel):
    """The texts that bind one kind of place beside the national ones, and the readings it adopts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    title: Text
    families: tuple[str, ...]  # must have a text in force, national or local, e.g. 浙江省乡镇人大工作条例
    fills: tuple[str, ...] = ()  # local families that apply on the days they are in force, and are not missed on others
    adopts: tuple[str, ...] = ()  # ids of readings that here may refuse
    unverified: bool = False
    note: str = ""


class NoLawOnFile(Exception):
    """The law book holds no text of a needed family for that day. It is never guessed."""

    def __init__(self, family: str, on: date, first: date | None) -> None:
        self.family, self.on, self.first = family, on, first
        super().__init__(f"no text of {family} on file for {on}" + (f" (the first is of {first})" if first else ""))


class Law:
    """The law of one day for one body: asked by topic, answered by ruling. Made by `LawBook.on`."""

    def __init__(
        self,
        on: date,
        edition: str,
        provisions: Iterable[Provision],
        adopts: Iterable[str] = (),
        holidays: Iterable[HolidayYear] = (),
    ) -> None:
        self.on = on
        self.edition = edition
        self.holidays = Holidays(holidays)
        self._by_topic: dict[str, list[Provision]] = {}
        self.unverified: set[str] = set()
        """Ids of rules that were not checked against their text: whoever relies on one says so."""
        for p in provisions:
            self._by_topic.setdefault(p.topic, []).append(p)
            if p.verified in ("t", "M") and p.kind is not Kind.PRACTICE:
                self.unverified.add(p.id)
        self._adopts = frozenset(adopts)
        self._rulings: dict[str, Ruling | None] = {}

    def ruling(self, topic: str) -> Ruling | None:
        """What the law of the day says on a topic, or None when every text on file is silent."""
        if topic not in self._rulings:
            self._rulings[topic] = overlay(topic, self._by_topic.get(topic, []), self._adopts)
        return self._rulings[topic]

    def terms(self, topic: str) -> tuple[Provision, ...]:
        """Every provision that sets a term on a topic. Which ends first depends on when each begins, so none is laid over another."""
        return tuple(p for p in self._by_topic.get(topic, ()) if isinstance(p.value, Period | DayOfYear))

    def custom(self, topic: str) -> Value | None:
        """What custom (惯例) has on a topic, also where a body's own rule says something of it."""
        return next((p.value for p in self._by_topic.get(topic, ()) if p.kind is Kind.PRACTICE), None)

    def counts_from(self, start: str) -> bool:
        """Whether some term runs from that, such as the closing (自闭会之日起)."""
        return any(isinstance(p.value, Period) and p.value.start == start for ps in self._by_topic.values() for p in ps)

    def topic_of(self, rule: str) -> str:
        """What a rule is about; "" when it is not of this day's law."""
        return next((p.topic for found in self._by_topic.values() for p in found if p.id == rule), "")

    def basis(self, *topics: str) -> tuple[Citation, ...]:
        """The citations behind some topics, in order, each once; topics on which the law is silent add nothing."""
        seen: dict[str, Citation] = {}
        for topic in topics:
            found = self.ruling(topic)
            for citation in found.basis if found else ():
                seen.setdefault(citation.rule, citation)
        return tuple(seen.values())


def articles(basis: Iterable[Citation]) -> Text:
    """Articles as people write them, each once: several readings may go by one name."""
    cited = tuple(basis)
    return Text(";".join(dict.fromkeys(c.zh for c in cited)), "; ".join(dict.fromkeys(c.en for c in cited)))


def overlay(topic: str, provisions: list[Provision], adopts: frozenset[str]) -> Ruling | None:
    """Lay the provisions on one topic over each other, the statute first (architecture §2.4).

    Practice (惯例) answers only where no text and no reading does: it never joins a text's basis.
    """
    if not provisions:
        return None
    provisions = [p for p in provisions if p.kind is not Kind.PRACTICE] or provisions
    ordered = sorted(provisions, key=lambda p: (p.kind is Kind.READING, LAYERS.index(p.layer), p.id))
    binding = ordered[0]
    basis, inert = [binding.citation], []
    for lower in ordered[1:]:
        if lower.value is None and binding.value is not None:
            basis.append(lower.citation)
        elif binding.value is None or lower.value == binding.value:
            binding = lower if binding.value is None and lower.value is not None else binding
            basis.append(lower.citation)
        elif binding.stricter is Stricter.FIXED:
            inert.append(lower.citation)
        elif tightens(lower.value, binding.value, lower.stricter) and not weaker(lower, binding):
            binding = lower
            basis.insert(0, lower.citation)  # what binds is cited first
        else:
            inert.append(lower.citation)
    return Ruling(
        topic=topic,
        value=binding.value,
        basis=tuple(basis),
        kind=binding.kind,
        consequence=binding.consequence,
        adopted=binding.id in adopts,
        inert=tuple(inert),
        unverified=binding.verified in ("t", "M"),
        says=binding.says,
    )


def weaker(lower: Provision, upper: Provision) -> bool:
    """Whether a lower layer only advises where the upper one compels: its stricter value must not unbind the upper's."""
    compels = (Consequence.BLOCK, Consequence.FAIL, Consequence.VOID)
    return upper.consequence in compels and lower.consequence not in compels


def tightens(lower: Value | None, upper: Value | None, way: Stricter) -> bool:
    """Whether a lower layer's value is at least as strict as the upper one's; what is fixed cannot be tightened."""
    if way is Stricter.FIXED:
        return False
    match lower, upper:
        case Share(), Share() if lower.of == upper.of:
            return lower.needed(3000) >= upper.needed(3000) if way is Stricter.MORE else way is Stricter.NOT_COMPARED
        case Number(), Number():
            more = lower.at_least >= upper.at_least
            return more if way is Stricter.MORE else not more if way is Stricter.LESS else way is Stricter.NOT_COMPARED
        case Period(), Period():
            longer = _rough_days(lower) >= _rough_days(upper)
            return (
                longer if way is Stricter.MORE else not longer if way is Stricter.LESS else way is Stricter.NOT_COMPARED
            )
        case DayOfYear(), DayOfYear():  # the earlier in the year
            earlier = (lower.month, lower.day) <= (upper.month, upper.day)
            return earlier if way is Stricter.LESS else way is Stricter.NOT_COMPARED
        case Range(), Range():
            return upper.least <= lower.least and lower.most <= upper.most
        case Portion(), Portion():
            return lower.within(upper)
        case Switch(), Switch():
            return lower.on or not upper.on
        case Choice(), Choice():
            narrower = set(lower.options) <= set(upper.options)
            return narrower if way is Stricter.NARROWER else way is Stricter.NOT_COMPARED
    return way is Stricter.NOT_COMPARED


def _rough_days(period: Period) -> int:  # only to compare, never to count a due date
    return period.amount * {"days": 1, "working_days": 1, "months": 30}[period.unit]


class LawBook(BaseModel):
    """All texts, provisions and profiles on file. `edition` is the SHA-256 of its canonical bytes, set by the loader."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    edition: str
    texts: tuple[TextOnFile, ...]
    provisions: tuple[Provision, ...]
    profiles: Mapping[str, Profile]
    holidays: tuple[HolidayYear, ...] = ()

    def on(
        self,
        day: date,
        level: str,
        session_kind: str,
        profile: str,
        needs: Iterable[str] = (),
        own_rules: Iterable[Provision] = (),
        adopts: Iterable[str] = (),
    ) -> Law:
        """The law of a day for a body.

        Args:
            day: the legal date of the act; level: township, residents ...; session_kind: regular kinds of the glossary.
            profile: id of a profile on file.
            needs: families that must have a text in force that day; the profile's own families are needed as well
                (those it lists under `fills` are not).
            own_rules: the body's own rules of procedure, the lowest layer; adopts: readings it adopts beside its profile's.

        Raises:
            NoLawOnFile: a needed family has no text for that day; it names the family and the first day on file.
        """
        chosen = self.profiles[profile]
        for family in (*needs, *chosen.families):
            self._require(family, day)
        local = {t.code for t in self.texts if t.family in (*chosen.families, *chosen.fills)}
        national = {t.code for t in self.texts if t.layer is Layer.STATUTE}
        applying = [p for p in self.provisions if p.text in national | local and p.applies(day, level, session_kind)]
        applying += [p for p in own_rules if p.applies(day, level, session_kind)]
        return Law(day, self.edition, applying, (*chosen.adopts, *adopts), self.holidays)

    def _require(self, family: str, day: date) -> None:
        versions = [t for t in self.texts if t.family == family]
        if not any(t.in_force_from <= day and (t.in_force_until is None or day <= t.in_force_until) for t in versions):
            first = min((t.in_force_from for t in versions), default=None)
            raise NoLawOnFile(family, day, first)


def chinese_number(n: int) -> str:
    """An article's number as the law prints it: 14 → 十四, 101 → 一百零一. For 1 to 999."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    out = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (digits[ones] if ones else "")
