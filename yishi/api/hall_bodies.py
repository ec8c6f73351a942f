"""What the devices at the door and on the desks are told, as models: they make the OpenAPI document true."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from yishi.api.faults import Said


class LightTold(BaseModel):
    """The quorum light: how many are here, how many are needed, by which article; and how many cards are held, uncounted."""

    model_config = ConfigDict(extra="allow")
    sitting: str
    total: int
    present: int
    needed: int | None
    missing: int | None
    share: Said
    basis: list[dict[str, Any]]
    kind: str
    enough: bool | None
    held: int
    on_leave: int
    out: int
    position: int


class SignInsTold(BaseModel):
    """`counted`: came in or went out by this; `already`: nothing new; `held`: cards not counted until resolved."""

    counted: list[str]
    already: list[str]
    held: list[dict[str, Any]]
    refused: list[dict[str, Any]]
    light: LightTold


class KeyPadTold(BaseModel):
    """Subjects: `recorded` by this; `already`: known, with the same figures; `refused`: not taken, and why."""

    recorded: list[str]
    already: list[str]
    refused: list[dict[str, Any]]
