"""What is kept of attempts beyond one's rights: once an hour for each thing tried, so many an hour in all; the log has every one."""

from collections import Counter
from datetime import datetime
from hashlib import sha256

import structlog

from domain.access.register import REGISTER, NoteDenied
from domain.access.rights import Denied
from domain.submission import Actor, Submission
from yishi.access.principal import Principal

log = structlog.get_logger("yishi.door")

OF_EACH = 20  # of one token within an hour
OF_ALL = 500  # of all tokens


class Denials:
    """What was denied in this hour, and whether it is on record yet."""

    def __init__(self) -> None:
        self._hour = ""
        self._seen: set[str] = set()
        self._of: Counter[str] = Counter()

    def noted(
        self, who: Principal, tried: str, denied: Denied, session: str | None, now: datetime
    ) -> Submission | None:
        """The act that keeps it, or None: it is kept already, or enough is.

        Args:
            tried: an act's name or a kind of reading; nothing else of what was sent.
        """
        log.warning("door.denied", token=who.id, role=who.role, tried=tried, why=denied.why, session=session)
        hour = f"{now:%Y-%m-%dT%H}"
        if hour != self._hour:
            self._hour, self._seen, self._of = hour, set(), Counter()
        mark = sha256(f"{tried}\n{denied.why}\n{session}".encode()).hexdigest()[:16]
        command_id = f"{who.id}#denied-{mark}-{hour}"
        if command_id in self._seen or self._of[who.id] >= OF_EACH or self._of.total() >= OF_ALL:
            return None
        self._seen.add(command_id)
        self._of[who.id] += 1
        fields = {"token": who.id, "role": who.role, "tried": tried, "why": denied.why, "session": session}
        return Submission(
            command_id=command_id, stream=REGISTER, actor=Actor(office="clock"), at=now, act=NoteDenied.act, fields=fields
        )  # fmt: skip

    def not_kept(self, noted: Submission) -> None:
        """What was to be kept could not be: the next attempt is noted again."""
        if noted.command_id in self._seen:
            self._seen.discard(noted.command_id)
            self._of[noted.fields["token"]] -= 1
