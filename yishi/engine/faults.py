"""What an act may meet on its way to the record, other than a rule: said in both languages, and nothing of it is stored."""

from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from domain.text import Text
from yishi.ledger.errors import LACKING, CommandIdReused, LedgerError, StaleVersion
from yishi.ledger.writer import RECORD_FAULTS
from yishi.trouble import Trouble

PASSING: tuple[type[Exception], ...] = (RPCError, Trouble, *RECORD_FAULTS)
"""What may stand against something now and not a moment later: a server or a store that is away, a disk that is full."""


class NoSuchSession(Trouble):
    says = Text("没有会议 {stream},请先登记", "There is no session {stream}: register it first.")


class NotTaken(Trouble):
    """The act did not reach the record; nothing of it is stored."""

    says = Text("未能记录:{why}", "It could not be recorded: {why}")
    uncertain = True


class NotWellFormed(NotTaken):
    """It is not well formed, or names what is not here: sent again as it is, it comes to the same."""

    uncertain = False


class PlayedDifferently(NotTaken):
    """The command id belongs to another request: this folder holds a record of something else."""

    uncertain = False
    says = Text(
        "该编号的行为此前已以不同内容提交({why})。请换用新的数据文件夹,或沿用原来的方案和脚本",
        "An act of this id was sent before with other content ({why}). Use a new data folder, or the plan and script as they were.",
    )


class Stale(NotTaken):
    """The sender said what he had seen, and the record has gone on since. Nothing was stored."""

    uncertain = False
    says = Text("{why}", "{why}")


class SignatureFails(NotTaken):
    """When its turn came the act had not the signature that it owes, or not one that holds. Nothing was stored.

    `word`: what is wrong, as `Denied.why` has it.
    """

    uncertain = False
    says = Text("{why}", "{why}")

    def __init__(self, why: Text, word: str) -> None:
        super().__init__(why=why)
        self.word = word


def for_good(fault: BaseException | None) -> NotTaken | None:
    """The trouble that an act comes to as often as it is sent as it is; None: it may be taken another time."""
    kind = fault.type if isinstance(fault, ApplicationError) else type(fault).__name__
    lacks = {each.__name__: word for word, each in LACKING.items()}
    if kind in lacks:
        return SignatureFails(told(fault), lacks[kind])
    same = {CommandIdReused.__name__: PlayedDifferently, StaleVersion.__name__: Stale}
    return same[kind](why=told(fault)) if kind in same else None


def told(fault: BaseException | None) -> Text:
    """A fault in both languages, as far as it says itself in them; else what it is."""
    match fault:
        case LedgerError():
            return fault.says.filled(**fault.figures)
        case ApplicationError(details=(str(zh), str(en))):
            return Text(zh, en)
        case _:
            return Text(str(fault), str(fault))
