"""Taking in what others kept: a sheet of suggestions (台账) becomes acts, judged all together before any is sent."""
