"""The law on file as programs are told of it: texts, rules, topics, and what the law of a day comes to; the same for command line and door."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from domain.law import LAYERS, Law, LawBook, Layer, NoLawOnFile, Profile, Provision, Ruling, TextOnFile
from domain.text import Text
from yishi.law import LEVELS, SESSION_KINDS, level_of
from yishi.planning.law_words import KINDS, LAYER_NAMES, VERIFIED, if_not_met, in_words, silent
from yishi.planning.topics import Topic, topics
from yishi.trouble import Trouble

UNVERIFIED = ("t", "M")
USUAL_PROFILE = "national-township"
RULE, TOPIC, PROFILE = Text("规则", "rule"), Text("题目", "topic"), Text("地方规则", "profile")
RULE_OR_TOPIC = Text("规则或者题目", "rule or topic")
LEVEL, SESSION_KIND, TEXT = Text("层级", "level"), Text("会议类别", "kind of session"), Text("文本", "text")


class NoSuchWord(Trouble):
    """Nothing in the law book is called so."""

    says = Text("没有这个{what}:{given}{near}", "no such {what}: {given}{near}")

    def __init__(self, what: Text, given: str, known: Iterable[str]) -> None:
        listed = sorted(known)
        near = (
            get_close_matches(given, listed, 5, 0.5) or [k for k in listed if given and given.lower() in k.lower()][:5]
        )
        hint = Text("。相近的:" + "、".join(near), ". Near ones: " + ", ".join(near)) if near else Text("", "")
        super().__init__(what=what, given=given, near=hint)


def known(what: Text, given: str, among: Iterable[str]) -> str:
    """The word itself, if it is one of these.

    Raises:
        NoSuchWord: with those near it.
    """
    listed = set(among)
    if given not in listed:
        raise NoSuchWord(what, given, listed)
    return given


def in_force(dated: Provision | TextOnFile, day: date) -> bool:
    return dated.in_force_from <= day and (dated.in_force_until is None or day <= dated.in_force_until)


def texts_of(book: LawBook, profile: str | None = None, day: date | None = None) -> list[TextOnFile]:
    """The texts on file: those that bind a profile's places, those in force on a day; by layer, family and date.

    Raises:
        NoSuchWord.
    """
    texts = list(book.texts)
    if profile is not None:
        chosen = book.profiles[known(PROFILE, profile, book.profiles)]
        texts = [t for t in texts if t.layer is Layer.STATUTE or t.family in (*chosen.families, *chosen.fills)]
    if day is not None:
        texts = [t for t in texts if in_force(t, day)]
    return sorted(texts, key=lambda t: (LAYERS.index(t.layer), t.short == t.family, t.family, t.in_force_from))


def rules_of(book: LawBook, text: TextOnFile, level: str | None = None) -> list[Provision]:
    return [p for p in book.provisions if p.text == text.code and (level is None or level in p.levels)]


def text_told(text: TextOnFile, rules: list[Provision]) -> dict[str, Any]:
    doubtful = [rule.id for rule in rules if rule.verified in UNVERIFIED]
    return {**text.model_dump(mode="json"), "title": text.title._asdict(), "rules": len(rules), "unverified": doubtful}


def profile_told(profile: Profile) -> dict[str, Any]:
    return {**profile.model_dump(mode="json"), "title": profile.title._asdict(), "level": level_of(profile.id)}


def rule_by(book: LawBook, rule: str) -> Provision:
    """
    Raises:
        NoSuchWord.
    """
    found = next((p for p in book.provisions if p.id == rule), None)
    if found is None:
        raise NoSuchWord(RULE, rule, (p.id for p in book.provisions))
    return found


def rule_told(rule: Provision) -> dict[str, Any]:
    """A rule with its article, dates, mark of verification, and its value in words."""
    words = {"zh": in_words(rule.value, "zh", rule.topic), "en": in_words(rule.value, "en", rule.topic)}
    cites = {"zh": rule.citation.zh, "en": rule.citation.en}
    return {**rule.model_dump(mode="json"), "says": rule.says._asdict(), "citation": cites, "value_in_words": words}


def rule_on(book: LawBook, rule: Provision, day: date) -> dict[str, Any]:
    """A rule, and how it stands on a day."""
    others = in_its_place(book, rule, day)
    standing = {"on": str(day), "in_force": in_force(rule, day), "in_its_place": [r.id for r in others]}
    return {**rule_told(rule), **standing}


def rule_explained(book: LawBook, rule: Provision, day: date) -> dict[str, Any]:
    """The same with the words for its marks, and where its text comes from."""
    text = next(t for t in book.texts if t.code == rule.text)
    marks = {
        "kind_says": KINDS[rule.kind]._asdict(),
        "layer_says": LAYER_NAMES[rule.layer]._asdict(),
        "verified_says": VERIFIED[rule.verified]._asdict(),
        "if_not_met": if_not_met(rule)._asdict(),
    }
    return {**rule_on(book, rule, day), **marks, "title": text.title._asdict(), "source": text.source}


def in_its_place(book: LawBook, rule: Provision, day: date) -> list[Provision]:
    """The rules that answer the topic on a day when this one is not in force: of its own family, else of its layer."""
    if in_force(rule, day):
        return []
    family = {t.code: t.family for t in book.texts}
    same = [
        p
        for p in book.provisions
        if p.topic == rule.topic and p.layer is rule.layer and in_force(p, day) and set(p.levels) & set(rule.levels)
    ]
    return [p for p in same if family[p.text] == family[rule.text]] or [p for p in same if rule.layer is Layer.STATUTE]


def kinds_of(level: str) -> tuple[str, ...]:
    """The kinds of session that there are at a level."""
    return ("yearly", "extraordinary") if level == "residents" else tuple(k for k in SESSION_KINDS if k != "yearly")


class DayAsked(NamedTuple):
    """Which law is asked for: of what kind of place and of session, on which day."""

    profile: str
    level: str
    session_kind: str
    on: date

    def law(self, book: LawBook) -> Law:
        """
        Raises:
            NoLawOnFile.
        """
        return book.on(self.on, self.level, self.session_kind, self.profile)

    def told(self) -> dict[str, str]:
        return {**self._asdict(), "on": str(self.on)}


def asked_of(
    book: LawBook, day: date, profile: str | None = None, level: str | None = None, kind: str | None = None
) -> DayAsked:
    """What was asked for, with what was left out filled in: a township, its own level, the first session of a year.

    Raises:
        NoSuchWord.
    """
    of = known(PROFILE, profile or USUAL_PROFILE, book.profiles)
    at = known(LEVEL, level or level_of(of), LEVELS)
    return DayAsked(of, at, known(SESSION_KIND, kind or kinds_of(at)[0], SESSION_KINDS), day)


def ruling_told(ruling: Ruling | None) -> dict[str, Any]:
    if ruling is None:
        return {"answer": "silent"}
    cited = {c.rule: c.zh for c in (*ruling.basis, *ruling.inert)}
    found = {**ruling.model_dump(mode="json"), "says": ruling.says._asdict(), "may_refuse": ruling.may_refuse}
    found |= {"basis": [c.rule for c in ruling.basis], "inert": [c.rule for c in ruling.inert], "citations": cited}
    return {"answer": "on_file_but_silent" if silent(ruling) else "ruling", **found}


def topic_rows(book: LawBook, day: date, profile: str, level: str) -> list[tuple[Topic, list[Ruling]]]:
    """Every topic of a level, and its rulings on a day: one for each kind of session that has another.

    Raises:
        NoSuchWord, NoLawOnFile.
    """
    laws = [asked_of(book, day, profile, level, kind).law(book) for kind in kinds_of(known(LEVEL, level, LEVELS))]
    return [topic_row(topic, laws) for topic in topics(book, (level,))]


def topic_row(topic: Topic, laws: Iterable[Law]) -> tuple[Topic, list[Ruling]]:
    rulings = (law.ruling(topic.name) for law in laws)
    found: list[Ruling] = []
    found += [r for r in rulings if r is not None and r not in found]
    return topic, found


def topic_told(topic: Topic, rulings: list[Ruling]) -> dict[str, Any]:
    return {
        "topic": topic.name,
        "title": topic.title._asdict(),
        "rules": list(dict.fromkeys(c.rule for r in rulings for c in r.basis)),
        "values": list(dict.fromkeys(in_words(r.value, "zh", topic.name) for r in rulings if r.value is not None)),
        "own_rule_writes": list(topic.written),
        "may_adopt": [r.id for r in topic.readings],
    }


def missing_told(none: NoLawOnFile) -> dict[str, Any]:
    """The answer when a needed text is missing: its name, and the first day of which one is on file."""
    return {"answer": "no_law_on_file", "family": none.family, "first": str(none.first) if none.first else None}
