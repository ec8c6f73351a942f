"""What can be wrong with the place of a second copy, said so that somebody can mend it. None of it touches the record."""

import errno
import sqlite3

from domain.text import Text
from yishi.ledger.errors import LedgerError
from yishi.ledger.writer import STORE_FAULTS
from yishi.trouble import Trouble


class MirrorTrouble(Trouble):
    """Base. `refused`: the place is not for this record; else it may come right by itself and is tried again."""

    refused = False


class MirrorAway(MirrorTrouble):
    """The stick is out, the share is gone, the medium answers with errors."""

    says = Text(
        "第二份副本暂停:{path} 不在或读不出({why})。会议照常进行;插回后自动补上。",
        "The second copy waits: {path} is away or cannot be read ({why}). The session goes on; put it back and it catches up.",
    )


class OriginalAway(MirrorTrouble):
    """What is to be copied cannot be read: a database that keeps the ledger is away."""

    says = Text(
        "第二份副本暂停:读不到全程记录({why})。数据库恢复后自动补上。",
        "The second copy waits: the record itself cannot be read ({why}). When the database is back it catches up.",
    )


class MirrorFull(MirrorTrouble):
    says = Text(
        "第二份副本暂停:{path} 所在磁盘已满。会议照常进行;腾出空间后自动补上。",
        "The second copy waits: the disk of {path} is full. The session goes on; make room and it catches up.",
    )


class MirrorReadOnly(MirrorTrouble):
    says = Text(
        "第二份副本暂停:{path} 只读,不能写入。会议照常进行;请解除写保护或换一个位置。",
        "The second copy waits: {path} is read-only. The session goes on; lift the protection or choose another place.",
    )


class MirrorRefused(MirrorTrouble):
    """Base of what makes a place unfit for this record: nothing is written there."""

    refused = True


class MirrorPlaceWrong(MirrorRefused):
    """What stands in the folder is somebody else's, or cannot be recognised."""

    says = Text("第二份副本的位置不合适:{told}", "The place of the second copy does not fit: {told}")


class MirrorInside(MirrorRefused):
    says = Text(
        "第二份副本不能放在数据目录 {folder} 之内或与其相同({path})。请指定另一个磁盘或优盘上的目录。",
        "A second copy cannot be inside the data folder {folder}, or be that folder ({path}). Name one on another disk or stick.",
    )


class MirrorIsDataFolder(MirrorRefused):
    says = Text(
        "{path} 本身是一个数据目录,不是第二份副本,未作任何改动。请为第二份副本另指定一个空目录。",
        "{path} is a data folder itself, not a second copy; nothing in it was changed. Name an empty folder for the copy.",
    )


class MirrorOfOtherKind(MirrorRefused):
    says = Text(
        "{path} 是{found}的第二份副本,不能用于{wanted},未作任何改动。请另指定一个空目录。",
        "{path} is the second copy of {found}, not for {wanted}; nothing in it was changed. Name an empty folder.",
    )


class MirrorOfAnother(MirrorRefused):
    says = Text(
        "{path} 是另一份记录的第二份副本,未作任何改动。请另指定一个空目录。",
        "{path} is the second copy of another record; nothing in it was changed. Name an empty folder.",
    )


class MirrorParted(MirrorRefused):
    """The same record went on in two places from one head."""

    says = Text(
        "{path} 与本机记录自第 {position} 条起不同:同一份记录在两处各自继续过。两处均未改动。请停下,核对哪一份为准"
        "(以签字会议记录所载的记录头为据),另一份所缺的行为以补录方式记入。",
        "{path} and the record here differ from entry {position} on: one record has gone on in two places. Neither was changed. "
        "Stop, find out which one counts (by the head in the signed minutes), and enter in it late what only the other has.",
    )


class MirrorAhead(MirrorRefused):
    """Somebody worked on it elsewhere, from this very copy."""

    says = Text(
        "{path} 比本机记录新:它有 {found} 条,本机只有 {here} 条,说明工作已在别处继续。未作任何改动。"
        "请到那台机器上继续,或先恢复:yishi restore {path} --data 新目录。",
        "{path} is ahead of the record here: {found} entries against {here}, so somebody has gone on elsewhere. Nothing was "
        "changed. Go on there, or restore it first: yishi restore {path} --data NEW.",
    )


class MirrorDamaged(MirrorRefused):
    says = Text(
        "{path} 中的第二份副本已损坏({why}),未再写入。本机记录不受影响。请换一个空目录或新优盘重新建立。",
        "The second copy in {path} is damaged ({why}) and is not written to any more. The record here is whole. "
        "Take an empty folder or a new stick.",
    )


class MirrorNewer(MirrorRefused):
    says = Text(
        "{path} 中的第二份副本由更新的版本写入(格式 {found},本程序只认到 {known})。请升级,或换一个空目录。",
        "The second copy in {path} was written by a newer version (format {found}; this one knows {known}). "
        "Upgrade, or take an empty folder.",
    )


_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def trouble_of(wrong: BaseException, path: object) -> MirrorTrouble:
    """What an error met at the copy's place means to people."""
    if isinstance(wrong, MirrorTrouble):
        return wrong
    if isinstance(wrong, sqlite3.Error):
        match getattr(wrong, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_FULL:
                return MirrorFull(path=path)
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
                return MirrorReadOnly(path=path)
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                return MirrorDamaged(path=path, why=wrong)
    if isinstance(wrong, OSError):
        if wrong.errno in _FULL:
            return MirrorFull(path=path)
        if wrong.errno in _READ_ONLY:
            return MirrorReadOnly(path=path)
    elif isinstance(wrong, (LedgerError, *STORE_FAULTS)) and not isinstance(wrong, sqlite3.Error):
        return OriginalAway(why=wrong)
    return MirrorAway(path=path, why=wrong)
