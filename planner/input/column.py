"""How a table is declared: one class per sheet, one field per column.

The declaration is the only place where a column's title, type, unit, bounds, default and meaning
stand; reading, checking, editing, the template and the help are all driven by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from keyword import iskeyword
from typing import Any, TypeVar, dataclass_transform

from planner.core.texts import Text
from planner.input.kinds import Listed
from planner.input.supplied_names import Named

Record = TypeVar("Record")


class ColumnType(StrEnum):
    """What a cell of a column may hold."""

    TEXT = "text"
    IDENTIFIER = "identifier"  # text that other tables refer to; digits stay text
    LIST = "list"  # identifiers joined by ";"
    CHOICE = "choice"  # one of the column's listed values
    WHOLE = "whole"  # a whole number
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"  # the first day of a month
    YES_NO = "yes_no"
    ANY = "any"  # read later, as the column it stands for (scenario values)


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `required` means the column and every cell of it must be filled. An optional column's empty
    cells take `default`, and the checks say so; `default` None means "not known". A column that
    `tells_apart` distinguishes rows of the same key, and may be empty. What is `named` may be
    called in either language, and is read as the program's own code.
    """

    key: str
    title: Text
    meaning: Text
    holds: ColumnType
    unit: str
    minimum: float | None
    maximum: float | None
    required: bool
    default: Any
    choices: type[Listed] | None
    refers_to: str
    is_key: bool
    tells_apart: bool = False
    named: Named | None = None

    @property
    def field(self) -> str:
        """The record's attribute: the key, with a `_` behind a word of Python's own."""
        return f"{self.key}_" if iskeyword(self.key) else self.key


@dataclass(frozen=True)
class Table:
    """One sheet of the workbook: its names, its columns and the record each row becomes."""

    key: str
    title: Text
    meaning: Text
    required: bool
    columns: tuple[Column, ...]
    record: type[Any]

    @cached_property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns that every row of the table must fill, and that together name it."""
        return tuple(column for column in self.columns if column.is_key)

    @cached_property
    def row_columns(self) -> tuple[Column, ...]:
        """The key columns, and behind them those that tell rows of the same key apart."""
        return (*self.key_columns, *self.apart_columns)

    @cached_property
    def apart_columns(self) -> tuple[Column, ...]:
        """The columns that tell rows of the same key apart, each of which may be empty."""
        return tuple(each for each in self.columns if each.tells_apart)

    @cached_property
    def last_day(self) -> Column | None:
        """The column that says until which day a row holds, where the table has one."""
        return next((each for each in self.columns if each.key == "valid_until"), None)

    def column(self, key: str) -> Column:
        """Return a column by its key; `KeyError` when there is none."""
        for each in self.columns:
            if each.key == key:
                return each
        raise KeyError(key)

    def knows(self, key: str) -> bool:
        """Whether the table declares a column of this key."""
        return any(each.key == key for each in self.columns)


def column(  # noqa: PLR0913 - a declaration names each property of a column once
    nl: str,
    en: str,
    holds: ColumnType,
    *,
    meaning: tuple[str, str],
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    required: bool = False,
    default: object = None,
    choices: type[Listed] | None = None,
    refers_to: str = "",
    key: bool = False,
    tells_apart: bool = False,
    named: Named | None = None,
) -> Any:  # noqa: ANN401 - a field's declared type is the record's, as with dataclasses.field
    """Declare a column: its Dutch and English title, what it holds, and what it means."""
    declared = {
        "title": Text(nl, en),
        "meaning": Text(*meaning),
        "holds": holds,
        "unit": unit,
        "minimum": minimum,
        "maximum": maximum,
        "required": required or key,
        "default": default,
        "choices": choices,
        "refers_to": refers_to,
        "is_key": key,
        "tells_apart": tells_apart,
        "named": Named.GROUPS if refers_to == Named.GROUPS else named,
    }
    if required or key:
        return field(metadata=declared, kw_only=True)
    return field(metadata=declared, default=default, kw_only=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(column,))
def table(
    key: str, nl: str, en: str, *, meaning: tuple[str, str], required: bool = False
) -> Callable[[type[Record]], type[Record]]:
    """Declare a table: the class becomes an immutable record with a `Table` attached."""

    def declare(cls: type[Record]) -> type[Record]:
        record = dataclass(frozen=True)(cls)
        columns = tuple(
            Column(key=each.name.rstrip("_"), **each.metadata)
            for each in fields(record)  # type: ignore[arg-type] # a dataclass by the line above
            if each.metadata
        )
        declared = Table(key, Text(nl, en), Text(*meaning), required, columns, record)
        record.__table__ = declared  # type: ignore[attr-defined] # read back by `table_of`
        return record

    return declare


def table_of(record: type[Any]) -> Table:
    """Return the declaration of a record class."""
    declared: Table = record.__table__
    return declared
