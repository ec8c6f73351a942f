"""What stands between a client and its door, each in a sentence that says what to do."""

from typing import ClassVar

from domain.text import Text
from yishi.doorway import NothingServes
from yishi.trouble import Trouble


class DoorTrouble(Trouble):
    """Base of what can be wrong on the way. `passing`: sent again by itself, it may go well."""

    passing: ClassVar[bool] = False


class NobodyAnswers(DoorTrouble):
    """An address was given by hand, and nobody listens there."""

    passing = True
    says = Text(
        "{url} 没有应答(由 YISHI_DOOR 指定)。请核对地址,或先运行 yishi serve",
        "Nobody answers at {url} (named by YISHI_DOOR). Check the address, or start yishi serve",
    )


class Cut(DoorTrouble):
    """The connection broke before the answer came."""

    passing = True
    says = Text("与服务的连接中断({why})", "the connection to the service broke ({why})")


class TokenWrong(DoorTrouble):
    says = Text(
        "服务不接受这个令牌({said})。请核对 YISHI_TOKEN 和数据文件夹",
        "The service does not take this token ({said}). Check YISHI_TOKEN and the data folder",
    )


class NotYishi(DoorTrouble):
    says = Text(
        "{url} 上应答的不是议事系统。请重新启动 yishi serve,或核对 YISHI_DOOR",
        "What answers at {url} is not Yishi. Start yishi serve again, or check YISHI_DOOR",
    )


class OtherVersion(DoorTrouble):
    says = Text(
        "服务的接口格式是 {found}(版本 {version}),本程序只认得 {known}。请让两边使用同一版本,再重新启动 yishi serve",
        "The service speaks format {found} (version {version}), this program knows {known}. "
        "Use one version for both, then start yishi serve again",
    )


class NotWellFormed(DoorTrouble):
    """The service could not read what was sent; nothing of it was recorded."""

    says = Text("{said}", "{said}")


class NotAllowed(NotWellFormed):
    """The token shown does not allow it; nothing of it was recorded but that somebody tried."""

    says = Text("{said}(令牌无此权限)", "{said} (beyond the rights of this token)")


class NotTaken(DoorTrouble):
    """The service could not record it now; nothing of it was recorded, and it may be sent again."""

    passing = True
    says = Text("{said}", "{said}")


class OnItsWay(DoorTrouble):
    """The service has it and has no answer yet; sent again, it waits for the same answer."""

    passing = True
    says = Text("{said}", "{said}")


class DoorFailed(DoorTrouble):
    says = Text(
        "服务出错({status})。请查看 yishi serve 的窗口;已记录的内容不受影响",
        "The service failed ({status}). Look at the window of yishi serve; what is recorded stays as it is",
    )


class StillWaiting(DoorTrouble):
    """An act was sent and no answer came in time."""

    says = Text(
        "尚无答复({why})。此项已保留,不会丢失也不会重复:服务恢复后,下一条命令会先把它再送一次(编号 {command_id})。不要它了:yishi act --forget",
        "No answer yet ({why}). It is kept and neither lost nor done twice: once the service is back, the next command sends it "
        "again first (id {command_id}). To give it up: yishi act --forget",
    )


class KeptBack(DoorTrouble):
    """An act that had no answer was sent again with a token that does not allow it. `told`: how the door said so."""

    says = Text(
        "此前未得答复的一项这次未获准({why})。它可能已有记录,仍予保留(编号 {command_id}):请用当时的令牌再送。不要它了:yishi act --forget",
        "What had no answer was not allowed now ({why}). It may be on record and is kept (id {command_id}): send it again with the token "
        "of then. To give it up: yishi act --forget",
    )

    def __init__(self, told: NotAllowed, command_id: str) -> None:
        super().__init__(why=told.text, command_id=command_id)
        self.told = told


def passing(trouble: Trouble) -> bool:
    """Whether the same, sent again, may go well: the service is away, or could not take it now."""
    return isinstance(trouble, NothingServes) or (isinstance(trouble, DoorTrouble) and trouble.passing)
