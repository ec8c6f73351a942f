"""A session to try programs on (沙盒): marked as a rehearsal for ever, on a folder of its own, behind a door like that of real work."""
