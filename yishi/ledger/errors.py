"""What can go wrong with the record itself, said in both languages. None of these is a refusal: nothing was decided."""

from typing import ClassVar

from domain.text import Lang, Text


class LedgerError(Exception):
    """Base of all errors of the record. `says` holds `{named}` places, filled from `figures`."""

    says: ClassVar[Text] = Text("全程记录出错:{detail}", "the ledger failed: {detail}")

    def __init__(self, **figures: object) -> None:
        self.figures = figures
        text = self.says.filled(**figures)
        super().__init__(f"{text.zh} / {text.en}")

    def to(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.says.filled(**self.figures).to(lang)


class CommandIdReused(LedgerError):
    """The same command id came with another request. Nothing was stored."""

    says = Text(
        "命令编号 {command_id} 已用于另一项请求", "command id {command_id} was already used for another request"
    )


class StaleVersion(LedgerError):
    """The sender wanted the act judged on what he had seen, and the stream has gone on since. Nothing was stored."""

    says = Text(
        "{stream} 已有新的记录:现为第 {found} 条,您所见的不是这一条。未作记录;请重新查阅后再决定",
        "{stream} has gone on: it stands at version {found}, which is not what you have seen. Nothing was recorded; look again, then decide",
    )


class SignatureLacking(LedgerError):
    """When an act's turn came it had not the signature that it owes, or not one that holds. Nothing was stored, the id is not spent."""

    says = Text("{why}", "{why}")
    word: ClassVar[str]


class NotSigned(SignatureLacking):
    """It is the act of somebody who signs their own."""

    word = "unsigned"


class KeyNotTheirs(SignatureLacking):
    """The key does not stand in the register, or is somebody else's."""

    word = "key"


class SignedTooLate(SignatureLacking):
    """The deadline that the signer gave has passed."""

    word = "deadline"


LACKING = {kind.word: kind for kind in (NotSigned, KeyNotTheirs, SignedTooLate)}


class BadSubmission(LedgerError):
    """No such act, wrong fields, or a stream that does not fit the act. Nothing was stored, the id is not spent."""

    says = Text("提交内容有误({act}):{detail}", "the submission is not well formed ({act}): {detail}")


class NoDecider(LedgerError):
    """Nobody was handed in who judges or folds this kind of stream."""

    says = Text(
        "没有处理“{kind}”类事项的规则({stream})", "nothing here decides about streams of kind {kind!r} ({stream})"
    )


class NotCanonical(LedgerError):
    """A value has no canonical JSON form (RFC 8785): NaN, a lone surrogate, a whole number beyond 2^53 - 1."""

    says = Text(
        "内容不能写成规范 JSON:{detail}(整数不得超过 2^53-1,编号请用文字)",
        "no canonical JSON form: {detail} (whole numbers end at 2^53-1; write ids as text)",
    )


class UnknownEvent(LedgerError):
    """A stored name for which this program has neither an event class nor an upcast."""

    says = Text(
        "不认识的事件“{name}”({stream} 第 {version} 条):可能由更新的版本写入",
        "unknown event {name!r} ({stream}, version {version}): perhaps written by a newer program",
    )


class UnreadableEvent(LedgerError):
    """Stored bytes that are not the event they say they are: a field missing, unknown, or unlike its column."""

    says = Text(
        "事件读不出来({stream} 第 {version} 条,{name}):{detail}",
        "stored event cannot be read ({stream}, version {version}, {name}): {detail}",
    )


class LedgerTooNew(LedgerError):
    """The folder was written by a newer program; opening it with this one could harm it."""

    says = Text(
        "此文件夹由更新的版本写入(格式 {found},本程序只认到 {known}),请升级后再打开",
        "this folder was written by a newer program (format {found}, this one knows up to {known}); upgrade to open it",
    )


class NotALedger(LedgerError):
    """No ledger where one was looked for."""

    says = Text("这里没有全程记录:{detail}", "there is no ledger here: {detail}")


class LedgerOfOtherKind(LedgerError):
    """A rehearsal's ledger is one for ever, and so is a live one."""

    says = Text(
        "此全程记录是“{found}”,不能当作“{wanted}”打开",
        "this ledger is marked {found!r} for ever and cannot be opened as {wanted!r}",
    )


class LedgerInUse(LedgerError):
    """Another process writes to this folder."""

    says = Text("另一程序正在写此全程记录:{folder}", "another process is writing to this ledger: {folder}")


class LedgerDamaged(LedgerError):
    """What is stored does not come to the root that was stored with it. Nothing more is written on top of it."""

    says = Text("全程记录与其根值不符:{detail},请运行核查", "the ledger does not match its root: {detail}; run verify")


class ClockBehind(LedgerError):
    """The machine's clock says an earlier time than the newest record bears. Nothing of the act was stored."""

    says = Text(
        "电脑时钟为 {now},早于最后一条记录的时间 {last},未保存任何内容。请校准时钟后重新提交;"
        "如果时钟无误而记录的时间有误,请停止后以 --clock-is-right 启动",
        "this computer's clock says {now}, earlier than the last record ({last}); nothing was stored. Set the clock right and "
        "send it again; if the clock is right and that record was not, stop and start with --clock-is-right",
    )


class ClockJumped(LedgerError):
    """The machine's clock was set far forward while the program ran. Nothing was stored, nor missed."""

    says = Text(
        "电脑时钟被拨到 {now},按实际经过的时间应为 {expected},未保存任何内容,也未记任何逾期。请校准时钟后重新提交;"
        "如果现在的时钟无误,请停止后重新启动",
        "this computer's clock was set to {now}; by the time that really passed it should say {expected}. Nothing was stored, and "
        "no deadline counted as missed. Set it right and send it again; if it is right now, stop and start again",
    )


class LedgerFull(LedgerError):
    """The disk (or its quota) is full. Nothing of the act was stored; send it again when there is room."""

    says = Text(
        "磁盘已满,未保存任何内容,腾出空间后请重新提交",
        "the disk is full; nothing was stored; send it again when there is room",
    )


class LedgerUnavailable(LedgerError):
    """The store did not take it: I/O error, locked, damaged. Nothing of the act was stored."""

    says = Text("暂时无法保存,未保存任何内容:{detail}", "the ledger could not store it, nothing was stored: {detail}")


class DatabaseNotReached(LedgerUnavailable):
    """No connection is made to the database that has the record: it is away, or does not let us in."""

    says = Text(
        "连不上保存记录的数据库,未作任何改动({detail})。请确认数据库正在运行,YISHI_LEDGER(迁移时还有 YISHI_LEDGER_OWNER)中的"
        "主机、端口、库名、角色和口令无误",
        "the database with the record is not reached, nothing was changed ({detail}). See that it runs, and that host, port, database, role and"
        " password in YISHI_LEDGER, to migrate also in YISHI_LEDGER_OWNER, are right",
    )


class LedgerClosed(LedgerError):
    """The ledger was closed in order; nothing more is taken."""

    says = Text("全程记录已关闭", "the ledger is closed")


class EvidenceTooLarge(LedgerError):
    """A file beyond the limit."""

    says = Text(
        "佐证材料过大:{size} 字节,上限 {limit} 字节", "the file is too large: {size} bytes, the limit is {limit}"
    )


class NoSuchFile(LedgerError):
    """There is no file to keep as evidence."""

    says = Text("找不到文件:{detail}", "no such file: {detail}")


class LedgerAddressWrong(LedgerError):
    """The setting names no PostgreSQL ledger."""

    says = Text(
        "全程记录的地址 {address} 有误,应为 postgresql://用户@主机/数据库(YISHI_LEDGER)",
        "{address} is no address of a ledger: it should be postgresql://user@host/database (YISHI_LEDGER)",
    )


class NotMigrated(NotALedger):
    """The database has no tables of ours. Workers never make them."""

    says = Text(
        "数据库 {address} 中还没有全程记录的表,请先由其所有者运行:yishi migrate",
        "the database {address} has no tables of a ledger yet: its owner first runs `yishi migrate`",
    )


class LedgerTooOld(LedgerError):
    """The database was made by an older program."""

    says = Text(
        "数据库 {address} 中全程记录的格式为 {found},本程序需要格式 {known},请先由其所有者运行:yishi migrate",
        "the ledger in {address} is of format {found}, this program needs {known}: its owner first runs `yishi migrate`",
    )


class LedgerNoRight(LedgerError):
    """The role that the address names may not do what a worker must."""

    says = Text(
        "数据库 {address} 不许角色 {role} 使用全程记录,请由其所有者运行:yishi migrate --role {role}",
        "the database {address} does not let the role {role} work with the ledger: its owner runs `yishi migrate --role {role}`",
    )


class LedgerHere(LedgerError):
    """The folder has its record in a file, and was asked to have it in a database."""

    says = Text(
        "目录 {folder} 的全程记录在 ledger.db 中,不能改用 {address}。要移入数据库,请停止引擎后运行:"
        "yishi migrate --move-in {folder};否则请去掉 YISHI_LEDGER",
        "the folder {folder} keeps its record in ledger.db and cannot use {address}. To move it there, stop the engine and run"
        " `yishi migrate --move-in {folder}`; or else unset YISHI_LEDGER",
    )


class AnotherLedger(LedgerError):
    """The database holds another record than the one this folder belongs to."""

    says = Text(
        "目录 {folder} 属于另一份全程记录,{address} 中的不是它。请改正 YISHI_LEDGER,或另指定目录",
        "the folder {folder} belongs to another record than the one in {address}. Correct YISHI_LEDGER, or name another folder",
    )


class AnotherFolder(LedgerError):
    """Several processes work on one record, and not all with the same folder: evidence, keys and law would part."""

    says = Text(
        "另有进程以不同的数据目录在使用 {address} 中的记录。同一记录的所有进程须共用同一目录(共享磁盘):佐证材料、姓名密钥、法规版本都在其中",
        "other processes work on the record in {address} with another data folder. All processes of one record share one folder, on a"
        " shared disk: evidence, the keys of names and the editions of the law are in it",
    )


class LedgerUncertain(LedgerUnavailable):
    """The connection broke while the store answered, and could not be made again: it may have taken the act, or not."""

    says = Text(
        "与数据库的连接在保存时中断,不能确定是否已经保存。请用同一命令编号重新提交:已保存的不会重复({detail})",
        "the connection to the database broke while it was stored, and nobody can say whether it was. Send it again under the same"
        " command id: what was stored is not stored twice ({detail})",
    )
