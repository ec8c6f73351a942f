"""The door for programs: a small HTTP service on 127.0.0.1, in the engine's own process."""
