"""What groups and the like are called in rows taken over: as the standing book calls them."""

from __future__ import annotations

from collections.abc import Iterable

from planner.core.texts import Language, Text
from planner.input.book import Book, RawValue
from planner.input.column import Column, Table
from planner.input.records import TABLES
from planner.input.supplied_names import Named, code_of, name_of, title_of
from planner.input.values import is_empty, shown


class Spelled:
    """Spells codes as a book does, those that it does not have in a language."""

    def __init__(self, standing: Book, language: Language) -> None:
        """Look through a book for how it spells."""
        self._language = language
        self._own: dict[tuple[Named, str], str] = {}
        for table in TABLES:
            frame = standing.frame(table.key)
            for column in table.columns:
                if column.named is None or column.key not in frame.columns:
                    continue
                for raw in frame[column.key].unique():
                    if not is_empty(raw):
                        self._own.setdefault((column.named, self.code(column, raw)), str(raw))

    def of(self, column: Column, raw: RawValue | None) -> RawValue | None:
        """Return a cell of a column as the book spells it."""
        if column.named is None or not isinstance(raw, str):
            return raw
        code = code_of(column.named, raw)
        own = self._own.get((column.named, code))
        return name_of(column.named, code, self._language) if own is None else own

    @staticmethod
    def code(column: Column, raw: RawValue | None) -> str:
        """Return the code that a cell of a column stands for; any other text as it is."""
        return str(raw) if column.named is None else code_of(column.named, str(raw))


def key_words(table: Table, key: Iterable[RawValue | None]) -> Text:
    """Return the parts of a row's key in both languages, supplied names in words."""
    parts = [
        Text(shown(each), shown(each))
        if column.named is None
        else title_of(column.named, str(each))
        for column, each in zip(table.row_columns, key, strict=False)
        if each is not None
    ]
    return Text(*(" | ".join(part.in_(each) for part in parts) for each in Language))
