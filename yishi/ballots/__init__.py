"""Electronic ballot boxes while the service keeps them: sealed ballots beside the record, never in it (docs/adr/0017)."""
