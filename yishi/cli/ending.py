"""Ending in order: SIGTERM and Ctrl-C end a command alike, and it is told which of them came."""

import signal

from domain.text import Text

ENDED = Text(
    "已应要求停止。此前的记录完好;用同样的方案和数据文件夹再次运行,即可继续",
    "ended as asked. What was recorded is safe; run it again on the same plan and data folder to go on",
)
_asked_by: list[int] = [signal.SIGINT]


def end_when_asked() -> None:
    """Have SIGTERM end a command in order, as Ctrl-C does.

    Whoever starts it in the background of a script has it ignore SIGINT: taken back here, or neither signal would end it.
    """

    def ask(number: int, frame: object) -> None:
        _asked_by.append(number)
        signal.raise_signal(signal.SIGINT)

    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, ask)


def exit_code() -> int:
    """128 and the number of the signal that came last, as programs do."""
    return 128 + _asked_by[-1]
