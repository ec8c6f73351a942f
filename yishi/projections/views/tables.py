"""The tables of `views.db`. They hold ids of people and never names, and nothing that the record does not say."""

from yishi.projections import documents

TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sessions (stream TEXT PRIMARY KEY, registered INTEGER NOT NULL, procedure TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE matters (
        stream TEXT PRIMARY KEY,
        session TEXT NOT NULL,
        opened INTEGER NOT NULL,  -- position of its first entry
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        unit TEXT NOT NULL,
        co_units TEXT NOT NULL,  -- names, as JSON
        deputies TEXT NOT NULL,  -- ids, as JSON
        stands TEXT NOT NULL,
        round INTEGER NOT NULL,
        over INTEGER NOT NULL,
        waits_for TEXT NOT NULL,
        since TEXT  -- since when it stands where it does
    ) WITHOUT ROWID""",
    """CREATE TABLE terms (
        last_day TEXT NOT NULL,
        stream TEXT NOT NULL,
        clock TEXT NOT NULL,
        state TEXT NOT NULL,
        subject TEXT NOT NULL,
        started TEXT NOT NULL,
        basis INTEGER NOT NULL,
        waits_for TEXT NOT NULL,
        met_by TEXT NOT NULL,
        provisional INTEGER NOT NULL,
        PRIMARY KEY (last_day, stream, clock)
    ) WITHOUT ROWID""",
    "CREATE INDEX terms_of ON terms (stream, waits_for, state)",
    "CREATE TABLE bases (id INTEGER PRIMARY KEY, told TEXT NOT NULL UNIQUE)",
    """CREATE TABLE cases (
        session TEXT NOT NULL,
        number TEXT NOT NULL,
        nth INTEGER NOT NULL,  -- position of the entry by which it was filed or begun
        first_day INTEGER NOT NULL,  -- the days on which this is so: from here (date.toordinal) ...
        until_day INTEGER NOT NULL,  -- ... and not on this one any more
        subject TEXT NOT NULL,
        unit TEXT NOT NULL,
        deputies TEXT NOT NULL,
        marks INTEGER NOT NULL,
        days INTEGER,  -- of the one mark that has a number of days
        positions TEXT NOT NULL,  -- of each mark, as JSON
        PRIMARY KEY (session, number, first_day)
    ) WITHOUT ROWID""",
    "CREATE INDEX cases_on ON cases (first_day, until_day, session, marks, days)",
    # A few hundred ways in which thousands of cases stand: the marks without their positions.
    "CREATE TABLE marks (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, marks TEXT NOT NULL, UNIQUE (kind, marks))",
    *documents.TABLES,
)
