"""A .docx read back as somebody would see it."""

import io
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table


@dataclass(frozen=True)
class Printed:
    document: Any
    lines: list[str]
    tables: list[list[list[str]]]

    @property
    def text(self) -> str:
        """Everything in the body, tables too, line by line."""
        cells = [" | ".join(row) for table in self.tables for row in table]
        return "\n".join([*self.lines, *cells])

    def headers(self) -> list[str]:
        """What stands above each kind of page."""
        found = []
        for section in self.document.sections:
            found.append(section.header)
            if self.document.settings.odd_and_even_pages_header_footer:
                found.append(section.even_page_header)
        return ["".join(p.text for p in header.paragraphs) for header in found]

    def fonts(self) -> dict[str, str]:
        """The Chinese font each line is set in."""
        said = {}
        for paragraph in self.document.paragraphs:
            for run in paragraph.runs[:1]:
                fonts = run._element.rPr.find(qn("w:rFonts"))
                said[paragraph.text] = fonts.get(qn("w:eastAsia"))
        return said


def read(made: bytes) -> Printed:
    document = Document(io.BytesIO(made))
    tables = [[[cell.text for cell in row.cells] for row in t.rows] for t in document.tables]
    lines = [each.text for each in document.iter_inner_content() if not isinstance(each, Table)]
    return Printed(document, lines, tables)
