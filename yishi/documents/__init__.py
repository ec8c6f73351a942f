"""The papers of a session (.docx), made from the ledger and from templates that a clerk can edit, also while nothing runs."""
