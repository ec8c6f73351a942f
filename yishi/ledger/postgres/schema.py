"""The tables in PostgreSQL: those of `ledger.db`, and a turn to take. The record can only be added to, through one function.

The run-time role may read, and call `append`; it has no right to insert, change or delete anything itself. Triggers refuse changes to
the tables' owner as well.
"""

from typing import NamedTuple

FORMAT = 1
"""The newest step below. A program works with this one only: migrating is a command of its own."""

_TABLES = """
CREATE TABLE {s}.stored_events (
    position bigint PRIMARY KEY CHECK (position > 0),
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text COLLATE "C" NOT NULL,
    state bytea NOT NULL,
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    UNIQUE (originator_id, originator_version)
);
CREATE TABLE {s}.commits (
    last_position bigint PRIMARY KEY,
    first_position bigint NOT NULL CHECK (first_position BETWEEN 1 AND last_position),
    root bytea NOT NULL CHECK (octet_length(root) = 32)
);
CREATE TABLE {s}.commands (
    command_id text COLLATE "C" PRIMARY KEY,
    request_sha256 text COLLATE "C" NOT NULL,
    answer bytea NOT NULL,
    position bigint
);
CREATE INDEX commands_by_position ON {s}.commands (position);
CREATE TABLE {s}.attendance (
    session text COLLATE "C" NOT NULL,
    sitting text COLLATE "C" NOT NULL,
    deputy text COLLATE "C" NOT NULL,
    present bigint NOT NULL,
    PRIMARY KEY (session, sitting, deputy)
);
CREATE INDEX attendance_counted ON {s}.attendance (session, sitting, present);
CREATE TABLE {s}.meta (key text COLLATE "C" PRIMARY KEY, value text NOT NULL);
INSERT INTO {s}.meta VALUES ('id', gen_random_uuid()::text);

-- Where the tree stood now and then (size, and its peaks one after another), so that a new writer need not read all leaves.
CREATE TABLE {s}.frontiers (size bigint PRIMARY KEY, peaks bytea NOT NULL);
-- The sizes that were ever given out, apart from the tables that somebody would cut off who cuts off the end.
CREATE TABLE {s}.issued (size bigint NOT NULL);
-- Holds nothing. Whoever has it locked writes next. It is not one of the tables above, for those are vacuumed and analysed, which
-- takes a lock that would stand in the way of every act for as long.
CREATE TABLE {s}.turn ();
"""

_KEPT = ("stored_events", "commits", "commands", "meta", "frontiers", "issued")
_ACTS = ("UPDATE", "DELETE", "TRUNCATE")

ONLY_GROWS = """
BEGIN
    RAISE EXCEPTION '全程记录只能增加,不能% (%) / the ledger only grows: % on % is refused',
        CASE TG_OP WHEN 'UPDATE' THEN '修改' WHEN 'DELETE' THEN '删除' ELSE '清空' END, TG_TABLE_NAME, TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
"""

IN_ORDER = """
BEGIN
    IF (NEW.position > 1 AND NOT EXISTS (SELECT FROM {s}.stored_events AS e WHERE e.position = NEW.position - 1))
       OR (NEW.originator_version > 1 AND NOT EXISTS (
            SELECT FROM {s}.stored_events AS e
            WHERE e.originator_id = NEW.originator_id AND e.originator_version = NEW.originator_version - 1))
    THEN
        RAISE EXCEPTION '全程记录的序号必须连续 / positions and versions follow on without a gap'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

# What it answers: the size after it; or, when others have written since, minus (the size they left it at) minus one; or nothing, when one
# of the commands was answered before. What it adds goes in as one statement: each one more costs a third of a plain INSERT.
APPEND = """
DECLARE
    head bigint;
    known boolean;
    size bigint := expected + cardinality(streams);
    -- until the transaction ends; asked for here, for only a superuser may have a function set it by its declaration
    mark text := set_config('yishi.appending', 'on', true);
BEGIN
    IF cardinality(command_ids) > 0 THEN
        LOCK TABLE {s}.turn IN EXCLUSIVE MODE;
    END IF;
    -- this sees what was committed before the turn came
    SELECT coalesce((SELECT c.last_position FROM {s}.commits AS c ORDER BY c.last_position DESC LIMIT 1), 0),
           EXISTS (SELECT FROM {s}.commands AS c WHERE c.command_id = ANY (asked))
        INTO head, known;
    IF known THEN
        RETURN NULL;
    ELSIF head <> expected THEN
        RETURN -1 - head;
    ELSIF size > expected THEN
        WITH events AS (
            INSERT INTO {s}.stored_events
            SELECT expected + e.n, e.stream, e.version, e.topic, e.state, e.leaf
            FROM unnest(streams, versions, topics, states, leaves) WITH ORDINALITY AS e (stream, version, topic, state, leaf, n)
        ), committed AS (
            INSERT INTO {s}.commits VALUES (size, expected + 1, root)
        ), given_out AS (
            INSERT INTO {s}.issued VALUES (size)
        )
        INSERT INTO {s}.commands SELECT * FROM unnest(command_ids, requests, answers, positions);
        PERFORM pg_notify('{channel}', size::text);
    ELSIF cardinality(command_ids) > 0 THEN
        INSERT INTO {s}.commands SELECT * FROM unnest(command_ids, requests, answers, positions);
    END IF;
    IF peaks IS NOT NULL THEN
        INSERT INTO {s}.frontiers VALUES (size, peaks);
    END IF;
    IF cardinality(sessions) > 0 THEN
        INSERT INTO {s}.attendance SELECT * FROM unnest(sessions, sittings, deputies, presents)
            ON CONFLICT (session, sitting, deputy) DO UPDATE SET present = excluded.present;
    END IF;
    RETURN size;
END
"""

HOLD = "BEGIN LOCK TABLE {s}.turn IN EXCLUSIVE MODE; END"

BORN = """
BEGIN
    INSERT INTO {s}.meta VALUES ('kind', coalesce(wanted, 'live')) ON CONFLICT DO NOTHING;
    RETURN (SELECT value FROM {s}.meta WHERE key = 'kind');
END
"""

_SIGNATURE = """(
    expected bigint, asked text[],
    streams text[], versions bigint[], topics text[], states bytea[], leaves bytea[], root bytea, peaks bytea,
    command_ids text[], requests text[], answers bytea[], positions bigint[],
    sessions text[], sittings text[], deputies text[], presents bigint[]) RETURNS bigint"""

_AS_OWNER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS"


class Guard(NamedTuple):
    """A trigger by which the store itself refuses what must not be done.

    `type`: as `pg_trigger.tgtype` has it. `when`: its condition, as the store tells it.
    """

    name: str
    table: str
    function: str
    type: int
    when: str | None = None


_BEFORE_STATEMENT = {"UPDATE": 2 + 16, "DELETE": 2 + 8, "TRUNCATE": 2 + 32}
_BEFORE_EACH_INSERT = 1 + 2 + 4
_BY_HAND = "(current_setting('yishi.appending'::text, true) IS DISTINCT FROM 'on'::text)"
"""`append` counts by itself; whoever inserts by hand is checked row by row."""
GUARDS = (
    *(Guard(f"{t}_no_{a.lower()}", t, "only_grows", _BEFORE_STATEMENT[a]) for t in _KEPT for a in _ACTS),
    Guard("stored_events_in_order", "stored_events", "in_order", _BEFORE_EACH_INSERT, _BY_HAND),
)
FUNCTIONS = {"only_grows": ONLY_GROWS, "in_order": IN_ORDER, "append": APPEND, "hold": HOLD, "born": BORN}


def source_of(function: str, schema: str) -> str:
    """The body of one of our functions, as the store must have it."""
    return FUNCTIONS[function].replace("{s}", schema).replace("{channel}", f"yishi_{schema}")


def _first_step(schema: str) -> str:
    def body(function: str) -> str:
        return f"$yishi${source_of(function, schema)}$yishi$"

    triggers = [
        f"CREATE TRIGGER {t}_no_{a.lower()} BEFORE {a} ON {schema}.{t} EXECUTE FUNCTION {schema}.only_grows()"
        for t in _KEPT
        for a in _ACTS
    ]
    triggers.append(
        f"CREATE TRIGGER stored_events_in_order BEFORE INSERT ON {schema}.stored_events"
        f" FOR EACH ROW WHEN {_BY_HAND} EXECUTE FUNCTION {schema}.in_order()"
    )
    always = [f"ALTER TABLE {schema}.{g.table} ENABLE ALWAYS TRIGGER {g.name}" for g in GUARDS]
    return ";\n".join(
        [
            _TABLES.replace("{s}", schema).strip().removesuffix(";"),
            f"CREATE FUNCTION {schema}.only_grows() RETURNS trigger LANGUAGE plpgsql AS {body('only_grows')}",
            f"CREATE FUNCTION {schema}.in_order() RETURNS trigger LANGUAGE plpgsql AS {body('in_order')}",
            f"CREATE FUNCTION {schema}.append{_SIGNATURE} {_AS_OWNER} {body('append')}",
            f"CREATE FUNCTION {schema}.hold() RETURNS void {_AS_OWNER} {body('hold')}",
            f"CREATE FUNCTION {schema}.born(wanted text) RETURNS text {_AS_OWNER} {body('born')}",
            *triggers,
            *always,
        ]
    )


STEPS = {1: _first_step}
"""What leads from one format to the next: format → its statements for a schema."""

CALLABLE = ("append", "hold", "born")


def rights(schema: str, role: str) -> str:
    """What a role needs that works: to read everything, and to call what adds to it. `role`: quoted."""
    calls = "".join(f"GRANT EXECUTE ON FUNCTION {schema}.{name} TO {role};" for name in CALLABLE)
    return f"GRANT USAGE ON SCHEMA {schema} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}; {calls}"


def closed_to_all(schema: str) -> str:
    """Nobody has any right by merely being there."""
    return (
        f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC; REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC;"
        f" REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC;"
    )
