"""Whether anything may be advised: every output asks here, so that where there may be danger none forgets to be silent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nearer.reading.types import DangerFinding, Direction, Reading


def coaches(danger: Sequence[DangerFinding]) -> bool:
    """False where the danger screen saw anything: coaching a threatened person to be softer would do harm."""
    return not danger


def ways(reading: Reading) -> tuple[Direction, ...]:
    """The ladder as it may be shown: where there may be danger nobody is shown how close they stand."""
    return reading.directions if coaches(reading.danger) else ()
