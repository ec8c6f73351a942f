"""The rules of a matter's acts, registered by being imported here."""

from domain.matter import (
    contact,
    evaluating,
    inquiring,
    inspecting,
    items,
    objecting,
    opening,
    promises,
    rating,
    recounting,
    reminding,
    replying,
    reporting,
    steps,
    striking,
    terms,
)

RULES = (
    contact,
    evaluating,
    inquiring,
    inspecting,
    items,
    objecting,
    opening,
    promises,
    rating,
    recounting,
    reminding,
    replying,
    reporting,
    steps,
    striking,
    terms,
)
