"""Where a ledger in PostgreSQL is: a database, and the schema in it that holds this one ledger."""

import re
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from yishi.ledger.errors import LedgerAddressWrong

SCHEMA = "yishi"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,39}")


class Address(NamedTuple):
    """`postgresql://user@host/database?schema=name`; what libpq takes from its own variables and files may be left out.

    Attributes:
        url: for libpq, without the schema; it may hold a password. schema: `yishi` unless the address names another.
    """

    url: str
    schema: str

    @classmethod
    def of(cls, text: str) -> Self:
        """
        Raises:
            LedgerAddressWrong.
        """
        parts = urlsplit(text)
        asked = parse_qsl(parts.query)
        schema = dict(asked).get("schema", SCHEMA)
        if parts.scheme not in {"postgresql", "postgres"} or not _NAME.fullmatch(schema):
            raise LedgerAddressWrong(address=shown(text))
        rest = urlencode([pair for pair in asked if pair[0] != "schema"], quote_via=quote)
        url = parts._replace(query=rest).geturl()
        if not parts.netloc:  # which `geturl` would write as one slash too few
            url = f"{parts.scheme}://{parts.path}" + (f"?{rest}" if rest else "")
        try:
            conninfo_to_dict(url)
        except ProgrammingError:
            raise LedgerAddressWrong(address=shown(text)) from None
        return cls(url, schema)

    @property
    def user(self) -> str | None:
        """The role that the address names, if it names one."""
        found = conninfo_to_dict(self.url).get("user")
        return str(found) if found else None

    @property
    def channel(self) -> str:
        """On which the store says that it has grown."""
        return f"yishi_{self.schema}"

    def __str__(self) -> str:
        return shown(self.url + ("" if self.schema == SCHEMA else f" ({self.schema})"))


def shown(text: str) -> str:
    """An address without its password, for people and logs."""
    without = re.sub(r"(//[^/@:]*):[^@/]*@", r"\1@", text)
    return re.sub(r"([?&]password=)[^&]*", r"\1…", without)
