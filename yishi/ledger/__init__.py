"""The record: events as canonical bytes, each a leaf of one Merkle log, kept in SQLite by one writing thread.

Start at `ledger.Ledger` (writes), `reader.LedgerReader` (reads, from any process) and `verify.verify` (proves).
The `eventsourcing` library is imported here and nowhere else.
"""
