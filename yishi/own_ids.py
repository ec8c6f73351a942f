"""Command ids that the service makes up for acts of its own. Nobody sends one: an id is spent once, and who spent it first would keep
the service from its act for ever.
"""

import re

from pydantic_core import PydanticCustomError

from domain.text import Text

OWN = re.compile(r".*#(open|missed|denied|recount|follow|sandbox|key-pad|of-batch)-.*", re.DOTALL)
RESERVED = Text("编号 {id} 留作系统自用", "the id {id} is kept for the engine itself")


def not_our_own(command_id: str) -> str:
    """A command id as somebody sends it.

    Raises:
        PydanticCustomError: it is one of those that are made here.
    """
    if OWN.fullmatch(command_id):
        raise PydanticCustomError("reserved", "{en}", {**RESERVED.filled(id=command_id)._asdict()})
    return command_id
