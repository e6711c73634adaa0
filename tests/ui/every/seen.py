"""`Seen`: what a walk past every view found, by view, language and scale."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.core.texts import Language

    Where = tuple[str, Language, int]


@dataclass
class Seen:
    """The texts that were cut off, said and not heard, and the size the window came to."""

    visits: int = 0
    places: set[tuple[int | str, int | str]] = field(default_factory=set)
    sizes: dict[Where, tuple[int, int]] = field(default_factory=dict)
    cut: dict[Where, list[str]] = field(default_factory=dict)
    said: dict[Where, dict[str, str]] = field(default_factory=dict)
    unheard: dict[Where, list[str]] = field(default_factory=dict)


def told(found: dict[Where, list[str]]) -> list[str]:
    """Return each thing that was found once, with the first place it was seen."""
    first: dict[str, Where] = {}
    for where, each in found.items():
        for text in each:
            first.setdefault(text, where)
    return [f"{' '.join(map(str, where))} %: {text}" for text, where in first.items()]
