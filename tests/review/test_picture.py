"""Trends as a picture."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from greenroom.coaching.trends import Group, Sample, together
from greenroom.errors import GreenroomError
from greenroom.review.picture import drawn

MONDAY = date(2026, 11, 2)


def whole(weeks: int = 4) -> Group:
    samples = []
    for week in range(weeks):
        day = MONDAY + timedelta(weeks=week, days=1)
        for each in (0.0, 0.3):
            values = {
                "thinking_s": 6.0 - week + each,
                "answer_s": 60 + 10 * each,
                "words_per_minute": 150 + each,
                "fillers_per_minute": 2.0 + week + each,
            }
            samples.append(Sample(day, "opening", values))  # type: ignore[arg-type]
        samples.append(Sample(day, None, {"messages_share": 0.5}))
        samples.append(Sample(day, None, {"gut_first": 4, "gut_second": 6}))
    return together(samples)


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError, match="No answer has been measured yet"):
        drawn(together([]), tmp_path)


def test_without_matplotlib_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(GreenroomError) as refused:
        drawn(whole(), tmp_path / "cache")
    assert "not installed" in refused.value.message
    assert 'pip install "greenroom[pictures]"' in refused.value.remedy


class TestDrawn:
    """What needs matplotlib."""

    @pytest.fixture(autouse=True)
    def _drawing(self) -> None:
        pytest.importorskip("matplotlib")

    def test_it_is_a_png_of_its_size_with_the_verdicts_as_its_description(self, tmp_path: Path) -> None:
        png = drawn(whole(), tmp_path / "cache")
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        wide, high = struct.unpack(">II", png[16:24])
        assert (wide, high) == (1500, 1380)
        assert b"Thinking: shorter, by about 3 s" in png
        assert b"Fillers: more, by about 3.0 a minute" in png

    @pytest.mark.parametrize("weeks", [1, 2, 60])
    def test_few_weeks_and_many_can_be_drawn(self, weeks: int, tmp_path: Path) -> None:
        assert len(drawn(whole(weeks), tmp_path / "cache")) > 10_000

    def test_one_measure_alone_can_be_drawn(self, tmp_path: Path) -> None:
        alone = together([Sample(MONDAY, None, {"gut_second": 6})])
        assert len(drawn(alone, tmp_path / "cache")) > 5_000

    def test_nothing_is_written_but_the_cache_and_nothing_is_said(self, tmp_path: Path) -> None:
        """In a process of its own: matplotlib looks for its folders once."""
        home, folder = tmp_path / "user", tmp_path / "here"
        home.mkdir()
        folder.mkdir()
        (folder / "matplotlibrc").write_text("figure.dpi: 7\nlines.linewidth: nonsense\n")
        program = (
            "from datetime import date\n"
            "from pathlib import Path\n"
            "from greenroom.coaching.trends import Sample, together\n"
            "from greenroom.review.picture import drawn\n"
            "one = Sample(date(2026, 11, 2), 'opening', {'thinking_s': 2.0})\n"
            "print(len(drawn(together([one]), Path('cache'))))\n"
        )
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("MPL", "XDG_"))}
        ran = subprocess.run(
            [sys.executable, "-c", program],
            env={**environ, "HOME": str(home)},
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        assert int(ran.stdout) > 5_000
        assert ran.stderr == ""
        assert list(home.iterdir()) == []
        assert {path.name for path in folder.iterdir()} == {"matplotlibrc", "cache"}
