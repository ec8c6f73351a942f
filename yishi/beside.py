"""Work that goes on beside other work, and ends with it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import structlog

from domain.text import Text
from yishi.trouble import Trouble

log = structlog.get_logger("yishi")


class WorkEnded(Trouble):
    """A fault of the program in what goes on beside the rest. Started again it may go on; without it, it would only seem to."""

    says = Text(
        "后台工作 {work} 中断({why}),程序随之停止。记录完好,请重新启动;详情见日志。",
        "{work}, which goes on beside the rest, broke off ({why}), and the program ends with it. The record is whole: start it again; "
        "the log says more.",
    )


@contextlib.asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Something that goes on as long as this lasts; then it is cancelled and waited for. If it fails, this is cut short and fails too.

    Raises:
        Trouble, LedgerError: what it failed by, if that tells people what to do. WorkEnded: it failed by anything else.
    """
    owner, name = asyncio.current_task(), getattr(work, "__qualname__", repr(work))
    task = asyncio.create_task(work)
    leaving = cut = False

    def ended(done: "asyncio.Task[None]") -> None:
        nonlocal cut
        if done.cancelled() or (fault := done.exception()) is None:
            return
        log.error("beside-ended", work=name, exc_info=fault)
        if owner is not None and not leaving:
            cut = owner.cancel()

    task.add_done_callback(ended)
    try:
        yield
    finally:
        leaving = True
        task.cancel()
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        except Exception as fault:
            if owner is not None and cut:
                owner.uncancel()  # it ends by what went wrong
            if isinstance(getattr(fault, "says", None), Text):
                raise  # it tells people what is wrong and what to do
            raise WorkEnded(work=name, why=repr(fault)) from fault
