"""`yishi token`: who may come in at the door and do what there. Tokens are shown once; keys are of those who sign their own acts."""

import os
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.access.roles import ROLES
from domain.calendar import CHINA
from domain.offices import office_word
from domain.text import Lang, Text
from yishi.cli.desk import HOME, REFUSED, DataOption, JsonOption, as_json, opened
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.trouble import Trouble

token_app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="令牌:谁能办什么 · who may do what at the door"
)
STATES = {"holds": Text("有效", "holds"), "revoked": Text("已停用", "revoked"), "expired": Text("已到期", "expired")}
TokenArgument = Annotated[str, typer.Argument(help="令牌编号,见 yishi token list · id of the token")]


class NoSuchRole(Trouble):
    says = Text("没有角色 {role};可为:{known}", "there is no role {role}; there are: {known}")


class NotADay(Trouble):
    says = Text("--expires 不是日期:{said}。写成 2027-12-31", "--expires is not a day: {said}. Write 2027-12-31")


class FileThere(Trouble):
    says = Text("文件 {file} 已存在,私钥不覆盖", "{file} exists: a private key is not overwritten")


@token_app.command("roles")
def roles(lang: LangOption = "zh") -> None:
    """各角色可办的事 · What each role may do."""
    chosen, page = language(lang), Page()
    for role, is_ in ROLES.items():
        page.line(f"{escape(is_.title.to(chosen))}  {escape(is_.says.to(chosen))}", lead=f"[bold]{role:<17}[/] ")


@token_app.command("issue")
def issue(
    role: Annotated[str, typer.Argument(help="角色,见 yishi token roles · the role")],
    person: Annotated[str | None, typer.Option(help="谁的(编号,如 D001)· whose, by id")] = None,
    unit: Annotated[str | None, typer.Option(help="哪个单位的 · of which unit")] = None,
    body: Annotated[list[str] | None, typer.Option(help="只用于哪个人大或会议,可重复 · congress or session")] = None,
    act: Annotated[list[str] | None, typer.Option(help="只办哪些行为,可重复 · only these acts")] = None,
    office: Annotated[list[str] | None, typer.Option(help="只以哪些名义,可重复 · only as these offices")] = None,
    expires: Annotated[str | None, typer.Option(help="用到哪天,默认一年 · last day; a year by default")] = None,
    data: DataOption = HOME,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """发放令牌,只显示一次 · Give out a token; it is shown once."""
    chosen = language(lang)
    with told(chosen):
        if role not in ROLES:
            raise NoSuchRole(role=role, known="、".join(ROLES))
        asked = {
            "role": role, "person": person, "unit": unit, "bodies": body or [], "acts": act or None,
            "as_offices": office or None, "expires": _end_of(expires),
        }  # fmt: skip
        with opened(data) as door:
            # once: sent again after a cut it would be another token, whose secret nobody saw
            given = door.call("POST", "/tokens", {name: value for name, value in asked.items() if value is not None})
    if as_json_:
        as_json(given)
    else:
        _given(given, chosen)
    if given.get("outcome") == "refused":
        raise typer.Exit(REFUSED)


@token_app.command("list")
def list_(data: DataOption = HOME, as_json_: JsonOption = False, lang: LangOption = "zh") -> None:
    """已发放的令牌 · The tokens given out."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        found = door.get("/tokens")
    if as_json_:
        as_json(found)
        return
    page = Page()
    if not found:
        page.line(Text("除首个令牌外没有发放令牌", "no token was given out beside the first").to(chosen))
    page.rows([_row(each, chosen) for each in found], indent=0)


@token_app.command("revoke")
def revoke(token: TokenArgument, data: DataOption = HOME, lang: LangOption = "zh") -> None:
    """停用令牌,立即生效 · Revoke a token, at once and for good."""
    _done(data, lang, "DELETE", f"/tokens/{token}", Text(f"令牌 {token} 已停用", f"the token {token} is revoked"))


@token_app.command("office")
def office(
    one_person: Annotated[
        bool, typer.Option("--one-person/--several", help="一人办公,或多人分工 · one person, or several share the work")
    ],
    data: DataOption = HOME,
    lang: LangOption = "zh",
) -> None:
    """设定:一人办公,或多人分工(首个令牌从此只有秘书处的权限)· Whether one person does everything here."""
    one = Text("一人办公,记录中逐条写明", "an office of one person: each entry says so")
    several = Text(
        "多人分工:首个令牌只有秘书处的权限",
        "several share the work: the first token has the secretariat's rights alone",
    )
    _done(data, lang, "PUT", "/office", one if one_person else several, {"one_person": one_person})


@token_app.command("new-key")
def new_key(
    file: Annotated[Path, typer.Argument(help="私钥存到哪个文件 · where the private key goes")], lang: LangOption = "zh"
) -> None:
    """生成签名密钥:私钥留在本人手中,显示的公钥用于登记 · Make a signing key; the private half stays with its owner."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: PLC0415

    from yishi.access.signed import public_text  # noqa: PLC0415

    with told(language(lang)):
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        try:
            with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                out.write(private)
        except FileExistsError as there:
            raise FileThere(file=file) from there
        typer.echo(public_text(key))


@token_app.command("key")
def key(
    key_id: Annotated[str, typer.Argument(help="公钥编号,自定 · an id for the key")],
    person: Annotated[str, typer.Argument(help="谁的(编号)· whose, by id")],
    public: Annotated[str, typer.Argument(help="公钥(new-key 所显示)· the public key, as new-key shows it")],
    required: Annotated[
        bool, typer.Option("--required", help="此人的事项须签名 · their acts have to be signed")
    ] = False,
    data: DataOption = HOME,
    lang: LangOption = "zh",
) -> None:
    """登记公钥 · Register a public key."""
    body = {"key": key_id, "person": person, "public": public, "required": required}
    _done(data, lang, "POST", "/keys", Text(f"公钥 {key_id} 已登记", f"the key {key_id} is registered"), body)


@token_app.command("keys")
def keys(data: DataOption = HOME, as_json_: JsonOption = False, lang: LangOption = "zh") -> None:
    """已登记的公钥 · The public keys on record."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        found = door.get("/keys")
    if as_json_:
        as_json(found)
        return
    Page().rows([(k["key"], k["person"], STATES[k["state"]].to(chosen), k["public"]) for k in found], indent=0, most=60)


@token_app.command("revoke-key")
def revoke_key(
    key_id: Annotated[str, typer.Argument(help="公钥编号 · id of the key")],
    data: DataOption = HOME,
    lang: LangOption = "zh",
) -> None:
    """停用公钥 · Revoke a public key."""
    _done(data, lang, "DELETE", f"/keys/{key_id}", Text(f"公钥 {key_id} 已停用", f"the key {key_id} is revoked"))


def _done(data: Path, lang: str, method: str, path: str, says: Text, body: dict[str, Any] | None = None) -> None:
    """Have it done, and say so; or tell the refusal."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        answer = door.call(method, path, body)
    _say(answer, says, chosen)


def _say(answer: dict[str, Any], says: Text, lang: Lang) -> None:
    page = Page()
    if answer.get("outcome") == "refused":
        page.line(escape(answer["says"][lang]), lead="[bold red]✗[/] ")
        raise typer.Exit(REFUSED)
    page.line(escape(says.to(lang)), lead="[green]✓[/] ")


def _given(given: dict[str, Any], lang: Lang) -> None:
    page = Page()
    if given.get("outcome") == "refused":
        page.line(escape(given["says"][lang]), lead="[bold red]✗[/] ")
        return
    page.line("  ".join(map(escape, _row(given, lang))), lead="[green]✓[/] ")
    page.line(
        Text("令牌(只显示这一次,请交给本人妥善保管)", "the token (shown this once; hand it to its holder)").to(lang)
    )
    typer.echo(f"  {given['token']}")


def _row(each: dict[str, Any], lang: Lang) -> tuple[str, ...]:
    role = ROLES[each["role"]].title.to(lang)
    who = each["person"] or each["unit"] or ""
    where = " ".join(each["bodies"]) or Text("各会议", "all sessions").to(lang)
    offices = " ".join(office_word(o).to(lang) for o in each["as_offices"] or ())
    until = each["expires"][:10]
    return (
        each["id"],
        role,
        who,
        STATES[each["state"]].to(lang),
        until,
        " ".join((where, offices, *(each["acts"] or ()))).strip(),
    )


def _end_of(said: str | None) -> str | None:
    """The end of a day in China, as a token lasts through its last day."""
    if said is None:
        return None
    try:
        return datetime.combine(datetime.fromisoformat(said).date(), time(23, 59, 59), CHINA).isoformat()
    except ValueError:
        raise NotADay(said=said) from None
