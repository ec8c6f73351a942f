"""The views of a folder's record, for commands that read it when nothing serves."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from domain.text import Lang, Text
from yishi.cli.page import Page
from yishi.cli.record import opened
from yishi.ledger.reader import LedgerReader
from yishi.projections.views import Views


@contextmanager
def views_of(folder: Path, lang: Lang = "zh") -> Iterator[tuple[LedgerReader, Views]]:
    """The ledger and its views; says so when these had to be worked out anew.

    Raises:
        NoRecordHere.
    """
    with closing(opened(folder)) as ledger, closing(Views(ledger)) as views:
        yield ledger, views
        if views.anew:
            said = Text(
                f"清单已根据记录重新整理({views.anew.zh})",
                f"the lists were worked out anew from the record ({views.anew.en})",
            )
            Page(to_stderr=True).line(f"[dim]{said.to(lang)}[/]")
