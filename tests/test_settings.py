"""Where greenroom's folder is, and what config.toml may say."""

from pathlib import Path

import pytest

from greenroom.errors import GreenroomError
from greenroom.settings import CONFIG_KEYS, home_folder, read_config


def refused(folder: Path, text: str) -> GreenroomError:
    (folder / "config.toml").write_text(text, "utf-8")
    with pytest.raises(GreenroomError) as caught:
        read_config(folder)
    return caught.value


def test_the_home_is_what_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENROOM_HOME", str(tmp_path / "a"))
    assert home_folder() == tmp_path / "a"

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GREENROOM_HOME", "~/b")
    assert home_folder() == tmp_path / "b"

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENROOM_HOME", "c")
    assert home_folder() == tmp_path / "c"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["", None])
def test_without_it_the_home_is_in_the_users_own_data(
    value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if value is None:
        monkeypatch.delenv("GREENROOM_HOME", raising=False)
    else:
        monkeypatch.setenv("GREENROOM_HOME", value)

    assert home_folder().name == "greenroom"
    assert tmp_path in home_folder().parents


def test_no_config_and_an_empty_one_say_nothing(tmp_path: Path) -> None:
    assert read_config(tmp_path) == {}
    (tmp_path / "config.toml").write_text("# nothing yet\n")
    assert read_config(tmp_path) == {}


def test_every_key_is_read_and_a_single_text_for_a_list_becomes_one(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        'pack = "general"\ncount = 3\nquestion = "conflict"\nmic = "Built-in, left"\nmic_pace = "real"\n'
        'speaker = "none"\nvoice = "system"\nmodel = "base"\npatience = 4\ncompany = "Acme"\nrole = "cook"\n'
        'from_debrief = "last"\nminutes = 15\nno_debrief = true\ntext = false\nplain = true\n'
        'discreet = true\ntrace = "trace.jsonl"\ndue = false\nfocus = "pace"\nmanner = "brisk"\n'
        "warm_up = true\nfollow_ups = false\ngrade = true\nquiet = false\n"
        "silent = true\ndress_rehearsal = false\n"
    )
    values = read_config(tmp_path)

    assert set(values) == set(CONFIG_KEYS)
    assert (values["mic"], values["question"]) == (["Built-in, left"], ["conflict"])
    assert (values["count"], values["patience"], values["no_debrief"]) == (3, 4, True)


@pytest.mark.parametrize("count", ["1", "100"])
@pytest.mark.parametrize("patience", ["0.5", "30", "2.5"])
def test_the_bounds_themselves_are_allowed(count: str, patience: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f"count = {count}\npatience = {patience}")

    assert read_config(tmp_path) == {"count": int(count), "patience": float(patience)}


@pytest.mark.parametrize(
    ("text", "line"),
    [("pace = 1", 1), ("\n\n  pace = 1", 3), ('"pace" = 1', 1), ("count = 3\n[pace]\nx = 1", 2)],
)
def test_an_unknown_key_is_told_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    error = refused(tmp_path, text)

    assert f"config.toml, line {line}: there is no setting “pace”" in error.message
    assert error.remedy


@pytest.mark.parametrize(
    ("key", "nearest"), [("modle", "model"), ("mic-pace", "mic_pace"), ("Count", "count")]
)
def test_the_nearest_name_is_given(key: str, nearest: str, tmp_path: Path) -> None:
    assert refused(tmp_path, f"{key} = 1").remedy == f"Did you mean {nearest}?"


@pytest.mark.parametrize("key", CONFIG_KEYS)
@pytest.mark.parametrize("value", ["{}", "[]", "1979-05-27", '" "', "-1"])
def test_a_value_of_the_wrong_type_is_refused_and_told_what_it_must_be(
    key: str, value: str, tmp_path: Path
) -> None:
    assert CONFIG_KEYS[key].takes in refused(tmp_path, f"{key} = {value}").message
