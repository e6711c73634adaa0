"""Taking rows of our tables out of sheets, as a mapping says; nothing is changed by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, message
from planner.importing.grid import FilledCells, FoundPart, find_part
from planner.importing.mapping import ImportMapping, Part
from planner.importing.meanings import Meanings, Question
from planner.importing.part_rows import File, PartRows, RowReading, TakenRow
from planner.input.book import Book
from planner.input.records import table as table_of


@dataclass(frozen=True)
class _Nearly:
    """A part that does not stand on a sheet, and the headings that its nearest row lacks."""

    part: Part
    grid: FilledCells
    missing: tuple[str, ...]


class Taking:
    """Takes rows out of files; `rows` per table, what is asked, and what is found."""

    def __init__(self, mapping: ImportMapping, book: Book, language: Language) -> None:
        """Take by a mapping, for a book."""
        self.mapping = mapping
        self.meanings = Meanings(mapping, book, language)
        self.rows: dict[str, list[TakenRow]] = {}
        self._told = RowReading(mapping, self.meanings)
        self.findings = self._told.findings

    @property
    def questions(self) -> tuple[Question, ...]:
        """What nobody has answered: of the mapping first, then of words, as they stand."""
        return (*self._told.asked.values(), *self.meanings.questions.values())

    def take(self, files: Sequence[File]) -> None:
        """Take all rows; locations first, so that other tables know those of the file."""
        places = self._places(files)
        places.sort(key=lambda each: each[1].part.table != "locations")
        held: set[tuple[str, str, int]] = set()
        for file, found in places:
            at = (file.name, found.grid.name, found.row)
            found_rows = PartRows(self._told, file, found, totals_too=at not in held)
            held.add(at)
            for row in found_rows.rows():
                if found_rows.usable:
                    self.rows.setdefault(found.part.table, []).append(row)

    def _places(self, files: Sequence[File]) -> list[tuple[File, FoundPart]]:
        """Return where each part stands; report what has another shape."""
        found: list[tuple[File, FoundPart]] = []
        nearly: list[_Nearly] = []
        unread: list[FilledCells] = []
        for file in files:
            for sheet in file.sheets:
                if _matches(sheet.name, self.mapping.sheets_left_out):
                    continue
                grid = FilledCells(sheet)
                here = list(self._on_sheet(grid, nearly))
                found.extend((file, each) for each in here)
                if not here:
                    unread.append(grid)
        used = {id(each.part) for _, each in found}
        for part in self.mapping.parts:
            if id(part) not in used:
                self._absent(files, part, [each for each in nearly if each.part is part])
        for grid in unread:
            self._unread(
                grid, [each for each in nearly if each.grid is grid and id(each.part) in used]
            )
        return found

    def _on_sheet(self, grid: FilledCells, nearly: list[_Nearly]) -> Iterator[FoundPart]:
        """Yield where parts stand on a sheet; keep those that do not, with what they lack."""
        for at, part in enumerate(self.mapping.parts):
            if _matches(grid.name, part.sheets):
                found, missing = find_part(grid, part, self._others(at))
                if found is not None:
                    yield found
                else:
                    nearly.append(_Nearly(part, grid, missing))

    def _others(self, at: int) -> tuple[str, ...]:
        """Return the headings that the other parts use: they are no columns of a block."""
        return tuple(
            name
            for other, part in enumerate(self.mapping.parts)
            if other != at
            for _, name in part.of_columns()
        )

    def _unread(self, grid: FilledCells, nearly: Sequence[_Nearly]) -> None:
        """Report a sheet that no part reads: an error where it is nearly of a part's shape."""
        for each in nearly:
            wanted = len(list(each.part.of_columns()))
            if each.missing and len(each.missing) * 2 <= wanted:
                what = message("importing.sheet_lacks", headings=each.missing)
                todo = message("importing.other_shape.todo")
                self.findings.append(Finding(Severity.ERROR, what, todo, grid.name, "A1"))
                return
        what, todo = message("importing.sheet_unread"), message("importing.sheet_unread.todo")
        self.findings.append(Finding(Severity.REMARK, what, todo, grid.name))

    def _absent(self, files: Sequence[File], part: Part, nearly: Sequence[_Nearly]) -> None:
        """Report that a part of the mapping stands nowhere in the files."""
        best = min(nearly, key=lambda each: len(each.missing), default=None)
        missing: tuple[object, ...] = () if best is None else best.missing
        if part.across and not missing:
            missing = (message("importing.a_block", columns=tuple(_titles(part))),)
        what = message(
            "importing.other_shape",
            file=", ".join(each.name for each in files),
            table=table_of(part.table).title,
            headings=missing or part.sheets,
        )
        sheets = [sheet.name for file in files for sheet in file.sheets]
        sheet = best.grid.name if best is not None else next(iter(sheets), "")
        todo = message("importing.other_shape.todo")
        self.findings.append(Finding(Severity.ERROR, what, todo, sheet, "A1", part.table))


def _titles(part: Part) -> Iterator[object]:
    for key in part.across:
        yield table_of(part.table).column(key).title


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name.casefold(), each.casefold()) for each in patterns)


def all_parts_stand(mapping: ImportMapping, files: Sequence[File]) -> bool:
    """Whether files have all headings of every part of a mapping."""
    grids = [FilledCells(sheet) for file in files for sheet in file.sheets]
    return bool(mapping.parts) and all(
        any(
            _matches(grid.name, part.sheets) and find_part(grid, part, ())[0] is not None
            for grid in grids
        )
        for part in mapping.parts
    )
