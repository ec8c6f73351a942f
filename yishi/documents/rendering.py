"""From a template and a paper's data to the bytes of a .docx: filled in within a sandbox, marked when it is of a rehearsal.

The same ledger gives the same bytes: nothing in them comes from a clock, and the archive carries one fixed date.
"""

import io
import re
import traceback
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as ALL_FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as ALL_TESTS
from lxml import etree

from yishi.documents.checking import LOOP, unknown_fields
from yishi.documents.fields import Shape
from yishi.documents.fonts import BODY_FONT, HEAVY_FONT, set_font
from yishi.documents.troubles import MarksOutOfPlace, NotAllowed, NotATemplate, TemplateSyntax, UnknownField

FILTERS = (
    "join",
    "length",
    "count",
    "first",
    "last",
    "default",
    "d",
    "round",
    "int",
    "replace",
    "trim",
    "batch",
    "sum",
    "list",
    "e",
)
"""The filters a template may use: none that reaches attributes by name, none that marks text as safe."""

TESTS = (
    "defined",
    "undefined",
    "none",
    "number",
    "string",
    "odd",
    "even",
    "divisibleby",
    "in",
    "==",
    "eq",
    "!=",
    "ne",
    ">",
    "<",
    ">=",
    "<=",
)
FORBIDDEN = (
    nodes.Call, nodes.CallBlock, nodes.Macro, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block,
    nodes.With, nodes.AssignBlock, nodes.FilterBlock,
)  # fmt: skip
"""What a template may not do: call, reach for other files, define."""

BIG = 100_000
"""A number above this has no place in a paper; it is what `x * y` may come to in a template."""

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
REHEARSAL = "演  练"
REHEARSAL_NOTE = "(演练材料,不作正式会议文书)"


class Sandbox(ImmutableSandboxedEnvironment):
    """Where a template is filled in: fields and a few filters, no functions, no other files, nothing that runs."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: ALL_FILTERS[name] for name in FILTERS}
        self.tests = {name: ALL_TESTS[name] for name in TESTS}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (
            isinstance(left, int) and isinstance(right, int) and abs(left) <= BIG and abs(right) <= BIG
        ):
            raise SecurityError(f"{left!s:.20} {operator} {right!s:.20}")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields are keys, and no attribute of a Python object is one; of a loop, where it stands may be asked."""
        return isinstance(obj, LoopContext) and attr in (LOOP.one or {})

    def is_safe_callable(self, obj: Any) -> bool:
        return False


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template that is checked before it is filled in, and never mended silently."""

    def __init__(self, file: io.BytesIO, path: Path, paper: str, shape: Shape) -> None:
        super().__init__(file)
        self.path, self.paper, self.shape = path, paper, shape
        self.source = ""

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        self.source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        self._check(jinja_env)
        filled: str = super().render_xml_part(src_xml, part, context, jinja_env)
        return filled

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """The file's properties are ours to set."""

    def fix_tables(self, xml: str) -> Any:
        try:  # the library would take what is damaged and leave out what it cannot read
            etree.fromstring(xml, parser=etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError as broken:
            raise MarksOutOfPlace(template=self.path.name, why=str(broken)[:120]) from broken
        return super().fix_tables(xml)

    def _check(self, sandbox: Sandbox) -> None:
        tree = sandbox.parse(self.source)
        for node in tree.find_all(FORBIDDEN):
            raise NotAllowed(template=self.path.name, why=type(node).__name__.lower(), where=self.where(node.lineno))
        for wrong in unknown_fields(tree, self.shape):
            raise UnknownField(
                template=self.path.name, field=wrong.field, where=self.where(wrong.line), near="、".join(wrong.near),
                paper=self.paper,
            )  # fmt: skip

    def where(self, line: int | None) -> str:
        """The words of a paragraph of the template, to find it by."""
        lines = self.source.split("\n")
        if line is None or not lines:
            return "…"
        said = [re.sub(r"<[^>]+>", "", each).strip() for each in lines[max(line - 2, 0) : line + 1]]
        here = re.sub(r"<[^>]+>", "", lines[min(line, len(lines)) - 1]).strip()
        return (here or next((each for each in said if each), "…"))[:60]


def rendered(template: Path, paper: str, shape: Shape, fields: dict[str, Any], until: datetime) -> bytes:
    """The paper as a .docx.

    Args:
        template: a .docx with marks. paper, shape: the paper's name and what its fields are, to check the template by.
        fields: their values, under their Chinese names. until: the instant of the record, which dates the file.

    Raises:
        PaperTrouble: one of its kinds, naming the template and the place.
    """
    document = _opened(template, paper, shape)
    try:
        document.render(fields, Sandbox(), autoescape=True)
    except TemplateError as wrong:
        _told(document, wrong)
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as wrong:  # what a mark came to
        where = document.where(_line_of(wrong))
        raise TemplateSyntax(template=template.name, why=wrong, where=where, opening="{{", closing="}}") from wrong
    made: Document = document.docx
    if fields["演练"]:
        _mark_rehearsal(made)
    _properties(made, str(fields["会议"]["名称"]), until)
    return _packed(made)


def _opened(template: Path, paper: str, shape: Shape) -> _Template:
    try:
        document = _Template(io.BytesIO(template.read_bytes()), template, paper, shape)
        document.init_docx()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as wrong:
        raise NotATemplate(template=template, why=_why(wrong)) from wrong
    return document


def _why(wrong: Exception) -> str:
    match wrong:
        case FileNotFoundError():
            return "没有这个文件 / no such file"
        case zipfile.BadZipFile() | KeyError() | etree.XMLSyntaxError():
            return "不是完整的 .docx / not a whole .docx"
        case ValueError():
            return "不是 Word 文档 / not a Word document"
        case _:
            return str(wrong)[:120]


def _told(document: _Template, wrong: TemplateError) -> NoReturn:
    """Say in a sentence what jinja found, and where."""
    where, name = document.where(_line_of(wrong)), document.path.name
    if isinstance(wrong, TemplateSyntaxError):
        raise TemplateSyntax(template=name, why=wrong.message, where=where, opening="{{", closing="}}") from wrong
    if isinstance(wrong, UndefinedError):
        known = "、".join(document.shape.one or {})
        raise UnknownField(template=name, field=wrong.message, where=where, near=known, paper=document.paper) from wrong
    raise NotAllowed(template=name, why=wrong.message or type(wrong).__name__, where=where) from wrong


def _line_of(wrong: Exception) -> int | None:
    """The line of the template that was being filled in."""
    frames = [f for f in traceback.extract_tb(wrong.__traceback__) if f.filename == "<template>"]
    line: int | None = getattr(wrong, "lineno", None) or (frames[-1].lineno if frames else None)
    return line


def _mark_rehearsal(made: Document) -> None:
    """Say 演练 on each page, whatever the template's headers are: a rehearsal's paper must never pass for a real one."""
    for section in made.sections:
        headers = [section.header]
        headers += [section.first_page_header] if section.different_first_page_header_footer else []
        headers += [section.even_page_header] if made.settings.odd_and_even_pages_header_footer else []
        for header in headers:
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0].insert_paragraph_before() if header.paragraphs else header.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for text, font, size in ((REHEARSAL, HEAVY_FONT, 22), (REHEARSAL_NOTE, BODY_FONT, 12)):
                run = paragraph.add_run(text)
                set_font(run, font)
                run.font.size, run.font.color.rgb = Pt(size), RGBColor(0xC0, 0, 0)


def _properties(made: Document, title: str, until: datetime) -> None:
    properties = made.core_properties
    instant = until.replace(microsecond=0, tzinfo=None)
    properties.created = properties.modified = instant
    properties.title, properties.author, properties.last_modified_by, properties.revision = title[:250], "", "", 1


def _packed(made: Document) -> bytes:
    """The archive with its files in the order and the date of always."""
    first, second = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, FIXED_DATE), source.read(name), zipfile.ZIP_DEFLATED, 6)
    return second.getvalue()
