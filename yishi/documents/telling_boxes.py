"""How minutes tell an electronic ballot box: sealed, closed, opened, attested; see `telling`."""

from domain.ballot import box, closing, opening
from yishi.documents.box_papers import IF_FEWER, about, why_void
from yishi.documents.source import Source
from yishi.documents.telling import tell


@tell.register
def _(event: box.BoxSealed, source: Source) -> str:
    keys = f"密钥分{len(event.keys.shares)}份,由{source.people(event.holders)}各持一份,{event.keys.needed}人到场开箱"
    return f"封电子票箱{_box(source, event.form.box)}:{keys};人数不足时{IF_FEWER[event.if_fewer]}。"


@tell.register
def _(event: closing.BoxClosed, source: Source) -> str:
    return f"关闭电子票箱{_box(source, event.box)}:发出{event.issued}张,收回{event.returned}张。"


@tell.register
def _(event: closing.BoxGivenUp, source: Source) -> str:
    came = f"到场的持钥人{len(event.holders)}人,不足{event.needed}人"
    return f"电子票箱{_box(source, event.box)}不开箱:{came};{IF_FEWER[event.follows]}。"


@tell.register
def _(event: opening.BoxOpened, source: Source) -> str:
    sums = event.figures or event.vote
    counted = f":有效{sums.valid}张,无效{sums.void}张" if sums else ""
    why = why_void(event)
    return f"{source.people(event.holders)}开启电子票箱{_box(source, event.box)}{counted}{f'({why})' if why else ''}。"


@tell.register
def _(event: opening.BoxAttested, source: Source) -> str:
    return f"{source.person(event.scrutineer)}签认电子票箱{_box(source, event.box)}的计票结果。"


def _box(source: Source, code: str) -> str:
    found = source.session.boxes.get(code)
    return f"{code}({about(source, found)})" if found else code
