"""Running the encoder: batches of like length, each text once, results kept by content."""

from __future__ import annotations

import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nearer.errors import NearerError
from nearer.signals.encoder.inputs import Inputs
from nearer.signals.encoder.lexical import Lexical
from nearer.signals.talk import Belief

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 32
_KEPT = 50_000
"""Results kept in memory, by content."""
_NOTHING = re.compile(
    r"^(?:\W*|https?://\S+|k+|ok(?:ay)?|yes|yeah|yep|no|nope|lol|haha+|thanks?|ty|x+)\W*$", re.IGNORECASE
)
_CLAUSE = re.compile(r"[^.!?,;\n]+[.!?,;\n]*")
_MORE = re.compile(r"\S")
_CLAUSES = 12
"""Clauses looked at when a finding's words are sought; what comes later is beyond what the network reads anyway."""
_FEW_WORDS = 3
"""So few before a comma ("as i said, …") show nothing without what follows."""


class Encoder:
    """Signals of messages. `heads` are their names, `version` the hash of the weights' folder, `beliefs` what
    is asked beside single heads where there is enough around a message (none where the folder has none).

    The same texts in the same order give the same numbers. Beside other texts they may differ in the third decimal,
    since int8 products share one scale a batch; batches are padded to lengths that depend on the text alone.
    """

    def __init__(
        self,
        session: Any,
        inputs: Inputs,
        lexical: Lexical | None,
        manifest: dict[str, Any],
        version: str,
        beliefs: Sequence[Belief] = (),
    ) -> None:
        self._session, self._inputs, self._lexical = session, inputs, lexical
        self.heads: tuple[str, ...] = tuple(manifest["heads"])
        self.version = version
        self.beliefs = beliefs
        self._index = {head: i for i, head in enumerate(self.heads)}
        self.context_messages: int = manifest["context_messages"]
        self._paired, self._both = (
            np.array([h in manifest[reading] for h in self.heads]) for reading in ("paired", "both")
        )
        self._real = np.array([h in manifest["regressions"] for h in self.heads])
        calibration = np.array([manifest["calibration"].get(h, (1.0, 0.0)) for h in self.heads], np.float32)
        self._scale, self._shift = calibration[:, 0], calibration[:, 1]
        self._kept: OrderedDict[tuple[str, str], NDArray[np.float32]] = OrderedDict()

    @classmethod
    def load(cls, path: Path) -> Encoder:
        """Open a folder of weights. Raises NearerError, in one sentence, where it is none."""
        import orjson

        digest = hashlib.sha256()
        try:
            manifest = orjson.loads((path / "manifest.json").read_bytes())
            for name in ("manifest.json", "model.onnx", "tokenizer.json"):
                digest.update((path / name).read_bytes())
            words, talk = path / "lexical.npz", path / "talk.json"
            for more in (words, talk):
                if more.exists():
                    digest.update(more.read_bytes())
            import onnxruntime as ort

            ort.disable_telemetry_events()  # where it was loaded before nearer, and on Windows
            options = ort.SessionOptions()
            options.intra_op_num_threads = _cores()
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            session = ort.InferenceSession(str(path / "model.onnx"), options, providers=["CPUExecutionProvider"])
            inputs = Inputs(path / "tokenizer.json", manifest["alone"], manifest["pair"])
            lexical = Lexical.load(words) if words.exists() else None
            beliefs = Belief.load(talk) if talk.exists() else ()
            return cls(session, inputs, lexical, manifest, digest.hexdigest()[:12], beliefs)
        except Exception as error:
            if isinstance(error, ImportError):
                raise NearerError("The encoder needs onnxruntime and tokenizers; --no-encoder goes without.") from None
            raise NearerError(f"{path} is no folder of encoder weights, or is damaged.") from None

    def signals(
        self, texts: Sequence[str], contexts: Sequence[Sequence[str]] | None = None
    ) -> dict[str, NDArray[np.float32]]:
        """(n,) of every head. contexts: the messages before each text, oldest first, or None.

        0 to 1, calibrated, for what is a probability; politeness and intimacy on their data's scale. Messages that no
        head could matter for (a lone link, "ok") are not read: they get the value of an empty message.
        """
        rows = np.zeros((len(texts), len(self.heads)), np.float32)
        if not texts:
            return {h: rows[:, i] for i, h in enumerate(self.heads)}
        keys: list[tuple[str, str]] = []
        for i, text in enumerate(texts):
            if _NOTHING.match(text):
                keys.append(("", ""))
                continue
            before = contexts[i][-self.context_messages :] if contexts is not None else ()
            keys.append((text, " / ".join(b for b in before if b)))
        wanted = [k for k in dict.fromkeys(keys) if k not in self._kept]
        self._read(wanted)
        for i, key in enumerate(keys):
            rows[i] = self._kept[key]
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return {h: rows[:, i] for i, h in enumerate(self.heads)}

    def spans(self, asked: Sequence[tuple[str, Sequence[str], str]]) -> list[tuple[int, int]]:
        """For each (text, messages before it, head): the clause without which the head falls the most, as [start, end)
        in characters of the text. Asked for all at once, so that the shortened texts share their batches."""
        texts: list[str] = []
        befores: list[Sequence[str]] = []
        parts: list[list[tuple[int, int]]] = []
        in_context = self._paired | self._both
        for text, before, head in asked:
            clauses = _clauses(text)
            parts.append(clauses if len(clauses) > 1 else [])
            for start, end in parts[-1]:
                texts.append(text[:start] + text[end:])
                befores.append(before if in_context[self._index[head]] else ())
        values = self.signals(texts, befores)
        out: list[tuple[int, int]] = []
        row = 0
        for (text, _, head), clauses in zip(asked, parts, strict=True):
            start, end = 0, len(text)
            if clauses:
                start, end = clauses[int(np.argmin(values[head][row : row + len(clauses)]))]
                row += len(clauses)
            out.append(_trim(text, start, end))
        return out

    def _read(self, keys: list[tuple[str, str]]) -> None:
        """Work out and keep the signals of (text, context) pairs."""
        if not keys:
            return
        texts = self._inputs.pieces([text for text, _ in keys])
        alone = self._run(texts, [""] * len(texts))
        both = [i for i, (_, context) in enumerate(keys) if context]
        logits = alone
        if both:
            paired = self._run([texts[i] for i in both], [keys[i][1] for i in both])
            mean = np.where(self._both, (alone[both] + paired) / 2, alone[both])
            logits[both] = np.where(self._paired, paired, mean)
        if self._lexical is not None:
            logits += self._lexical.logits(texts)
        values = logits * self._scale + self._shift
        values = np.where(self._real, values, 1 / (1 + np.exp(-np.clip(values, -30, 30))))
        for key, value in zip(keys, np.round(values, 4).astype(np.float32), strict=True):
            self._kept[key] = value

    def _run(self, texts: Sequence[list[int]], contexts: Sequence[str]) -> NDArray[np.float32]:
        packed = self._inputs.pack(texts, contexts)
        order = sorted(range(len(packed)), key=lambda i: len(packed[i][0]))
        out = np.zeros((len(packed), len(self.heads)), np.float32)
        start = 0
        while start < len(order):
            width = self._inputs.width(len(packed[order[start]][0]))
            stop = start
            while stop < len(order) and stop - start < _BATCH and len(packed[order[stop]][0]) <= width:
                stop += 1
            part = order[start:stop]
            out[part] = self._session.run(None, self._inputs.feed([packed[i] for i in part], width))[0]
            start = stop
        return out


def _cores() -> int:
    """Threads for the network: NEARER_THREADS where a worker beside others was given its share, else every core that
    this process may use."""
    if given := os.environ.get("NEARER_THREADS"):
        return max(1, int(given))
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def _clauses(text: str) -> list[tuple[int, int]]:
    """The first clauses of a text, those of a few words before a comma together with the next."""
    found: list[tuple[int, int]] = []
    begun: int | None = None
    for match in _CLAUSE.finditer(text):
        start = match.start() if begun is None else begun
        words = text[start : match.end()].rstrip()
        goes_on = words.endswith((",", ";")) and len(words.split()) <= _FEW_WORDS and _MORE.search(text, match.end())
        begun = start if goes_on else None
        if words.strip() and not goes_on:
            found.append((start, match.end()))
        if len(found) == _CLAUSES:
            break
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return start, end
