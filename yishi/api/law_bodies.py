"""The law book and the procedures as the door tells them, as models: they make the OpenAPI document true."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from yishi.api.faults import Said


class Open(BaseModel):
    """With more in it than is told here."""

    model_config = ConfigDict(extra="allow")


class TextTold(Open):
    """One version of a statute or regulation on file; `rules` of it, and those of them that were not read in the full text."""

    code: str
    family: str
    title: Said
    short: str
    layer: str
    in_force_from: str
    in_force_until: str | None
    source: str
    rules: int
    unverified: list[str]


class ProfileTold(Open):
    """The texts that bind one kind of place beside the national ones, and the readings it adopts."""

    id: str
    title: Said
    level: str
    families: list[str]
    fills: list[str]
    adopts: list[str]
    unverified: bool


class LawTold(BaseModel):
    """`edition`: the newest, SHA-256 of its canonical bytes; `kept`: all that acts of this record were judged by, or may be."""

    edition: str
    kept: list[str]
    families: list[str]
    texts: list[TextTold]
    profiles: list[ProfileTold]
    levels: list[str]
    session_kinds: list[str]


class RuleTold(Open):
    """`kind`: text, local, reading or practice. `verified`: T read in full, t an excerpt, M from memory, I an interpretation."""

    id: str
    topic: str
    text: str
    statute: str
    layer: str
    kind: str
    article: str
    paragraph: int | None
    citation: Said
    in_force_from: str
    in_force_until: str | None
    levels: list[str]
    session_kinds: list[str]
    says: Said
    key_term: str
    value: dict[str, Any] | None
    value_in_words: Said
    consequence: str
    verified: Literal["T", "t", "M", "I"]


class RuleExplained(RuleTold):
    """The same with its marks in words, and how it stands on a day; `in_its_place`: rules that answer its topic then."""

    on: str
    in_force: bool
    in_its_place: list[str]
    title: Said
    source: str
    kind_says: Said
    layer_says: Said
    verified_says: Said
    if_not_met: Said


class Rules(BaseModel):
    """`next` is the `after` of the next page, null on the last one."""

    edition: str
    rules: list[RuleTold]
    next: str | None


class TopicTold(BaseModel):
    topic: str
    title: Said
    rules: list[str]
    values: list[str]
    own_rule_writes: list[str]
    may_adopt: list[str]


class TopicsTold(BaseModel):
    """Every topic with the rules that answer it on a day; `fault` where the day has no text on file that is needed."""

    edition: str
    profile: str
    level: str
    on: str
    topics: list[TopicTold]
    fault: Said | None


class RulingTold(Open):
    """What the law of a day comes to on one topic. `inert`: rules of a lower layer that loosen, and so do not hold."""

    topic: str
    profile: str
    level: str
    session_kind: str
    on: str
    answer: Literal["ruling", "on_file_but_silent", "silent", "no_law_on_file"]


class ProcedureListed(BaseModel):
    id: str
    title: Said
    level: str
    kinds: list[str]
    families: list[str]
    decides: bool
    steps: int
    acts: int


class RestsOn(BaseModel):
    """A topic of law and the articles that answer it on the day; none where the texts are silent, or where none is on file."""

    topic: str
    title: Said | None
    kind: str | None
    consequence: str | None
    may_refuse: bool
    basis: list[dict[str, Any]]


class NeedTold(BaseModel):
    fact: str
    kinds: list[str]
    of_kinds: list[str]
    rests_on: RestsOn | None


class StepTold(BaseModel):
    """`fact` shows that it was done; `{item}` in it stands for an agenda item. `kinds`: of session, empty for all."""

    stage: str
    fact: str
    act: str
    title: Said
    offices: list[str]
    kinds: list[str]
    of_kinds: list[str]
    optional: bool
    closes_session: bool
    of_elections: bool
    document: Said | None
    rests_on: list[RestsOn]
    needs: list[NeedTold]


class ActOfMeeting(BaseModel):
    act: str
    title: Said
    stream_kind: str
    stages: list[str]
    offices: list[str]


class OfficeTold(BaseModel):
    office: str
    title: Said


class ProcedureTold(ProcedureListed):
    """A kind of meeting: its steps in order, who may do what in which stage, and what each rests on."""

    profile: str
    on: str
    fault: Said | None
    quorum: RestsOn
    majority: RestsOn | None
    offices: list[OfficeTold]
    chairs: dict[str, list[str]]
    steps: list[StepTold]  # type: ignore[assignment]  # in full
    acts: list[ActOfMeeting]  # type: ignore[assignment]
