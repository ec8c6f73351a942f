"""The form of an official paper for `paper_templates.py`: page, line grid, fonts and paragraphs by GB/T 9704-2012.

A4; margins 37 mm above, 28 mm left, 26 mm right, 35 mm below, which leaves 156 by 225 mm; 22 lines of 28 characters of 16 pt.
28 characters of 16 pt are 158 mm, so each is squeezed a little; a line is 28.95 pt. The grid is `lines`: with `linesAndChars`
LibreOffice would put each character in two cells.
"""

import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from yishi.documents.fonts import BODY_FONT, HEAVY_FONT, PAGE_FONT, SOFT_FONT, TITLE_FONT, set_font
from yishi.documents.rendering import FIXED_DATE

LINE = 28.95  # pt
WIDE = 60  # mm: in a column as wide as this, text begins at the left
SQUEEZE = -4  # twentieths of a pt a character
CENTER, RIGHT, LEFT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip


class Form:
    """A template being written, paragraph by paragraph."""

    def __init__(self) -> None:
        self.document = Document()
        self._page()
        self._style()
        self._page_numbers()

    def title(self, text: str) -> None:
        self._line(text, TITLE_FONT, 22, align=CENTER, pitch=36)

    def under_title(self, text: str) -> None:
        self._line(text, SOFT_FONT, 16, align=CENTER)

    def heading(self, text: str) -> None:
        self._line(text, HEAVY_FONT, 16, indent=2)

    def second(self, text: str) -> None:
        self._line(text, SOFT_FONT, 16, indent=2)

    def body(self, text: str) -> None:
        self._line(text, BODY_FONT, 16, indent=2, align=BOTH)

    def cue(self, text: str) -> None:
        """What the chair does and does not say."""
        self._line(text, SOFT_FONT, 16, indent=2)

    def open_line(self, text: str) -> None:
        """Without indent: whom it is addressed to."""
        self._line(text, BODY_FONT, 16)

    def signature(self, text: str) -> None:
        paragraph = self._line(text, BODY_FONT, 16, align=RIGHT)
        paragraph.paragraph_format.right_indent = Pt(32)

    def mark(self, text: str) -> None:
        """A line that only steers: it leaves nothing in the paper."""
        paragraph = self._line(text, BODY_FONT, 10.5)
        paragraph.runs[0].font.color.rgb = RGBColor(0x80, 0x80, 0x80)

    def blank(self) -> None:
        self._line("", BODY_FONT, 16)

    def page_break(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def small(self, text: str) -> None:
        self._line(text, BODY_FONT, 12, pitch=18)

    def table(self, widths: list[float], head: list[str], *rows: list[str], size: float = 14) -> None:
        """A ruled table; a row of one entry spans it (a mark, as `tr` marks are written). Widths in mm."""
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style = "Table Grid"
        table.autofit = False
        table.alignment = 1
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, row in enumerate([head, *rows] if head else rows):
            cells = table.add_row().cells
            entries = row if len(row) > 1 else [row[0], *[""] * (len(widths) - 1)]
            for cell, width, text in zip(cells, widths, entries, strict=True):
                cell.width = Mm(width)
                cell.vertical_alignment = 1
                self._cell(cell, text, size, heavy=bool(head) and number == 0, align=CENTER if width < WIDE else LEFT)
        if head:
            _repeated(table.rows[0])
        for row_ in table.rows:
            _whole(row_)

    @staticmethod
    def _cell(cell: Any, text: str, size: float, *, heavy: bool, align: Any) -> None:
        """A cell's text, one paragraph a line."""
        for number, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            run = paragraph.add_run(line)
            set_font(run, HEAVY_FONT if heavy else BODY_FONT)
            run.font.size = Pt(size)
            paragraph.alignment = CENTER if heavy else align
            _exactly(paragraph, 24)

    def save(self, file: Path) -> None:
        file.write_bytes(self.bytes())

    def bytes(self) -> bytes:
        """The same bytes each time: one fixed date, and nothing of who ran it."""
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = properties.comments = properties.title = ""
        made, packed = io.BytesIO(), io.BytesIO()
        self.document.save(made)
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w") as target:
            for name in source.namelist():
                target.writestr(zipfile.ZipInfo(name, FIXED_DATE), source.read(name), zipfile.ZIP_DEFLATED, 9)
        return packed.getvalue()

    def _line(
        self, text: str, font: str, size: float, *, indent: int = 0, align: Any = LEFT, pitch: float = LINE
    ) -> Any:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        _exactly(paragraph, pitch)
        if indent:
            _indent(paragraph, indent, size)
        run = paragraph.add_run(text)
        set_font(run, font)
        run.font.size = Pt(size)
        if size == 16:  # 3号, the size that the 28 characters of a line are of
            _squeezed(run)
        return paragraph

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.header_distance, section.footer_distance = Mm(15), Mm(25)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(LINE * 20)))

    def _style(self) -> None:
        style = self.document.styles["Normal"]
        set_font(style, BODY_FONT)
        style.font.size = Pt(16)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
        style.element.get_or_add_rPr().append(_language())

    def _page_numbers(self) -> None:
        """— 1 —, at the right on odd pages and at the left on even ones."""
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        for footer, align, indent in ((section.footer, RIGHT, "right"), (section.even_page_footer, LEFT, "left")):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = align
            setattr(paragraph.paragraph_format, f"{indent}_indent", Pt(14))
            for text in ("— ", None, " —"):
                run = paragraph.add_run(text or "")
                set_font(run, PAGE_FONT, PAGE_FONT)
                run.font.size = Pt(14)
                if text is None:
                    _page_field(run)


def _exactly(paragraph: Any, pitch: float) -> None:
    spacing = paragraph.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    spacing.space_before = spacing.space_after = Pt(0)


def _indent(paragraph: Any, characters: int, size: float) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(size * characters)
    paragraph._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), str(characters * 100))


def _squeezed(run: Any) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(SQUEEZE))
    size = run._element.rPr.find(qn("w:sz"))
    size.addprevious(spacing)


def _language() -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    return language


def _page_field(run: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind is not None:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._element.append(part)


def _repeated(row: Any) -> None:
    """The head of a table stands on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """A row is not broken over two pages."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
