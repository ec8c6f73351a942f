"""What is read from the ledger, followed event by event: never a second truth."""
