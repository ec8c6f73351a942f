"""A time as people write it: 2026-01-27 08:30. Without a zone it is time in China (Asia/Shanghai)."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.calendar import CHINA

WRITTEN = r"^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$"
_PARTS = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}):(\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?")


def legal_time(written: Any) -> Any:
    """The instant meant by `2026-01-27 08:30`, `2026-01-27T08:30` or either with its own zone."""
    if isinstance(written, datetime):
        return written if written.tzinfo else written.replace(tzinfo=CHINA)
    found = _PARTS.fullmatch(written) if isinstance(written, str) else None
    try:
        if found is None:
            raise ValueError
        day, hour, rest, zone = found.groups()
        instant = datetime.fromisoformat(f"{day}T{hour:0>2}:{rest}{zone or ''}")
    except ValueError:
        said = {
            "zh": f"不是时刻:{written}",
            "en": f"this is not a time: {written}",
            "zh_todo": "写成 2026-01-27 08:30(北京时间)",
            "en_todo": "write 2026-01-27 08:30 (time in China)",
        }
        raise PydanticCustomError("legal_time", "not a time", said) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=CHINA)


LegalTime = Annotated[
    AwareDatetime,
    BeforeValidator(legal_time),
    WithJsonSchema({"type": "string", "pattern": WRITTEN, "title": "Legal time"}),
]
