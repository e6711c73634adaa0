"""A worksheet whose cells come back exactly as they were.

The writing library rounds numbers to sixteen digits, has no error cells and does not tell a
formula that gave an empty text from one that was never calculated. A plan's figures are checked
against the workbook, and error cells must stay errors, so those three cell forms are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO, cast
from xml.sax.saxutils import escape

from xlsxwriter.worksheet import Worksheet

Attributes = Sequence[tuple[str, object]]

_PLAIN = (float, int)


class EmptyResult(str):
    """The result of a formula that was calculated and gave an empty text."""

    __slots__ = ()


class ErrorResult(str):
    """The result of a formula that gave an error, or an error that stands in a cell by itself."""

    __slots__ = ()


class ExactWorksheet(Worksheet):
    """A worksheet that writes numbers in full, error cells, and empty results as such."""

    def _out(self) -> TextIO:
        return cast("TextIO", self.fh)

    def _xml_number_element(self, number: float, attributes: Attributes = ()) -> None:
        """Write a number with all the digits that tell it from its neighbours."""
        written = " ".join(f'{key}="{value}"' for key, value in attributes)
        # Numbers of another library, such as numpy's, show their type in their own repr.
        digits = repr(number) if type(number) in _PLAIN else float.__repr__(float(number))
        self._out().write(f"<c {written}><v>{digits}</v></c>")

    def _xml_formula_element(
        self, formula: str, result: object, attributes: Attributes = ()
    ) -> None:
        """Write a formula with its result; an error alone in its cell is its own formula."""
        if isinstance(result, EmptyResult):
            attributes = [*attributes, ("t", "str")]
        if isinstance(result, ErrorResult):
            attributes = [*(each for each in attributes if each[0] != "t"), ("t", "e")]
            if formula == result:
                written = " ".join(f'{key}="{value}"' for key, value in attributes)
                self._out().write(f"<c {written}><v>{escape(result)}</v></c>")
                return
        super()._xml_formula_element(formula, result, attributes)
