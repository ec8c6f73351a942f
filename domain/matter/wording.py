"""Words that ask for nothing (空话): a demand made of them alone cannot be rectified, checked or revisited.

What members complain of most is an opinion that becomes waste paper (一纸空文). The words are ours, not the law's: they only warn.
"""

import re

from domain.text import Text

VAGUE = (
    Text("提高认识", "raise awareness"),
    Text("提高思想认识", "raise awareness of its importance"),
    Text("统一思想", "unify thinking"),
    Text("高度重视", "attach great importance"),
    Text("加强领导", "strengthen leadership"),
    Text("加强组织领导", "strengthen organisation"),
    Text("强化责任", "strengthen responsibility"),
    Text("压实责任", "bring home the responsibility"),
    Text("加大力度", "step up efforts"),
    Text("加大工作力度", "make greater efforts"),
    Text("积极推进", "actively promote"),
    Text("统筹推进", "promote as a whole"),
    Text("狠抓落实", "implement vigorously"),
    Text("抓好落实", "implement well"),
    Text("常抓不懈", "persevere"),
    Text("形成合力", "join forces"),
)
CLAUSES = re.compile(r"[,,。.;;、!!\n]+|\band\b")
PADDING = re.compile(
    r"^(要|应当|应|须|请|切实|进一步|不断|继续|更加|着力|大力|shall|must|should|please|further|to)\s*", re.IGNORECASE
)


def asks_nothing(text: str) -> tuple[Text, ...]:
    """The vague words of a demand that consists of nothing else; none where some clause of it asks for something."""
    clauses = [clause for part in CLAUSES.split(text) if (clause := _bare(part))]
    found = [next((w for w in VAGUE if clause.casefold() in (w.zh, w.en)), None) for clause in clauses]
    return tuple(dict.fromkeys(w for w in found if w is not None)) if all(found) else ()


def _bare(clause: str) -> str:
    """A clause without the words that only add weight (切实、进一步)."""
    bare, before = clause.strip(), ""
    while bare != before:
        before, bare = bare, PADDING.sub("", bare).strip()
    return bare
