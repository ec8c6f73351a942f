"""Settings: the environment, arguments over it, and errors that name what is wrong."""

from pathlib import Path

import pytest

from yishi.settings import NoSuchBinary, Settings, SettingsWrong


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
        assert name.lower() in said
        assert repr(value) in said


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
