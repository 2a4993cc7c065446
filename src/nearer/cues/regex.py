"""Regular expressions as RE2 runs them: in time that grows with the text alone, whatever the pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import Self

_MEMORY = 8 << 20
"""Bytes that one pattern may take for what it learns about texts; past that it starts anew. Most take a hundredth."""


class Regex:
    """One pattern in the syntax of patterns.py, compiled when first needed. Texts are in normal form, as ASCII.

    Raises ValueError, when first used, for what RE2 cannot run.
    """

    def __init__(self, pattern: str, case: bool = False) -> None:
        self.pattern, self.case = pattern, case

    @classmethod
    def any_of(cls, patterns: Iterable[str], case: bool = False) -> Self:
        """What occurs where any of these does."""
        return cls("|".join(f"(?:{pattern})" for pattern in patterns), case)

    def spans(self, text: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Where it stands in [start, end), one after the other."""
        return (match.span() for match in self._compiled.finditer(text, start, end))

    def occurs(self, text: bytes, start: int = 0, end: int | None = None) -> bool:
        """Whether it stands in [start, end)."""
        return self._compiled.search(text, start, end) is not None

    @cached_property
    def _compiled(self) -> Any:
        import re2

        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1
        options.never_capture = True
        options.log_errors = False
        options.max_mem = _MEMORY
        pattern = ("(?m)" if self.case else "(?im)") + self.pattern
        try:
            return re2.compile(pattern.encode("ascii"), options)
        except re2.error as error:
            why = error.args[0].decode("latin-1").removesuffix(f": {pattern}")
            raise ValueError(f"not a regular expression: {why}") from None
