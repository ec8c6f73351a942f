"""The scrutineers' own program: makes a box's keys, wakes the box after a restart, opens it. The service never sees what is done here."""
