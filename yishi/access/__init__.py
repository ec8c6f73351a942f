"""Tokens and what they stand for: who comes in at the door, what they may do and read there, how often, and what is kept of attempts."""
