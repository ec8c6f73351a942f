"""What can stand in the way of a paper, each in one sentence with what to do."""

from domain.text import Text
from yishi.trouble import Trouble


class PaperTrouble(Trouble):
    """Base of what can be wrong with a paper or its template."""


class NotYet(PaperTrouble):
    """The record does not hold what the paper is about."""

    says = Text("不能做{paper}:{why}", "{paper} cannot be made: {why}")


class NoSuchPaper(PaperTrouble):
    says = Text("没有名为 {name} 的文书;现有:{known}", "there is no paper {name}; there are: {known}")


class NoSuchChoice(PaperTrouble):
    says = Text("没有代号为 {code} 的{what};现有:{known}", "there is no {what} {code}; there are: {known}")


class NotATemplate(PaperTrouble):
    """The file is missing, or is not a .docx."""

    says = Text(
        "模板 {template} 不能用:{why}。请用 Word 或 WPS 另存为 .docx,或者用 yishi paper templates 重新取一份",
        "the template {template} cannot be used: {why}. Save it as .docx in Word or WPS, or take a fresh one by "
        "yishi paper templates",
    )


class UnknownField(PaperTrouble):
    says = Text(
        "模板 {template} 用了没有的字段“{field}”(在“{where}”一段);相近的有:{near}。全部字段见 yishi paper fields {paper}",
        "the template {template} uses an unknown field “{field}” (in “{where}”); near it: {near}. "
        "All fields: yishi paper fields {paper}",
    )


class TemplateSyntax(PaperTrouble):
    says = Text(
        "模板 {template} 的标记写错了:{why}(在“{where}”附近)。标记成对写作 {opening} 字段 {closing}",
        "a mark in the template {template} is not well written: {why} (near “{where}”). Marks are written in pairs: "
        "{opening} field {closing}",
    )


class MarksOutOfPlace(PaperTrouble):
    says = Text(
        "模板 {template} 的 for 或 if 标记没有单独成段(或成行),套出来的文件会缺损:{why}。"
        "段落前后各用一个 p 标记,表格行前后各用一个 tr 标记",
        "a for or if in the template {template} does not stand in a paragraph (or row) of its own, so that the paper would be "
        "damaged: {why}. Use p marks around paragraphs and tr marks around rows",
    )


class NotAllowed(PaperTrouble):
    says = Text(
        "模板 {template} 里有不允许的写法:{why}(在“{where}”附近)。模板只能填字段,不能运行程序",
        "the template {template} tries something that is not allowed: {why} (near “{where}”). A template fills in fields and "
        "runs nothing",
    )


class AlreadyThere(PaperTrouble):
    """Somebody may have written into it."""

    says = Text(
        "{file} 已经存在且内容不同,没有覆盖。要重做请加 --replace,或另写 --out",
        "{file} is there already, with other content, and was left alone. Add --replace to make it anew, or give another --out",
    )


class CannotWrite(PaperTrouble):
    says = Text(
        "不能写入 {file}({why})。文件若在 Word 中打开,请先关闭",
        "{file} cannot be written ({why}). If it is open in Word, close it first",
    )
