"""The law on file, read once in the process that others are forked from (`tests.forking`)."""

from yishi.law import LawLibrary

LawLibrary(None).newest()
