"""What nearer says when it cannot go on: one plain sentence, and never a word of anybody's message."""

from __future__ import annotations


class NearerError(Exception):
    """Something in the input or on this machine stops the work; the text is one sentence for the user."""

    exit_code = 1


class UsageError(NearerError):
    """The command or its options are wrong."""

    exit_code = 2
