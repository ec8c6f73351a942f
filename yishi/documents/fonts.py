"""Fonts as offices name them in their papers (GB/T 9704-2012): named in the file and never embedded, as they are proprietary."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TITLE_FONT = "方正小标宋简体"  # 标题
BODY_FONT = "仿宋_GB2312"  # 正文
HEAVY_FONT = "黑体"  # 一、
SOFT_FONT = "楷体_GB2312"  # (一), and the line of adoption under a title
PAGE_FONT = "宋体"  # page numbers
DIGITS_FONT = "Times New Roman"  # Western digits and letters


def set_font(run: Any, chinese: str, western: str = DIGITS_FONT) -> None:
    """Name a run's (or a style's) fonts, for Chinese and for Western characters."""
    run.font.name = western
    properties = run._element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for kind, name in (("ascii", western), ("hAnsi", western), ("cs", western), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{kind}"), name)
