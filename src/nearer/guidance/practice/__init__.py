"""Practice: a vignette, three replies, what each may do to the listener, and why.

The vignettes are data, one file a family or stage in `vignettes/`; `items` loads and checks them, `deck` says which come
next (FSRS), and keeps what it knows behind the protocol `Cards`: `deck.Memory` for one run, `nearer.journal.practice` for good.
"""

from __future__ import annotations

from nearer.guidance.practice.items import Item, Reply, items

__all__ = ["SAFETY_LINE", "Item", "Reply", "items"]

SAFETY_LINE = (
    "This is practice for talks where you feel safe. If someone frightens you, do not practise being softer with them; "
    "you do not owe it, and there are people who can help."
)
"""Stands at the head of every round."""
