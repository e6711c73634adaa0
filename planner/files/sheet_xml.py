"""A worksheet whose cells come back exactly as they were.

The writing library rounds numbers to sixteen digits, has no error cells and does not tell a
formula that gave an empty text from one that was never calculated. A plan's figures are checked
against the workbook, and error cells must stay errors, so those three cell forms are ours. So are
the texts that cells share, of which the library changes some.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast
from xml.sax.saxutils import escape

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.files.escapes import encoded

Attributes = Sequence[tuple[str, object]]

_PLAIN = (float, int)


class EmptyResult(str):
    """The result of a formula that was calculated and gave an empty text."""

    __slots__ = ()


class ErrorResult(str):
    """The result of a formula that gave an error, or an error that stands in a cell by itself."""

    __slots__ = ()


# Its letters are as wide in LibreOffice, which has a font for it, as in Excel; so pages are alike.
_LETTERS = {"font_name": "Arial", "font_size": 10}


class ExactWorkbook(Workbook):
    """A workbook whose texts are written as what they are."""

    def __init__(self, filename: Path | BinaryIO, options: dict[str, object] | None = None) -> None:
        """Write to a file, in letters that print alike everywhere; `options` are the library's."""
        super().__init__(filename, {**(options or {}), "default_format_properties": _LETTERS})

    def _get_packager(self) -> Packager:
        return _ExactPackager()


class _ExactPackager(Packager):
    """Puts a workbook's parts together, the texts by our own writer."""

    def _write_shared_strings_file(self) -> None:
        package: Any = self
        texts: Any = _ExactTexts()
        texts.string_table = package.workbook.str_table
        if texts.string_table.count:
            texts._set_xml_writer(package._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as the library
            texts._assemble_xml_file()  # noqa: SLF001 - the same


class _ExactTexts(SharedStrings):
    """The texts that cells share, each as what it is.

    The library takes a text between `<r>` and `</r>` for marks of its own and writes it as it
    stands, which damages the file; and of `_x005F_x000D_` it protects the first sign only.
    """

    def _write_si(self, string: str) -> None:
        text = encoded(string)
        spaces = [("xml:space", "preserve")] if text != text.strip() else []
        self._xml_si_element(text, spaces)


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
        if isinstance(result, str):
            result = encoded(result)
        super()._xml_formula_element(formula, result, attributes)
