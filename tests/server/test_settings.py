"""Settings: the environment, arguments over it, and errors that name what is wrong."""

from pathlib import Path

import pytest

from yishi.settings import (
    WORDS,
    NoSuchBinary,
    Settings,
    SettingsFileMissing,
    SettingsFileUnreadable,
    SettingsWrong,
    unknown_variables,
)


def test_with_nothing_said_we_run_our_own_server_on_any_port_and_speak_chinese() -> None:
    settings = Settings.read({})
    assert (settings.temporal_address, settings.port, settings.lang) == (None, None, "zh")
    assert settings.folder.is_absolute()


def test_an_argument_wins_over_the_environment_and_none_is_no_argument() -> None:
    environment = {"YISHI_PORT": "7301", "YISHI_LANG": "en", "YISHI_NAMESPACE": "", "PORT": "1"}
    settings = Settings.read(environment, port=7302, lang=None)
    assert (settings.port, settings.lang, settings.namespace) == (7302, "en", "default")


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "0"), ("PORT", "x"), ("LANG", "fr"), ("TEMPORAL_ADDRESS", "host")]
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsWrong) as told:
        Settings.read({f"YISHI_{name}": value})
    for said in told.value.text:
        assert f"{name.lower()} = {value!r}" in said
        assert f"YISHI_{name}" in said


def test_an_unknown_argument_is_refused() -> None:
    with pytest.raises(SettingsWrong):
        Settings.read({}, colour="red")


def test_the_program_installed_with_us_is_found(tmp_path: Path) -> None:
    assert Settings.read({}).binary().is_file()


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    with pytest.raises(NoSuchBinary) as told:
        Settings.read({"YISHI_TEMPORAL_BINARY": str(absent)}).binary()
    assert str(absent) in told.value.text.zh


def written(folder: Path, text: str) -> dict[str, str]:
    (folder / "office.toml").write_text(text, encoding="utf-8")
    return {"YISHI_SETTINGS": str(folder / "office.toml")}


def test_the_environment_wins_over_the_file_and_an_argument_over_both(tmp_path: Path) -> None:
    file = written(tmp_path, 'namespace = "file"\nport = 7301\ndoor_port = 7401\nlang = "en"\n')
    found = Settings.chosen(file | {"YISHI_PORT": "7302", "YISHI_DOOR_PORT": "7402"}, door_port=7403)
    settings = found.settings
    assert (settings.namespace, settings.port, settings.door_port, settings.lang) == ("file", 7302, 7403, "en")
    kinds = {name: found.sources[name].kind for name in ("namespace", "port", "door_port", "mirror")}
    assert kinds == {"namespace": "file", "port": "environment", "door_port": "argument", "mirror": "default"}
    assert found.sources["namespace"].where == f"{tmp_path / 'office.toml'}:1"


def test_a_folder_in_the_file_is_beside_the_file_wherever_the_program_is_started(tmp_path: Path) -> None:
    settings = Settings.read(written(tmp_path, 'folder = "data"\nmirror = "/mnt/stick"\n'))
    assert (settings.folder, settings.mirror) == (tmp_path / "data", Path("/mnt/stick"))


def test_all_that_is_wrong_is_named_at_once_with_where_it_stands_and_no_secret(tmp_path: Path) -> None:
    file = written(tmp_path, 'lang = "fr"\n\nledgr = "x"\ntoken = "offen"\nledger = "mysql://a:geheim@h/b"\n')
    with pytest.raises(SettingsWrong) as told:
        Settings.read(file | {"YISHI_PORT": "70000"})
    for said in told.value.text:
        for each in ("office.toml:1", "office.toml:3", "office.toml:4", "office.toml:5", "YISHI_PORT", "70000", "'fr'"):
            assert each in said, said
        assert said.count("\n- ") == 5
        assert "offen" not in said and "geheim" not in said and "mysql" not in said


@pytest.mark.parametrize("text", ["lang = ", "= 1", 'lang = "zh"\nlang = "en"', "\x00"])
def test_a_file_that_is_no_toml_is_named_with_the_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsFileUnreadable) as told:
        Settings.read(written(tmp_path, text))
    assert "office.toml" in told.value.text.en and "line" in told.value.text.en


def test_a_file_that_was_named_and_is_not_there_is_no_empty_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsFileMissing):
        Settings.read({"YISHI_SETTINGS": str(tmp_path / "absent.toml")})


def test_every_setting_says_in_words_what_it_is() -> None:
    assert set(WORDS) == set(Settings.model_fields)


def test_a_variable_that_is_no_setting_is_seen_with_what_may_have_been_meant() -> None:
    environment = {"YISHI_LEGDER": "x", "YISHI_LEDGER": "x", "YISHI_TOKEN": "x", "YISHI_ZZZZZZZZ": "x", "HOME": "x"}
    assert unknown_variables(environment, Settings.model_fields) == {
        "YISHI_LEGDER": "YISHI_LEDGER",
        "YISHI_ZZZZZZZZ": None,
    }
