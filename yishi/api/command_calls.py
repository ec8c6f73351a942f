"""Where the answer to an act is asked for by its command id."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Response

from domain.submission import Answer, Receipt
from domain.text import Text
from yishi.access.principal import Principal
from yishi.api.acting import LATER, answered, refused_told
from yishi.api.faults import NotRecorded, declared
from yishi.api.guard import Guarded, asking
from yishi.api.under_way import UnderWay, on_its_way
from yishi.events.hearing import Hearing, units_in
from yishi.ledger.ledger import position_of

NOT_RECORDED = Text(
    "编号 {id} 下没有记录,也没有正在办理的。未得答复的,请以同一编号重发:不会重复",
    "nothing is recorded under the id {id}, and nothing of it is on its way here. If you had no answer send it again with the same id: "
    "it is not done twice",
)


def command_calls(engine: Guarded, under_way: UnderWay) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["acts"])

    @router.get(
        "/commands/{command_id:path}", response_model=Receipt,
        responses={**declared(404, 412, 413, 422, 503), **refused_told, 202: LATER},
        summary="The answer to an act by its command id: pending, the receipt, the refusal, or why there is none",
    )  # fmt: skip
    async def command(command_id: Annotated[str, Path(min_length=1, max_length=400)]) -> Response:
        who = asking()
        if under_way.pending(who.id, command_id):  # asked before the ledger: what ends in between is found there
            return on_its_way(command_id)
        answer = await asyncio.to_thread(_recorded, engine, who, command_id, under_way.sent_by(who.id, command_id))
        if answer is not None:
            return answered(answer)
        if (fault := under_way.fault(who.id, command_id)) is not None:
            raise fault
        raise NotRecorded(told=NOT_RECORDED.filled(id=command_id))

    return router


def _recorded(engine: Guarded, who: Principal, command_id: str, sent_here: bool) -> Answer | None:
    """What is on record under an id, for whoever sent it, and for those who hear every event of it.

    Args:
        sent_here: this token sent it, as far as this process knows: of an answer that left no event the record does not say who did.
    """
    answer = engine.ledger.answer_of(command_id)
    if answer is None or sent_here:
        return answer
    hearing = Hearing(who)
    if (position := position_of(answer)) is None:
        return answer if hearing.whole and who.everywhere else None
    (entry,) = engine.ledger.notifications(after=position - 1, limit=1)
    if entry.envelope.actor.token == who.id:
        return answer
    units_of = units_in(engine.ledger)
    left = [(entry.envelope.stream, entry.envelope.name), *_events(answer)]
    return answer if all(hearing.takes(stream, name, units_of) for stream, name in left) else None


def _events(answer: Answer) -> list[tuple[str, str]]:
    return [(event.stream, event.name) for event in answer.events] if isinstance(answer, Receipt) else []
