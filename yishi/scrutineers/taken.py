"""A closed box taken along in a file, to be opened on the key holders' own computer; and the ballots in clear, counted once more."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.ballot.box import BoxKeys
from domain.ballot.counting import Counted, counted
from domain.ballot.form import Form
from domain.text import Text
from yishi.scrutineers.opening import FIRST_LINE, UNREADABLE, Opened, opened
from yishi.sealed.hpke import from_text
from yishi.sealed.shares import Share
from yishi.trouble import Trouble


class NotTakenAlong(Trouble):
    says = Text("{file} 不是取出的票箱文件(yishi box take)", "{file} is no box that was taken along (yishi box take)")


class NotABallotFile(Trouble):
    says = Text(
        "{file} 不是票箱 {box} 的选票清册(yishi box open 或者 count 写出的文件),不能据以确认",
        "{file} is not the file of ballots in clear of the box {box} (as yishi box open or count wrote it): nothing is attested by it",
    )


class CountsDiffer(Trouble):
    says = Text(
        "按 {file} 重新计票,结果与记录的不一致,不能确认:查明原因,有疑问的重新投票",
        "counted once more from {file} it comes to something else than was recorded: do not attest, find out why, in doubt vote anew",
    )


class Taken(BaseModel):
    """A closed box as it was handed out: nothing in it can be read without enough shares."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: str = "yishi-box/1"
    session: str
    form: Form
    keys: BoxKeys
    holders: tuple[str, ...]
    issued: int
    returned: int
    root: str
    ballots: tuple[str, ...]

    @classmethod
    def of(cls, session: str, told: Mapping[str, Any], ballots: Sequence[str]) -> "Taken":
        """From what the door tells of a closed box, and the sealed ballots that it hands out."""
        names = ("form", "keys", "holders", "issued", "returned", "root")
        return cls.model_validate({"session": session, "ballots": tuple(ballots), **{n: told[n] for n in names}})

    @classmethod
    def read(cls, file: Path) -> "Taken":
        """
        Raises:
            NotTakenAlong. OSError.
        """
        try:
            return cls.model_validate(json.loads(file.read_bytes()))
        except (FileNotFoundError, ValidationError, ValueError) as wrong:
            raise NotTakenAlong(file=file) from wrong


class Result(NamedTuple):
    """What opening came to: the fields of the act `open-box`, and the file of ballots in clear."""

    fields: dict[str, Any]
    file: bytes


def holders_of(taken: Taken, shares: Sequence[Share]) -> list[str]:
    """Whose shares these are, in the order in which they hold them; a strange one is nobody's here."""
    held = {share.digest for share in shares}
    return [holder for holder, digest in zip(taken.holders, taken.keys.shares, strict=True) if digest in held]


def opened_by(taken: Taken, shares: Sequence[Share]) -> Result:
    """Open and count, in this process.

    Raises:
        NotWhole, NotOfThisBox, SharesDoNotFit: nothing is opened.
    """
    ballots = [from_text(each) for each in taken.ballots]
    found: Opened = opened(taken.form, taken.keys, taken.issued, taken.returned, taken.root, ballots, shares)
    fields = {"box": taken.form.box, "holders": holders_of(taken, shares), **found.fields}
    return Result(fields, found.file)


def attestable(file: Path, form: Form, issued: int, came_out: Mapping[str, Any]) -> str:
    """The digest a scrutineer attests: of a file that is of this box and, counted here once more, comes to what was recorded.

    Raises:
        NotABallotFile, CountsDiffer. OSError.
    """
    content = file.read_bytes() if file.is_file() else b""
    lines = content.decode("ascii", "replace").splitlines()
    if lines[:3] != [FIRST_LINE, form.box, form.digest.hex()]:
        raise NotABallotFile(file=file, box=form.box)
    try:
        plain = [None if line == UNREADABLE else bytes.fromhex(line) for line in lines[4:]]
    except ValueError as wrong:
        raise NotABallotFile(file=file, box=form.box) from wrong
    digest, again = sha256(content).hexdigest(), told_of(counted(form, plain, issued))
    if digest != came_out["ballots"] or again != {name: came_out[name] for name in again}:
        raise CountsDiffer(file=file)
    return digest


def told_of(found: Counted) -> dict[str, Any]:
    """Figures as the act and the door have them."""
    return {
        "figures": found.figures.model_dump(mode="json") if found.figures else None,
        "vote": found.vote.model_dump(mode="json") if found.vote else None,
        "void": found.void,
    }
