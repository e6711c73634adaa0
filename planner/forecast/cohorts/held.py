"""Transfers that cannot be made for a time: who is held back in DOL, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from planner.forecast.cohorts.stays import Floats, Kernel


@dataclass
class HeldInDol:
    """People whom a stop of transfers keeps in DOL, by kind, sample and month.

    `present` is (2, samples, months + 1), the others (2, samples, months): who would have been
    transferred and is `held`, who is `released` to be transferred after all, and whose term has
    `ended`. `transferred` is who is transferred in the end, the released included.
    """

    present: Floats
    held: Floats
    released: Floats
    ended: Floats
    transferred: Floats

    @classmethod
    def nobody(cls, shape: tuple[int, int, int]) -> HeldInDol:
        """Return nobody held; `shape` is (kinds, samples, months)."""
        kinds, samples, months = shape
        later = np.zeros((kinds, samples, months + 1))
        return cls(later, *(np.zeros(shape) for _ in range(4)))

    def __iadd__(self, other: HeldInDol) -> Self:
        """Add others."""
        self.present = self.present + other.present
        self.held = self.held + other.held
        self.released = self.released + other.released
        self.ended = self.ended + other.ended
        self.transferred = self.transferred + other.transferred
        return self


def held_back(
    people: Floats, kept: Kernel, brought: Floats, stopped: Floats, limit: float | None
) -> HeldInDol:
    """Return whom a stop holds of the people who join, (2, samples, months).

    `brought` (1, samples, 1) is the part of those who leave before their term who are to be
    transferred, `stopped` (months,) the part of the transfers that cannot be made. Who is held
    is released as the stop ends, or goes on when the term ends, `limit` months after joining.
    """
    made = HeldInDol.nobody(people.shape)
    months = people.shape[2]
    if not stopped.any():
        early = (kept.leaving - kept.at_limit)[None]
        for begin in range(months):
            due = people[:, :, begin, None] * early[:, :, : months - begin] * brought
            made.transferred[:, :, begin:] += due
        return made
    for begin in range(months):
        joined = people[:, :, begin]
        if not joined.any():
            continue
        held = np.zeros_like(joined)
        for month in range(begin, months):
            age = month - begin
            due = joined * (kept.leaving[:, age] - kept.at_limit[:, age])[None] * brought[:, :, 0]
            now, last = float(stopped[month]), float(stopped[month - 1]) if month else 0.0
            still = min(1.0, now / last) if last > 0 else 0.0
            freed = held * (1.0 - still)
            caught = due * now
            held = held - freed + caught
            made.held[:, :, month] += caught
            made.released[:, :, month] += freed
            made.transferred[:, :, month] += due - caught + freed
            if limit is not None and age >= limit:
                made.ended[:, :, month] += held
                held = np.zeros_like(held)
            made.present[:, :, month + 1] += held
    return made
