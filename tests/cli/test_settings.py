"""`yishi settings`, and the settings file as every command heeds it."""

import json
from pathlib import Path

from tests.cli.shell import refused, yishi
from tests.engine.house import SMALL


def office(folder: Path, text: str) -> Path:
    file = folder / "office.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_it_tells_each_setting_and_where_it_comes_from_and_no_password(tmp_path: Path) -> None:
    file = office(tmp_path, 'folder = "data"\nledger = "postgresql://works:geheim@db.example/yishi"\n')
    told = yishi("--settings", file, "settings", "--lang", "en", YISHI_PORT="7301", COLUMNS="300")
    assert told.code == 0, told.said
    assert "7301" in told.out and "YISHI_PORT" in told.out
    found = json.loads(yishi("settings", "--json", YISHI_SETTINGS=str(file), YISHI_PORT="7301", YISHI_PROT="1").out)
    assert found["file"] == str(file)
    assert found["settings"]["folder"] == {"value": str(tmp_path / "data"), "from": "file", "where": f"{file}:1"}
    assert found["settings"]["port"] == {"value": 7301, "from": "environment", "where": "YISHI_PORT"}
    assert found["settings"]["ledger"]["value"] == "postgresql://works:…@db.example/yishi"
    assert found["unknown_variables"] == {"YISHI_PROT": "YISHI_PORT"}
    assert "geheim" not in told.said


def test_what_is_wrong_is_told_at_once_and_in_the_language_asked_for(tmp_path: Path) -> None:
    file = office(tmp_path, "port = 0\ncolour = 1\n")
    refused("settings", zh="没有这一项", en="there is no such setting", YISHI_SETTINGS=str(file))
    told = yishi(
        "serve",
        "--data",
        tmp_path / "data",
        "--lang",
        "en",
        YISHI_SETTINGS=str(file),
        YISHI_DOOR_PORT="x",
        COLUMNS="300",
    )
    assert told.code == 2
    assert all(each in told.err for each in ("port = 0", "colour", "door_port = 'x'", "office.toml:2"))
    assert not (tmp_path / "data").exists()


def test_a_language_that_there_is_not_hides_nothing_else_that_is_wrong(tmp_path: Path) -> None:
    told = yishi("status", YISHI_LANG="fr", YISHI_DOOR_PORT="x", COLUMNS="300")
    assert told.code == 2
    assert all(each in told.err for each in ("lang = 'fr'", "YISHI_LANG", "door_port = 'x'", "应为"))


def test_yes_is_no_port(tmp_path: Path) -> None:
    told = yishi("settings", YISHI_SETTINGS=str(office(tmp_path, "door_port = true\n")), COLUMNS="300")
    assert told.code == 2 and "office.toml:1" in told.err


def test_a_command_that_reads_finds_the_folder_and_the_language_by_the_file_and_an_argument_wins(
    tmp_path: Path,
) -> None:
    rehearsed = yishi("rehearse", SMALL, "--data", tmp_path / "data")
    assert rehearsed.code == 0, rehearsed.said
    file = office(tmp_path, 'folder = "data"\nlang = "en"\n')
    told = yishi("--settings", file, "history")
    assert told.code == 0 and "Open the matter" in told.out, told.said
    assert yishi("--settings", file, "history", "--lang", "zh").out != told.out
    assert yishi("--settings", file, "history", "--data", tmp_path / "empty").code == 2
    elsewhere = yishi("history", YISHI_SETTINGS=str(file), YISHI_FOLDER=str(tmp_path / "empty"))
    assert elsewhere.code == 2


def test_a_broken_file_stops_each_command_with_the_line_and_no_traceback(tmp_path: Path) -> None:
    file = office(tmp_path, "folder = \n")
    told = yishi("status", YISHI_SETTINGS=str(file), COLUMNS="300")
    assert told.code == 2 and "office.toml" in told.err and "line 1" in told.err
    absent = yishi("--settings", tmp_path / "absent.toml", "verify", COLUMNS="300")
    assert absent.code == 2 and "absent.toml" in absent.err
