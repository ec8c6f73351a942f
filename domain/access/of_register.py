"""What the acts of the register have in common: one stream of the whole folder, and calls of their own."""

from typing import Annotated, ClassVar

from pydantic import Field

from domain.submission import Command, Office

REGISTER = "office/access/register/1"
"""The stream of the register. It is of the whole folder, and of no session."""
OF_SECRETARIAT: tuple[Office, ...] = ("secretariat", "sc_office")

TokenId = Annotated[str, Field(pattern=r"^[a-z0-9]{1,40}$")]
Body = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}(/[0-9]{1,4}-[0-9]{1,4})?$")]


class OfRegister(Command):
    """Base of the acts of the register. They come by calls of their own, never as acts of a session."""

    stream_kind: ClassVar[str] = "register"
    offices: ClassVar[tuple[Office, ...]] = OF_SECRETARIAT
