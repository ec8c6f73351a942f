"""Reminders and escalations leave the record for those they are meant for: as files in the folder, and by mail."""
