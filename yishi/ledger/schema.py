"""The tables of `ledger.db`. The record can only be added to; the store itself refuses the rest, in both languages."""

FORMAT = 1  # PRAGMA user_version
APPLICATION = 0x59534C47  # PRAGMA application_id: "YSLG", so that a stray file is not taken for a ledger

_TABLES = (
    """CREATE TABLE stored_events (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        originator_id TEXT NOT NULL,
        originator_version INTEGER NOT NULL,
        topic TEXT NOT NULL,
        state BLOB NOT NULL,
        leaf BLOB NOT NULL,
        UNIQUE (originator_id, originator_version)
    )""",
    """CREATE TABLE commits (
        last_position INTEGER PRIMARY KEY,
        first_position INTEGER NOT NULL,
        root BLOB NOT NULL
    )""",
    """CREATE TABLE commands (
        command_id TEXT PRIMARY KEY,
        request_sha256 TEXT NOT NULL,
        answer BLOB NOT NULL,
        position INTEGER
    ) WITHOUT ROWID""",
    """CREATE TABLE attendance (
        session TEXT NOT NULL,
        sitting TEXT NOT NULL,
        deputy TEXT NOT NULL,
        present INTEGER NOT NULL,
        PRIMARY KEY (session, sitting, deputy)
    ) WITHOUT ROWID""",
    "CREATE INDEX attendance_counted ON attendance (session, sitting, present)",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

_KEPT = ("stored_events", "commits", "commands", "meta")


def _refused(table: str, act: str) -> str:
    zh = {"UPDATE": "修改", "DELETE": "删除"}[act]
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, "
        f"'全程记录只能增加,不能{zh} ({table}) / the ledger only grows: {act} on {table} is refused'); END"
    )


_GUARDS = (
    *(_refused(table, act) for table in _KEPT for act in ("UPDATE", "DELETE")),
    # INSERT OR REPLACE would delete the row in its way without waking a DELETE trigger: so a row in the way is refused here.
    """CREATE TRIGGER stored_events_in_order BEFORE INSERT ON stored_events
    WHEN NEW.position <> (SELECT COALESCE(MAX(position), 0) + 1 FROM stored_events)
      OR NEW.originator_version <> (SELECT COALESCE(MAX(originator_version), 0) + 1 FROM stored_events
                                    WHERE originator_id = NEW.originator_id)
    BEGIN SELECT RAISE(ABORT, '全程记录的序号必须连续 / positions and versions follow on without a gap'); END""",
    """CREATE TRIGGER commits_in_order BEFORE INSERT ON commits
    WHEN NEW.last_position <= (SELECT COALESCE(MAX(last_position), 0) FROM commits)
    BEGIN SELECT RAISE(ABORT, '根值必须依次写入 / roots of the ledger follow on in order'); END""",
    """CREATE TRIGGER commands_once BEFORE INSERT ON commands
    WHEN EXISTS (SELECT 1 FROM commands WHERE command_id = NEW.command_id)
    BEGIN SELECT RAISE(ABORT, '命令编号只能用一次 / a command id is answered once'); END""",
)

CREATE = (*_TABLES, *_GUARDS, f"PRAGMA application_id = {APPLICATION}", f"PRAGMA user_version = {FORMAT}")
TRIGGERS = {statement.split()[2]: statement for statement in _GUARDS}
