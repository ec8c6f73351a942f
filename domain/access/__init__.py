"""Who may do what: roles as one table, tokens and keys as a register, and what an actor signs."""
