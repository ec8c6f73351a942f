"""What the world outside is told of the record: an event as programs get it, and who may hear which."""
