"""What an office may choose: by arguments, by `YISHI_…` in the environment, in a file `yishi.toml`; and where each choice came from."""

from yishi.settings.binary import NoBinaryInstalled, NoSuchBinary
from yishi.settings.file import FILE_VARIABLE, SettingsFileMissing, SettingsFileUnreadable, file_of, in_file
from yishi.settings.settings import Settings, SettingsWrong
from yishi.settings.sources import PREFIX, Chosen, Source, hidden, unknown_variables
from yishi.settings.words import WORDS

__all__ = [
    "FILE_VARIABLE",
    "PREFIX",
    "WORDS",
    "Chosen",
    "NoBinaryInstalled",
    "NoSuchBinary",
    "Settings",
    "SettingsFileMissing",
    "SettingsFileUnreadable",
    "SettingsWrong",
    "Source",
    "file_of",
    "hidden",
    "in_file",
    "unknown_variables",
]
