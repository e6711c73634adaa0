"""A scenario with only some of its edits: what to switch, and the case that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planner.input.book import Book
from planner.input.case import Case, parse
from planner.input.edits import Edit, apply
from planner.input.records import table
from planner.input.scenarios.by_key import Address, EditsByKey, address_of
from planner.input.scenarios.scenario import changes_of
from planner.input.scenarios.scenario_edits import switched
from planner.input.scenarios.whole_rows import key_of_row
from planner.input.settings import ScenarioEdit
from planner.input.switches import known_parameter
from planner.input.typed import read_tables

EXPECTED: Address = ("forecast", "", "")


@dataclass(frozen=True)
class Factor:
    """Something in which a scenario differs from its base: edits that are switched together.

    An address is (table, key, column); `EXPECTED` stands for the arrivals and people expected.
    """

    addresses: tuple[Address, ...]


class Partial:
    """The cases between a base and a scenario, by which factors are switched on.

    Neither the book nor its scenarios are changed.
    """

    def __init__(self, book: Book, base: str, scenario: str) -> None:
        """Read the edits of both and find in what they differ."""
        self._typed, _ = read_tables(book)
        self._names = (base, scenario)
        self._off, self._on = (self._edits(name) for name in self._names)
        self._book = self._without_edits(book)
        every = {**self._off, **self._on}
        found = [each for each in every if len(set(map(repr, self.values(each)))) > 1]
        if self._expect_differently():
            found.insert(0, EXPECTED)
        self.addresses: tuple[Address, ...] = tuple(found)

    @property
    def whole_rows(self) -> frozenset[tuple[str, str]]:
        """The tables and keys of rows that one of the two adds or drops."""
        return frozenset(
            address[:2]
            for address in self.addresses
            if address != EXPECTED and address[0] != "parameters"
            if address[2] == table(address[0]).key_columns[0].key and None in self.values(address)
        )

    def case(self, on: Iterable[Factor]) -> Case | None:
        """Return the case with these factors as in the scenario and the rest as in the base.

        `None` where that input cannot be planned: one edit may need another.
        """
        taken = {address for factor in on for address in factor.addresses}
        making = EditsByKey(self._book, self._typed)
        edits: list[Edit] = []
        for address in {**self._off, **self._on}:
            record = (self._on if address in taken else self._off).get(address)
            if record is not None:
                try:
                    edits.append(making.of(record))
                except LookupError:
                    return None
        book = apply(self._book, edits)[0] if edits else self._book
        return parse(book, self._names[EXPECTED in taken]).case

    def values(self, address: Address) -> tuple[object, object]:
        """Return what stands at an address in the base and in the scenario, `None` for nothing."""
        return self._of(address, self._off), self._of(address, self._on)

    def _of(self, address: Address, edits: dict[Address, ScenarioEdit]) -> object:
        """Return what an edit puts at an address, else what stands in the book."""
        if address in edits:
            return edits[address].value
        table_key, key, column = address
        if not column:
            return None
        declared = table(table_key)
        for each in self._typed.rows(table_key):
            if key_of_row(declared, each) == key:
                value: object = getattr(each.record, declared.column(column).field)
                return value
        known = known_parameter(key) if table_key == "parameters" else None
        return known.value if known is not None and column == "value" else None

    def _edits(self, name: str) -> dict[Address, ScenarioEdit]:
        """Return the edits of a scenario by what they change; of two of the same, the last."""
        records = (each.record for each in changes_of(self._typed, name))
        return {address_of(each.table, each.key, each.column): each for each in records}

    def _without_edits(self, book: Book) -> Book:
        """Return the book in which both scenarios change nothing and are still there by name."""
        rows = [each.row for name in self._names for each in changes_of(self._typed, name)]
        return apply(book, switched(rows, active=False))[0] if rows else book

    def _expect_differently(self) -> bool:
        """Whether the scenario, without any edit, is another case than its base without edits."""
        base, other = (parse(self._book, name).case for name in self._names)
        if base is None or other is None:
            return False
        return replace(other, scenario=base.scenario).fingerprint != base.fingerprint
