"""How far coaching agrees with marks made by hand: `python benchmarks/run.py coaching messages`.

The marks are in tests/coaching/marked, and how they were made. Prints Markdown; "held out" are the answers
and pairs that no rule was made with in view.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import soundfile  # noqa: E402

import agreement  # noqa: E402
import marks  # noqa: E402
from greenroom.cli import wiring  # noqa: E402
from greenroom.coaching.landing import Likeness  # noqa: E402
from greenroom.hearing.models import find_model  # noqa: E402
from greenroom.hearing.recorded import hear_in_words  # noqa: E402
from greenroom.hearing.transcriber import FasterWhisper  # noqa: E402
from greenroom.hearing.vad import SileroVad  # noqa: E402
from greenroom.types import SAMPLE_RATE_HZ  # noqa: E402

MODEL = "tiny.en"
"""The one that is always there; its words give the pace."""
WITHIN_S = 0.2
WITHIN_WORDS_PER_MINUTE = 5.0

LONG_ANSWER_WORDS = 90
"""Half a minute and more of speech."""

PHRASES = ("hedges", "openers", "repeats", "restarts", "numbers", "outcomes")
FOLLOW_UPS = ("result", "part", "example", "none")


def coaching() -> Iterator[str]:
    """Agreement of every measure of an answer with the marks."""
    answers = agreement.kinds(marks.marked_answers())
    yield " · ".join(f"{kind}: {len(some)} answers" for kind, some in answers.items())
    yield ""
    for table in (_phrases, _star, _counts, _judged):
        yield from table(answers)
        yield ""
    yield from _follow_ups(answers)
    yield ""
    yield from _timed()


_Kinds = dict[agreement.Kind, list[marks.MarkedAnswer]]


def _phrases(answers: _Kinds) -> Iterator[str]:
    yield "| words | answers | marked | found | precision | recall | same count | mean difference an answer |"
    yield "|---|---|---|---|---|---|---|---|"
    for name in PHRASES:
        for kind, some in answers.items():
            row = agreement.phrases(name, some)
            yield (
                f"| {name}, {kind} | {row.answers} | {row.marked} | {row.found} | {row.precision:.2f} "
                f"| {row.recall:.2f} | {row.exact:.2f} | {row.difference:.2f} |"
            )


def _star(answers: _Kinds) -> Iterator[str]:
    yield "| parts of stories | answers | marked | found | precision | recall | begin within 3 words |"
    yield "|---|---|---|---|---|---|---|"
    for kind, some in answers.items():
        row = agreement.star(some)
        yield (
            f"| {kind} | {row.answers} | {row.marked} | {row.found} | {row.precision:.2f} | {row.recall:.2f} "
            f"| {row.begins:.2f} |"
        )


def _counts(answers: _Kinds) -> Iterator[str]:
    yield "| counts | answers | “I”, mean difference | same | “we”, mean difference | same | fillers same |"
    yield "|---|---|---|---|---|---|---|"
    for kind, some in answers.items():
        i_same, i_off = agreement.exact_and_difference(some, lambda one: one.i, lambda m: m.voices.i)
        we_same, we_off = agreement.exact_and_difference(some, lambda one: one.we, lambda m: m.voices.we)
        fillers = agreement.fillers_alike(some)
        yield (
            f"| {kind} | {len(some)} | {i_off:.2f} | {i_same:.2f} | {we_off:.2f} | {we_same:.2f} "
            f"| {fillers:.2f} |"
        )


def _judged(answers: _Kinds) -> Iterator[str]:
    yield "| question met, as marked | answers | its words taken up, mean share | called off the question |"
    yield "|---|---|---|---|"
    for kind, some in answers.items():
        for met, (count, share, off) in agreement.words_met(some).items():
            yield f"| {met}, {kind} | {count} | {share:.2f} | {off} |"
    yield ""
    yield "| grade | graded | the same | within one step |"
    yield "|---|---|---|---|"
    for kind, some in answers.items():
        count, same, near = agreement.grades(some)
        yield f"| {kind} | {count} | {same:.2f} | {near:.2f} |"


def _follow_ups(answers: _Kinds) -> Iterator[str]:
    yield f"| follow-up marked | {' | '.join(f'proposed: {name}' for name in FOLLOW_UPS)} |"
    yield f"|---|{'---|' * len(FOLLOW_UPS)}"
    for kind, some in answers.items():
        pairs = agreement.follow_ups(some)
        for marked in FOLLOW_UPS:
            cells = " | ".join(str(pairs[marked, proposed]) for proposed in FOLLOW_UPS)
            yield f"| {marked}, {kind} | {cells} |"


def _timed() -> Iterator[str]:
    """Times by the ear alone, pace with the words of a model too."""
    times: dict[str, list[tuple[float, float]]] = {}
    paces: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        model = FasterWhisper(find_model(MODEL, Path(folder)))
        for recording in marks.timed_recordings():
            file = Path(folder) / "answer.wav"
            soundfile.write(file, recording.pcm, SAMPLE_RATE_HZ)
            heard = hear_in_words(file, 0.0, SileroVad(), lambda: model)
            if heard is None:
                raise AssertionError(f"{recording.id}: nobody was heard")
            found = agreement.timed(recording, heard[0], heard[1].words)
            for name, pair in agreement.times(recording, found).items():
                times.setdefault(name, []).append(pair)
            for name, pairs in agreement.paces(recording, found).items():
                paces.setdefault(name, []).extend(pairs)
    yield f"| clock | marks | mean difference | within {WITHIN_S} s (share: within 0.05; number: the same) |"
    yield "|---|---|---|---|"
    for name, pairs in times.items():
        row = agreement.off(pairs, {"pauses, number": 0.0, "pauses, share": 0.05}.get(name, WITHIN_S))
        yield f"| {name} | {row.recordings} | {row.difference:.2f} | {row.within:.2f} |"
    yield ""
    within = f"within {WITHIN_WORDS_PER_MINUTE:.0f}"
    yield f"| pace, words by {MODEL} | marks | mean difference, words a minute | {within} |"
    yield "|---|---|---|---|"
    for name, pairs in paces.items():
        row = agreement.off(pairs, WITHIN_WORDS_PER_MINUTE)
        yield f"| {name} | {row.recordings} | {row.difference:.1f} | {row.within:.2f} |"


def messages() -> Iterator[str]:
    """Precision and recall of key messages and bullet points, with the model of meaning and without."""
    with tempfile.TemporaryDirectory() as home:
        likeness = wiring.likeness(Path(home))
        ways = {"by stems and synonyms": agreement.tells(None)}
        if likeness is not None:
            ways = {"by meaning": agreement.tells(likeness)} | ways
        yield "| pairs | way | pairs | landed | precision | recall |"
        yield "|---|---|---|---|---|---|"
        for name in ("messages", "points"):
            finders = ways if name == "messages" else _points(likeness)
            for kind, pairs in agreement.kinds_of_pairs(marks.marked_pairs(name)).items():
                for way, tells in finders.items():
                    precision, recall = agreement.landed(pairs, tells)
                    landed = sum(pair.landed for pair in pairs)
                    figures = f"{len(pairs)} | {landed} | {precision:.2f} | {recall:.2f}"
                    yield f"| {name}, {kind} | {way} | {figures} |"
        yield ""
        yield f"| of the key messages, taken as landed | {' | '.join(ways)} |"
        yield f"|---|{'---|' * len(ways)}"
        for because, pairs in agreement.by_reason(marks.marked_pairs("messages")).items():
            cells = (sum(tells(pair.message, pair.passage) for pair in pairs) for tells in ways.values())
            yield f"| {because}, {len(pairs)} pairs | {' | '.join(map(str, cells))} |"
        yield ""
        yield from _in_long_answers(ways)


def _points(likeness: Likeness | None) -> dict[str, Callable[[str, str], bool]]:
    ways = {"by stems and synonyms": agreement.tells(None, points=True)}
    return ways if likeness is None else {"by meaning": agreement.tells(likeness, points=True)} | ways


def _in_long_answers(ways: dict[str, Callable[[str, str], bool]]) -> Iterator[str]:
    """The same passages in the middle of long answers, and how often an answer is taken to tell what it was
    not made to tell: of the held out answers and pairs."""
    answers = [one.text for one in marks.marked_answers() if one.held_out]
    answers = [text for text in answers if len(text.split()) >= LONG_ANSWER_WORDS]
    pairs = [pair for pair in marks.marked_pairs("messages") if pair.held_out]
    inside = [
        (pair.message, _put_into(answers[place % len(answers)], pair.passage))
        for place, pair in enumerate(pairs)
        if pair.landed
    ]
    apart = [(message, text) for message in sorted({pair.message for pair in pairs}) for text in answers]
    yield f"| in {len(answers)} answers of {LONG_ANSWER_WORDS} words and more | {' | '.join(ways)} |"
    yield f"|---|{'---|' * len(ways)}"
    for name, asked in (("passages that tell one, in their middle", inside), ("as they are", apart)):
        cells = (sum(tells(*one) for one in asked) / len(asked) for tells in ways.values())
        yield f"| {name}, {len(asked)}: taken as landed | {' | '.join(f'{cell:.3f}' for cell in cells)} |"


def _put_into(answer: str, passage: str) -> str:
    """The passage behind the sentence that reaches the answer's middle."""
    middle = answer.find(". ", len(answer) // 2)
    cut = middle + 2 if middle >= 0 else len(answer)
    return f"{answer[:cut].rstrip()} {passage} {answer[cut:]}".rstrip()
