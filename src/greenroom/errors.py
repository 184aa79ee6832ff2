"""The one kind of error a user sees."""

from __future__ import annotations


class GreenroomError(Exception):
    """Something the user can mend.

    Attributes:
        message: one line that says what happened.
        remedy: one line that says what to do about it.
        exit_code: what the process ends with; 1 unless said otherwise.
    """

    def __init__(self, message: str, remedy: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.exit_code = exit_code


class TranscriptionError(GreenroomError):
    """The recording is safe, but it could not be turned into words."""


class VoiceError(GreenroomError):
    """The question could not be spoken; it stands on the screen all the same."""


def error_of(said: tuple[str, str], exit_code: int = 1, /, **figures: object) -> GreenroomError:
    """What happened and what to do, from a pair of sentences and what is to stand in them."""
    message, remedy = (text.format(**figures) for text in said)
    return GreenroomError(message, remedy, exit_code)
