"""Rehearsing a plan against the law (演练): the lawful course of a plan, the player of a script, the report of a rehearsal."""
