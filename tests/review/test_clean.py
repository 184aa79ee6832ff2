"""Nothing that came from a pack, a file name or a recording may steer a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.clean import clean, plainly


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[Hcleared", "cleared"),
        ("\x1b]0;new title\x07said", "said"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("\x1b]0;never ended, and said", "]0;never ended, and said"),
        ("\x1bP+q544e\x1b\\said", "said"),
        ("\x1b\x1b[31m[31mtwice", "[31mtwice"),
        ("ring\x07 back\x08 nul\x00", "ring back nul"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("\u202egnp.exe\u2066x\u2069", "gnp.exex"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("half\ud83d", "half\ufffd"),
        ("[bold red]markup[/] :smile:", "[bold red]markup[/] :smile:"),
        ("naïve 面接 👩‍💻 مرحبا", "naïve 面接 👩‍💻 مرحبا"),
        ("", ""),
    ],
)
def test_what_steers_a_terminal_is_taken_out_and_the_words_stay(hostile: str, harmless: str) -> None:
    assert clean(hostile) == harmless


@given(st.text(st.characters(codec=None)) | st.text("\x1b\x9b\x9d[]mPH0;\\\x07 \n\u200bab"))
def test_no_control_character_survives_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)

    assert not {unicodedata.category(character) for character in cleaned} & {"Cc", "Cs", "Zl", "Zp"}
    assert "  " not in cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("piece", ["\x1b]", "\x1b[", "\x9d", "\x1b[1;", "\x1bPa"])
@pytest.mark.timeout(20)
def test_a_long_hostile_text_takes_no_more_than_a_moment(piece: str) -> None:
    assert "\x1b" not in clean(piece * 200_000)


def test_an_id_reads_as_words() -> None:
    assert plainly("turning_point") == "turning point"
    assert plainly("thank-you\x1b[2J") == "thank you"
