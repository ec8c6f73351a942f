"""What keeps a ballot from being issued, cast or opened, in a sentence that says what to do."""

from domain.text import Text
from yishi.trouble import Trouble


class NoSuchBox(Trouble):
    says = Text("没有代号为 {box} 的票箱", "There is no ballot box {box}.")


class BoxShut(Trouble):
    says = Text(
        "票箱 {box} 已经关闭或者正在关闭,不再发票、投票",
        "The box {box} is closed, or is being closed: no more ballots are issued or cast.",
    )


class BoxAsleep(Trouble):
    says = Text(
        "系统重新启动过,票箱 {box} 须由 {needed} 名密钥持有人恢复后才能继续发票、投票;已投入的票没有丢失",
        "The service was restarted: {needed} key holders have to wake the box {box} before ballots go on. None that was cast is lost.",
    )


class BoxLost(Trouble):
    says = Text(
        "票箱 {box} 的选票文件不在了(ballots 文件夹):请从备份恢复;确实丢失的,写明 lost 后关闭票箱,按收回 0 张记录",
        "The file with the ballots of the box {box} is gone (folder ballots): put it back; if it is lost for good,"
        " close the box with `lost`: it is recorded with none returned.",
    )


class NotItsKey(Trouble):
    says = Text("这不是票箱 {box} 的恢复密钥", "This is not the key that wakes the box {box}.")


class NotAToken(Trouble):
    says = Text("没有发出过这张票:令牌不对", "No such ballot was issued: the token is not known.")


class NotThatLong(Trouble):
    says = Text(
        "密封的选票应为 {needed} 字节,现为 {found} 字节",
        "A sealed ballot of this box has {needed} bytes; this has {found}.",
    )


class NoBallotsYet(Trouble):
    says = Text("票箱 {box} 尚未关闭,不能取出选票", "The box {box} is not closed: its ballots are not handed out.")
