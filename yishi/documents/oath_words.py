"""The words of the constitutional oath (宪法宣誓誓词), word for word, by the option that the law's `oath.text` names.

The words are the law's own: item 2 of the standing committee's decision on the oath, in its text of 2015 and as revised on 24 February
2018. They were compared with local measures that repeat them (LawRefBook/Laws 2f4c5c23): 浙江 2015-07-30 for the first; 上海
2018-07-27, 山东 2018-03-29, 河南 2018-06-04 and 重庆 2018-09-29, which agree to the character, for the second.
"""

from typing import NamedTuple


class OathText(NamedTuple):
    version: str
    words: str


_MARKS = str.maketrans({",": "\uff0c", ":": "\uff1a", "!": "\uff01"})
"""The oath is printed with the marks of the law's text, which are full-width."""

_BEGINS = (
    "我宣誓:忠于中华人民共和国宪法,维护宪法权威,履行法定职责,忠于祖国、忠于人民,恪尽职守、廉洁奉公,接受人民监督,为建设"
)

OATHS = {
    "oath_2015": OathText("2015年", f"{_BEGINS}富强、民主、文明、和谐的社会主义国家努力奋斗!".translate(_MARKS)),
    "oath_2018": OathText(
        "2018年修订", f"{_BEGINS}富强民主文明和谐美丽的社会主义现代化强国努力奋斗!".translate(_MARKS)
    ),
}
