"""The ledger in PostgreSQL: the same rows, hashes and roots as in SQLite, written by many processes at once.

Start at `store.PostgresStore` (reads) and `writer.PostgresWriter` (writes). `psycopg` is imported here and nowhere else, and only once a
folder's ledger is kept there.
"""
