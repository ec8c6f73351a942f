"""The `yishi` command."""

import sys

import typer

from yishi.cli.law import law_app
from yishi.cli.plan import plan_app
from yishi.cli.record import history, report, verify
from yishi.cli.rehearse import rehearse
from yishi.cli.screen import end_when_asked

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Yishi 议事:依法开会,步步留痕 / meetings that the law prescribes, every step on the record",
)
app.add_typer(law_app, name="law")
app.add_typer(plan_app, name="plan")
app.command()(rehearse)
app.command()(report)
app.command()(history)
app.command()(verify)


def main() -> None:
    """Run the command line; output is UTF-8 wherever it goes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    end_when_asked()
    app()
