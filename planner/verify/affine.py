"""`Affine`: a figure that hangs on what is still to be chosen.

The second count adds, subtracts and multiplies by numbers. Handed figures of this kind in place of
numbers, it gives each rule's amount as a sum over the choices: the rules' rows, stated once.
"""

from __future__ import annotations

from typing import Self


class Affine:
    """A constant and a sum of choices, each so many times; a choice is known by its number."""

    __slots__ = ("constant", "parts")

    def __init__(self, parts: dict[int, float], constant: float = 0.0) -> None:
        """Keep the parts and the constant; the parts are its own from here on."""
        self.parts = parts
        self.constant = constant

    def __iadd__(self, other: Affine | float) -> Self:
        """Add to this figure itself; sums of thousands are made so."""
        return self.add(other, 1.0)

    def __isub__(self, other: Affine | float) -> Self:
        """Take off this figure itself."""
        return self.add(other, -1.0)

    def add(self, other: Affine | float, times: float) -> Self:
        """Add another figure so many times to this one, and return this one."""
        if isinstance(other, Affine):
            parts = self.parts
            for choice, share in other.parts.items():
                parts[choice] = parts.get(choice, 0.0) + times * share
            self.constant += times * other.constant
        else:
            self.constant += times * other
        return self

    def __add__(self, other: Affine | float) -> Affine:
        """Return the sum."""
        return Affine(self.parts.copy(), self.constant).add(other, 1.0)

    __radd__ = __add__

    def __sub__(self, other: Affine | float) -> Affine:
        """Return the difference."""
        return Affine(self.parts.copy(), self.constant).add(other, -1.0)

    def __rsub__(self, other: Affine | float) -> Affine:
        """Return the difference, taken from the other."""
        return (self * -1.0).add(other, 1.0)

    def __mul__(self, factor: float) -> Affine:
        """Return the figure so many times."""
        if not factor:
            return Affine({})
        parts = {choice: factor * share for choice, share in self.parts.items()}
        return Affine(parts, factor * self.constant)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> Affine:
        """Return the figure divided by a number."""
        parts = {choice: share / divisor for choice, share in self.parts.items()}
        return Affine(parts, self.constant / divisor)
