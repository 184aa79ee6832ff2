"""Where greenroom's folder is, and what config.toml may say."""

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.errors import GreenroomError
from greenroom.settings import (
    CONFIG_KEYS,
    days_kept,
    home_folder,
    read_config,
    with_setting,
    write_setting,
)


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
        'silent = true\ndress_rehearsal = false\nkeep_audio = "90d"\n'
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


# writing one setting


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'model = "base"\n'),
        ("# only a note", '# only a note\nmodel = "base"\n'),
        ("count = 3\n", 'count = 3\nmodel = "base"\n'),
        ("count = 3\r\n", 'count = 3\r\nmodel = "base"\r\n'),
        ('model = "a"\n', 'model = "base"\n'),
        ("model='a' # why\ncount = 3\n", 'model="base" # why\ncount = 3\n'),
        ('  "model"  =  "a \\" = b"   # why\n', '  "model"  =  "base"   # why\n'),
        ('#model = "a"\n', '#model = "a"\nmodel = "base"\n'),
        ('mic = [\n"""\nmodel = "a"\n"""]\n', 'mic = [\n"""\nmodel = "a"\n"""]\nmodel = "base"\n'),
        (
            'company = """\nmodel = "not this"\n"""\nmodel = "this"\n',
            'company = """\nmodel = "not this"\n"""\nmodel = "base"\n',
        ),
    ],
)
def test_one_setting_is_written_and_every_other_letter_stays(before: str, after: str) -> None:
    assert with_setting(before, "model", "base") == after


@pytest.mark.parametrize("text", ['model = """\na"""\n', "model = 7\n", "model =", "[table]\nx = 1\n"])
def test_what_cannot_be_written_safely_is_not_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        with_setting(text, "model", "base")


@given(
    st.lists(
        st.sampled_from(
            [
                *("# note", "", "count = 3", 'model = "a"', "model = 'b' # c", 'pack = "model = 1"'),
                *('company = """', '"""', "mic = [", '"x",', "]", '  model="d"', "role = '''", "'''"),
            ]
        ),
        max_size=8,
    ).map("\n".join),
    st.text(max_size=8).filter(lambda value: "\x00" not in value),
)
def test_whatever_stands_there_only_that_setting_changes(text: str, value: str) -> None:
    try:
        before = tomllib.loads(text)
        after = with_setting(text, "model", value)
    except ValueError:
        return
    assert tomllib.loads(after) == {**before, "model": value}
    # Not splitlines, for which a value may hold ends of lines that TOML knows nothing of.
    old, new = (one.removesuffix("\n").split("\n") for one in (text, after))
    if len(new) == len(old):
        assert sum(mine != theirs for mine, theirs in zip(old, new, strict=True)) <= 1
    else:
        assert new[:-1] == old


def test_a_setting_is_written_into_a_file_of_ones_own(tmp_path: Path) -> None:
    write_setting(tmp_path / "home", "model", "base")
    file = tmp_path / "home" / "config.toml"

    assert read_config(tmp_path / "home") == {"model": "base"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["config.toml"]


def test_a_link_and_the_rights_of_config_toml_stay(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    real = tmp_path / "dotfiles" / "greenroom.toml"
    real.write_text("count = 3\n")
    real.chmod(0o640)
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").symlink_to(real)

    write_setting(home, "model", "base")

    assert (home / "config.toml").is_symlink()
    assert real.read_text() == 'count = 3\nmodel = "base"\n'
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_config_toml_that_is_better_not_touched_is_left_alone(tmp_path: Path) -> None:
    text = 'model = """\nbase"""\n'
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(GreenroomError) as raised:
        write_setting(tmp_path, "model", "tiny.en")

    assert raised.value.remedy == 'Write model = "tiny.en" into it yourself.'
    assert (tmp_path / "config.toml").read_text() == text


def test_a_home_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(GreenroomError, match="cannot be written"):
        write_setting(tmp_path / "home", "model", "base")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("90d", 90),
        ("1d", 1),
        ("2 weeks", 14),
        ("12w", 84),
        ("6m", 180),
        ("1y", 365),
        (" 3 Months ", 90),
        ("Forever", None),
    ],
)
def test_how_long_recordings_are_kept_is_read_in_days(text: str, days: int | None) -> None:
    assert days_kept(text) == days


@pytest.mark.parametrize("text", ["", "0d", "-1d", "d", "90", "1.5y", "99999d", "90 dogs", "a while"])
def test_what_is_no_time_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        days_kept(text)
    assert "must be" in refused(tmp_path, f'keep_audio = "{text}"').message
