"""`yishi paper`: the papers of a session as .docx, made from the record and from templates that a clerk can edit."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from domain.text import Lang, Text
from yishi.cli.record import DataOption, opened
from yishi.cli.screen import LangOption, console, language, told
from yishi.documents.catalogue import PAPERS, SHIPPED, Kind, kind_of, made, template_of
from yishi.documents.choice import Choice, choices
from yishi.documents.fields import rows, values
from yishi.documents.source import Source, read_source
from yishi.documents.troubles import AlreadyThere, CannotWrite, NotYet
from yishi.documents.words import file_name
from yishi.projections.sessions import the_session

paper_app = typer.Typer(no_args_is_help=True, help="会议文书(.docx) / the papers of a session")

SessionOption = Annotated[str | None, typer.Option("--session", help="会议,如 luqiao/18-5 / the session")]
OutOption = Annotated[Path | None, typer.Option("--out", help="文件或文件夹 / file or folder")]
TemplateOption = Annotated[Path | None, typer.Option("--template", help="用这一份模板 / use this template")]
TemplatesOption = Annotated[
    Path | None, typer.Option("--templates", help="模板文件夹 / folder of templates", envvar="YISHI_TEMPLATES")
]
SittingOption = Annotated[str | None, typer.Option("--sitting", help="哪次会议 / which sitting")]
ItemOption = Annotated[str | None, typer.Option("--item", help="哪项议题 / which item")]
ElectionOption = Annotated[str | None, typer.Option("--election", help="哪项选举 / which election")]
BallotOption = Annotated[int | None, typer.Option("--ballot", min=1, help="第几次投票 / which ballot of the election")]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="覆盖已有的文件 / replace what is there")]


@paper_app.command("list")
def list_papers(lang: LangOption = "zh") -> None:
    """有哪些文书 / Which papers there are."""
    chosen = language(lang)
    for kind in PAPERS.values():
        console().print(f"  {kind.name:<16} {kind.title.to(chosen)}")


@paper_app.command("templates")
def templates(out: Annotated[Path, typer.Option("--out", help="文件夹 / folder")], lang: LangOption = "zh") -> None:
    """取出各种模板,供修改;已有的不动 / Copy the shipped templates, to be edited; what is there is left alone."""
    chosen = language(lang)
    with told(chosen):
        out.mkdir(parents=True, exist_ok=True)
        for kind in PAPERS.values():
            there = out / f"{kind.name}.docx"
            if there.exists():
                said = Text("已有,未动", "there already, left alone")
            else:
                shutil.copyfile(SHIPPED / there.name, there)
                said = Text("已写入", "written")
            console().print(f"  {escape(str(there))}  {kind.title.to(chosen)}  [dim]{said.to(chosen)}[/]")


@paper_app.command("fields")
def fields(
    name: Annotated[str, typer.Argument(help="文书 / the paper")],
    session: SessionOption = None,
    data: DataOption = Path("~/yishi"),
    sitting: SittingOption = None,
    item: ItemOption = None,
    election: ElectionOption = None,
    ballot: BallotOption = None,
    lang: LangOption = "zh",
) -> None:
    """这种文书的模板可以用哪些字段,各是什么、现在是什么 / The fields a template may use, their meaning and value now."""
    chosen = language(lang)
    with told(chosen):
        kind = kind_of(name)
        now, why = None, None
        try:
            source = source_of(data.expanduser(), session)
            now = values(kind.make(source, Choice(sitting, item, election, ballot)))
        except NotYet as not_yet:
            why = not_yet.text
    out = console()
    for row in rows(kind.shape, now):
        shown = row.now.replace("\n", " ")
        out.print(
            f"  {escape(row.path):<24} {escape(row.says.to(chosen))}"
            + (f"  [green]{escape(shown[:60])}[/]" if shown else "")
        )
    if why is not None:
        out.print(f"[dim]{escape(why.to(chosen))}[/]")


@paper_app.command("all")
def everything(
    out: Annotated[Path, typer.Option("--out", help="文件夹 / folder")],
    session: SessionOption = None,
    data: DataOption = Path("~/yishi"),
    templates_in: TemplatesOption = None,
    replace: ReplaceOption = False,
    lang: LangOption = "zh",
) -> None:
    """做出现在能做的全部文书 / Make every paper that can be made now."""
    chosen = language(lang)
    with told(chosen):
        folder = data.expanduser()
        source = source_of(folder, session)
        out.mkdir(parents=True, exist_ok=True)
        for kind in PAPERS.values():
            template = template_of(kind, folders_of(folder, templates_in))
            for choice in choices(source.session, kind.each):
                try:
                    written(kind, source, choice, template, out, chosen, replace=replace)
                except (NotYet, AlreadyThere) as not_yet:
                    console().print(f"  [dim]— {escape(not_yet.text.to(chosen))}[/]")


def source_of(folder: Path, session: str | None) -> Source:
    """The session asked for, as its ledger has it now."""
    ledger = opened(folder)
    return read_source(ledger, the_session(ledger, session), folder)


def folders_of(data: Path, named: Path | None) -> tuple[Path, ...]:
    """Where edited templates are looked for: the folder named, then `templates` in the data folder's place and beside it."""
    return (*((named,) if named else ()), data / "templates", data.absolute().parent / "templates")


def written(
    kind: Kind, source: Source, choice: Choice, template: Path, out: Path, lang: Lang, *, replace: bool
) -> None:
    """Make a paper and write it, and say so; never over something that somebody may have written into.

    Raises:
        AlreadyThere, CannotWrite.
    """
    made_now = made(kind, source, choice, template)
    file = out / file_name(source.session, kind.title.zh, choice) if out.is_dir() else out
    try:
        if file.exists() and file.read_bytes() != made_now and not replace:
            raise AlreadyThere(file=file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made_now)
    except OSError as wrong:
        raise CannotWrite(file=file, why=wrong.strerror or wrong) from wrong
    mark = Text("(演练)", " (rehearsal)").to(lang) if source.rehearsal else ""
    console().print(f"[green]✓[/] {kind.title.to(lang)}{mark}  {escape(str(file))}")


def _command(kind: Kind) -> Callable[..., None]:
    def make(
        session: SessionOption = None,
        data: DataOption = Path("~/yishi"),
        out: OutOption = None,
        template: TemplateOption = None,
        templates_in: TemplatesOption = None,
        sitting: SittingOption = None,
        item: ItemOption = None,
        election: ElectionOption = None,
        ballot: BallotOption = None,
        replace: ReplaceOption = False,
        lang: LangOption = "zh",
    ) -> None:
        chosen = language(lang)
        with told(chosen):
            folder = data.expanduser()
            source = source_of(folder, session)
            found = template_of(kind, folders_of(folder, templates_in), template)
            written(
                kind, source, Choice(sitting, item, election, ballot), found, out or Path(), chosen, replace=replace
            )

    make.__doc__ = f"{kind.title.zh} / {kind.title.en[0].upper()}{kind.title.en[1:]}."
    return make


for _kind in PAPERS.values():
    paper_app.command(_kind.name)(_command(_kind))
