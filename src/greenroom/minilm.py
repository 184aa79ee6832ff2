"""MiniLM in numpy: a BERT of six layers (Wang et al. 2020) that makes one vector of a text, by the mean of
its tokens' states (Reimers and Gurevych 2019). Names of weights are those of the published file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LAYERS, HEADS, WIDTH = 6, 12, 384
"""As in the model's config.json."""

NORM_EPSILON = 1e-12
"""In the same place."""

ROW = np.dtype([("key", np.uint8, (16,)), ("vector", np.float16, (WIDTH,))])
"""A vector in a file: 784 bytes. Halves of floats change a likeness by 0.001 at most."""

BATCH = 8
"""Texts computed at once, of about the same length: more of them are padded more."""


class MiniLm:
    """Texts as vectors. One thread at a time.

    Args:
        tokens: the token ids of each text, at most 512 of them.
    """

    def __init__(
        self, weights: Mapping[str, Floats], tokens: Callable[[Sequence[str]], Sequence[Sequence[int]]]
    ) -> None:
        self._weights = weights
        self._tokens = tokens
        self._known: dict[str, Floats] = {}
        self._kept: dict[bytes, NDArray[np.float16]] = {}
        self._file: Path | None = None

    def likeness(self, ones: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        """How near in meaning each of some texts (a row each) is to each of others: the cosine, 0 to 1."""
        if not ones or not others:
            return [[] for _ in ones]
        found: list[list[float]] = np.clip(self.vectors(ones) @ self.vectors(others).T, 0.0, 1.0).tolist()
        return found

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, 384), each of length 1. A text is computed once and kept."""
        new = []
        for text in dict.fromkeys(texts):
            if text not in self._known and (kept := self._kept.get(_key(text))) is not None:
                self._known[text] = kept.astype(np.float32)
            elif text not in self._known:
                new.append(text)
        self._known.update(zip(new, self.fresh(new), strict=True))
        self._add_to_file(new)
        return np.stack([self._known[text] for text in texts])

    def fresh(self, texts: Sequence[str]) -> Floats:
        """The same, worked out anew and kept nowhere: for the many sentences of an archive."""
        found = np.empty((len(texts), WIDTH), np.float32)
        tokens = sorted(
            zip(self._tokens(texts), range(len(texts)), strict=True), key=lambda each: len(each[0])
        )
        for start in range(0, len(tokens), BATCH):
            batch = tokens[start : start + BATCH]
            found[[place for _, place in batch]] = self._forward([ids for ids, _ in batch])
        return found

    def remember(self, file: Path) -> None:
        """Takes up the vectors kept in a file, and from now on adds each new one, so that no text is computed
        again by the next command. They stand under digests of their texts; the texts are not in it.

        A file that cannot be read or written, or is damaged, only costs the time to work it out again.
        """
        self._file = file
        try:
            raw = file.read_bytes()
        except OSError:
            return
        rows = np.frombuffer(raw[: len(raw) - len(raw) % ROW.itemsize], ROW)
        lengths = np.linalg.norm(rows["vector"].astype(np.float32), axis=1)
        if len(raw) % ROW.itemsize or not np.all(np.abs(lengths - 1) < 0.01):
            file.unlink(missing_ok=True)  # cut short, or written by two at once
            return
        self._kept = {row["key"].tobytes(): row["vector"] for row in rows}

    def _add_to_file(self, texts: Sequence[str]) -> None:
        if self._file is None or not texts:
            return
        rows = np.empty(len(texts), ROW)
        for row, text in zip(rows, texts, strict=True):
            row["key"] = np.frombuffer(_key(text), np.uint8)
            row["vector"] = self._known[text]
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "ab") as target:
                target.write(rows.tobytes())
        except OSError:
            self._file = None

    def _forward(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Token ids, rows of different lengths -> unit vectors, shape (rows, 384)."""
        weights = self._weights
        longest = max(map(len, rows))
        ids = np.array([[*row, *[0] * (longest - len(row))] for row in rows])
        real = np.arange(longest) < np.array([[len(row)] for row in rows])
        states = weights["embeddings.word_embeddings.weight"][ids]
        states = states + weights["embeddings.position_embeddings.weight"][:longest]
        states = states + weights["embeddings.token_type_embeddings.weight"][0]
        states = self._norm("embeddings.LayerNorm", states)
        hidden_away = np.where(real, 0.0, -np.inf).astype(np.float32)[:, None, None, :]
        for layer in range(LAYERS):
            states = self._layer(f"encoder.layer.{layer}", states, hidden_away)
        mean = (states * real[..., None]).sum(axis=1) / real.sum(axis=1, keepdims=True)
        unit: Floats = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def _layer(self, name: str, states: Floats, hidden_away: Floats) -> Floats:
        rows, longest, _ = states.shape

        def heads(part: str) -> Floats:
            found = self._linear(f"{name}.attention.self.{part}", states)
            return found.reshape(rows, longest, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").swapaxes(2, 3) / np.float32(np.sqrt(WIDTH // HEADS))
        scores = scores + hidden_away
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        attended = (scores / scores.sum(axis=-1, keepdims=True)) @ heads("value")
        joined = attended.transpose(0, 2, 1, 3).reshape(rows, longest, WIDTH)
        joined = self._linear(f"{name}.attention.output.dense", joined)
        states = self._norm(f"{name}.attention.output.LayerNorm", states + joined)
        wide = gelu(self._linear(f"{name}.intermediate.dense", states))
        return self._norm(f"{name}.output.LayerNorm", states + self._linear(f"{name}.output.dense", wide))

    def _linear(self, name: str, states: Floats) -> Floats:
        found: Floats = states @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return found

    def _norm(self, name: str, states: Floats) -> Floats:
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + NORM_EPSILON)
        found: Floats = centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return found


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def gelu(values: Floats) -> Floats:
    """x Φ(x). numpy has no error function: Abramowitz and Stegun 7.1.26, wrong by 1.5e-7 at most."""
    size = np.abs(values) * np.float32(np.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * size)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    error = np.copysign(1 - tail * np.exp(-size * size), values)
    found: Floats = 0.5 * values * (1 + error)
    return found
