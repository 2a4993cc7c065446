"""Runs a cue's own examples: what the tests, the documentation and a writer of cues use."""

from __future__ import annotations

from nearer.cues.schema import Example

OTHER, ME = "other", "me"


def pairs(example: Example) -> tuple[list[tuple[str, str]], int]:
    """The example as (speaker, text) lines and the index of its own line, said by "me".

    Neighbours written "me: …" are the speaker's own, all others the other person's.
    """
    before = [_line(text) for text in example.before]
    return [*before, (ME, example.text), *(_line(text) for text in example.after)], len(before)


def _line(text: str) -> tuple[str, str]:
    speaker, mark, words = text.partition(": ")
    if mark and speaker in (OTHER, ME):
        return speaker, words
    return OTHER, text
