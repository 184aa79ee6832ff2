"""What the stage says of itself is so."""

from __future__ import annotations

import re

from dialogue.shipped import phrases
from greenroom.dialogue.expected import command_in
from greenroom.dialogue.phrases import goes_back
from greenroom.stage import words
from greenroom.stage.typed import OBEYED


def test_what_can_be_typed_is_named_as_it_is_understood() -> None:
    again, back, stop = re.findall(r"“(.+?)”", words.TYPED_HELP)
    assert [command_in(one, None, phrases()) for one in (again, stop)] == ["repeat", "stop"]
    assert {"repeat", "stop"}.issubset(OBEYED)
    assert goes_back(back, phrases())
