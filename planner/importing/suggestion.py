"""A mapping proposed for files of an unknown layout, and what has to be asked about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.core.errors import Finding
from planner.core.texts import Language
from planner.importing.dates import day_within
from planner.importing.grid import FilledCells, Heading, find_part
from planner.importing.mapping import OPEN, ColumnSource, Fill, ImportMapping, Part, spelling
from planner.importing.meanings import Meanings, Question, question_finding
from planner.importing.part_rows import File
from planner.importing.sheet_shape import SheetShape, best_shape, by_place
from planner.importing.taking import Taking
from planner.importing.words import is_capacity, is_total
from planner.input.book import Book
from planner.input.column import ColumnType
from planner.input.names import plain
from planner.input.records import TABLES
from planner.input.records import table as table_of
from planner.input.values import shown

_ROUNDS = 6  # an answer may bring up another question: a group, then the figures under it
_CODE = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d{1,5}[a-z]?")
_MIDDLE = "middle"
# What tells a year of the production forecast, and a capacity decision.
_YEARS = {("production_forecast", each) for each in ("edition", "year")}
_ENDS = {("production_forecast", each) for each in ("low", "middle", "high")}
_DECIDED = {("capacity_decision", each) for each in ("decided", "for_day", "places")}
_PLACE = frozenset({"municipality", "province", "region"})
# Words that tell in which language a file is written.
_DUTCH = re.compile(
    r"\b(?:mrt|maart|mei|okt|januari|februari|juni|juli|augustus|locaties?|capaciteit|plekken|"
    r"bedden|bezetting|gemeente|totaal|groep|maand|bewoners|einddatum|provincie|peildatum)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:mar|march|may|oct|january|february|june|july|august|locations?|sites?|capacity|places|"
    r"beds|occupancy|municipality|town|total|month|residents|people|end date|province|as of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Proposal:
    """A mapping for files, the questions about it, and what reading by it finds.

    A question with a suggestion is answered so in the mapping; the others are open.
    """

    mapping: ImportMapping
    questions: tuple[Question, ...]
    files: tuple[File, ...]
    findings: tuple[Finding, ...]

    @property
    def open_count(self) -> int:
        """How many questions nobody has answered."""
        return sum(each.suggestion is None for each in self.questions)


def propose(
    files: Sequence[File], book: Book, language: Language, known: ImportMapping | None = None
) -> Proposal:
    """Return a mapping for files that are to go into a book, words proposed where one is likely.

    `known` are answers that are kept: its language and the meanings of its words.
    """
    known = known or ImportMapping(language=_language_of(files) or language)
    meanings = Meanings(known, book, language)
    told = known.language or language
    sheets = [(file, FilledCells(sheet)) for file in files for sheet in file.sheets]
    proposed = [
        (grid, tuple(_Sheet(file, shape, book).parts()))
        for file, grid in sheets
        if (shape := best_shape(grid, meanings, told)) is not None
    ]
    mapping = replace(known, parts=_parts(proposed, [grid for _, grid in sheets]))
    return asked(files, book, mapping, language)


def asked(
    files: Sequence[File], book: Book, mapping: ImportMapping, language: Language
) -> Proposal:
    """Return a mapping with what its words likely mean, and what is still to be asked."""
    taking = Taking(mapping, book, language)
    first: dict[tuple[str, str], Question] = {}
    for _ in range(_ROUNDS):
        taking = Taking(mapping, book, language)
        taking.take(files)
        new = mapping
        for each in taking.questions:
            if each.about == "year":
                new = replace(new, year=OPEN)
            elif each.part < 0:
                first.setdefault((each.about, each.written), each)
                meaning = OPEN if each.suggestion is None else each.suggestion
                new = new.with_meaning(each.about, each.written, meaning)
        if new == mapping:
            break
        mapping = new
    left = _open(taking)
    mapping = _without_answered(mapping, left)
    likely = {key: each for key, each in first.items() if each.suggestion is not None}
    questions = tuple({**likely, **left}.values())
    told = (
        *taking.findings,
        *taking.meanings.findings,
        *(question_finding(each) for each in questions if each.suggestion is None),
    )
    return Proposal(mapping, questions, tuple(files), tuple(dict.fromkeys(told)))


def _without_answered(
    mapping: ImportMapping, left: Mapping[tuple[str, str], Question]
) -> ImportMapping:
    """Return a mapping without open words that came up and need no answer any more."""
    asked_for = {(about, spelling(written)) for about, written in left}
    values = {
        about: {
            written: meaning
            for written, meaning in known.items()
            if meaning != OPEN or (about, written) in asked_for
        }
        for about, known in mapping.values.items()
    }
    return replace(mapping, values={about: known for about, known in values.items() if known})


def _open(taking: Taking) -> Mapping[tuple[str, str], Question]:
    return {
        (each.about, each.written if each.part < 0 else f"{each.part}.{each.column}"): each
        for each in taking.questions
    }


def _language_of(files: Sequence[File]) -> Language | None:
    """Return the language that the names of months in files are of, where they tell."""
    texts = [
        str(value)
        for file in files
        for sheet in file.sheets
        for value in (*list(sheet.cells.values())[:2000], sheet.name)
        if isinstance(value, str)
    ]
    votes = {
        Language.NL: sum(bool(_DUTCH.search(each)) for each in texts),
        Language.EN: sum(bool(_ENGLISH.search(each)) for each in texts),
    }
    best = max(votes, key=lambda each: votes[each])
    return best if len(set(votes.values())) > 1 else None


def _parts(
    proposed: Sequence[tuple[FilledCells, tuple[Part, ...]]], grids: Sequence[FilledCells]
) -> tuple[Part, ...]:
    """Return each part once; one that stands on other sheets too is kept to its own by name."""
    own: dict[str, tuple[Part, list[str]]] = {}
    for grid, parts in proposed:
        for part in parts:
            own.setdefault(repr(part), (part, []))[1].append(grid.name)
    found: list[Part] = []
    for part, names in own.values():
        others = {
            name for other, _ in own.values() if other is not part for _, name in other.of_columns()
        }
        elsewhere = any(
            find_part(grid, part, tuple(others))[0] is not None
            for grid in grids
            if grid.name not in names
        )
        found.append(replace(part, sheets=tuple(dict.fromkeys(names))) if elsewhere else part)
    return tuple(found)


class _Sheet:
    """The parts that a sheet seems to hold."""

    def __init__(self, file: File, shape: SheetShape, book: Book) -> None:
        self._file = file
        self._shape = shape
        self._book = book
        self._at = by_place(shape)
        self._roles = dict(self._by_role())
        block = shape.block
        self._across = () if block is None else block.across

    def parts(self) -> Iterator[Part]:
        """Yield the parts, that of the locations first."""
        if own := self._own_names():
            yield own
            return
        has = {*self._roles, *self._across}
        if "location" in has:
            yield from self._of_locations()
        elif "stream" in has or self._is_inflow():
            yield self._counted("inflow", ("stream", "month", "scenario"))
        elif "group" in has:
            yield self._counted("forecast", ("group", "month", "scenario"))
        elif published := self._published():
            yield self._plain(published)
        elif ("municipalities", "task") in self._at and "municipality" in has:
            yield self._plain("municipalities")
        elif ("provinces", "task") in self._at:
            yield self._plain("provinces")

    def _published(self) -> str:
        """Return which table of what was published or decided before it is; empty for none."""
        if self._at.keys() >= _YEARS and _ENDS & self._at.keys():
            return "production_forecast"
        return "capacity_decision" if self._at.keys() >= _DECIDED else ""

    def _is_inflow(self) -> bool:
        return ("inflow", "people") in self._at and {"month"} & {
            *self._roles,
            *self._across,
        } != set()

    def _by_role(self) -> Iterator[tuple[str, Heading]]:
        """Yield which column names the location, group, month and so on of a row."""
        sorts = {
            "people": (("occupancy", "people"), ("forecast", "people"), ("inflow", "people")),
            "location": (("locations", "id"), ("locations", "name"), ("occupancy", "location")),
            "group": (("occupancy", "group"), ("forecast", "group")),
            "month": (("forecast", "month"), ("occupancy", "date"), ("inflow", "month")),
            "stream": (("inflow", "stream"),),
            "scenario": (("forecast", "scenario"),),
            "province": (("locations", "province"),),
            "municipality": (("locations", "municipality"),),
        }
        for role, places in sorts.items():
            for place in places:
                if place in self._at:
                    yield role, self._at[place]
                    break
        block = () if self._shape.block is None else self._shape.block.headings
        used = {id(each) for each in self._at.values()} | {id(each) for each in block}
        for heading in self._shape.headings.values():
            if id(heading) not in used and (held := self._shape.holds(heading.column)):
                yield held, heading

    def _own_names(self) -> Part | None:
        """Return the part of a sheet that is laid out as ours."""
        if self._across:
            return None
        for table in TABLES:
            keys = {key for kind, key in self._at if kind == table.key}
            named = plain(self._shape.grid.name) in map(plain, (table.key, *_titles(table.key)))
            needed = {each.key for each in table.columns if each.required}
            if named and needed <= keys:
                return self._plain(table.key)
        return None

    def _plain(self, table: str) -> Part:
        fields = {
            key: ColumnSource(Fill.COLUMN, heading.name)
            for (kind, key), heading in self._at.items()
            if kind == table
        }
        return Part(table, fields, header_rows=self._shape.levels)

    def _of_locations(self) -> Iterator[Part]:
        _, name = self._code_and_name()
        keys = {
            key: heading
            for (kind, key), heading in self._at.items()
            if kind == "locations" and key not in {"id", "name"}
        }
        counted = "people" in self._roles or self._across
        if keys.keys() - _PLACE or (keys and not counted):
            fields = {key: ColumnSource(Fill.COLUMN, each.name) for key, each in keys.items()}
            fields["id"] = ColumnSource(Fill.COLUMN, self._codes().name)
            if name is not None:
                fields["name"] = ColumnSource(Fill.COLUMN, name.name)
            fields |= self._of_place(fields)
            for column in table_of("locations").columns:
                if column.required and column.key not in fields and not self._all_known():
                    fields[column.key] = ColumnSource(Fill.CONSTANT, OPEN)
            yield Part("locations", fields, header_rows=self._shape.levels)
        if counted and not self._is_capacity():
            yield self._counted("occupancy", ("location", "group", "date"))

    def _is_capacity(self) -> bool:
        """Whether the figures across the months are beds: those are no count of people."""
        titles = [shown(each) for each in self._shape.grid.above(self._shape.row)]
        beds = is_capacity([*titles, self._shape.grid.name])
        return "people" not in self._roles and self._across == ("month",) and beds

    def _code_and_name(self) -> tuple[Heading | None, Heading | None]:
        """Return the column of codes and that of names; one of them may not be there."""
        code, name = self._at.get(("locations", "id")), self._at.get(("locations", "name"))
        if code is None and name is None:
            return self._roles["location"], None
        return (name, None) if code is None and name and self._are_codes(name) else (code, name)

    def _codes(self) -> Heading:
        """Return the column that names the locations: their codes, else their names."""
        code, name = self._code_and_name()
        return code or name or self._roles["location"]

    def _are_codes(self, heading: Heading) -> bool:
        values = list(self._shape.values(heading.column))
        return bool(values) and all(_CODE.fullmatch(shown(each)) for each in values)

    def _all_known(self) -> bool:
        """Whether the book has every location of the sheet, so that nothing else need be said."""
        known = Meanings(ImportMapping(), self._book, Language.NL).locations
        values = list(self._shape.values(self._codes().column))
        return bool(values) and all(known.known(shown(each)) is not None for each in values)

    def _of_place(self, fields: Mapping[str, ColumnSource]) -> dict[str, ColumnSource]:
        """Return what the sheet's name or the rows between say of province and region."""
        found: dict[str, ColumnSource] = {}
        named = self._shape.grid.name.casefold().removeprefix("provincie ")
        if "province" not in fields:
            if self._shape.is_named("provinces", named):
                found["province"] = ColumnSource(Fill.SHEET)
            elif any(self._is_province(each) for each in self._shape.sections()):
                found["province"] = ColumnSource(Fill.SECTION)
        region = re.fullmatch(
            r"(?:coa[- ])?(?:regio|region)?\s*(noord|oost|zuid|west|midden|"
            r"north|east|south|west)(?:[- ]?(?:oost|west))?",
            named,
        )
        if "region" not in fields and (region or named.startswith(("regio ", "region "))):
            found["region"] = ColumnSource(Fill.SHEET)
        return found

    def _is_province(self, text: str) -> bool:
        return self._shape.is_named("provinces", text.casefold().removeprefix("provincie "))

    def _counted(self, table: str, keys: Sequence[str]) -> Part:
        """Return a part that counts people: its key columns from wherever the sheet has them."""
        declared = table_of(table)
        across = tuple(
            "date" if (table, each) == ("occupancy", "month") else each for each in self._across
        )
        fields: dict[str, ColumnSource] = {}
        down: list[str] = []
        for key in keys:
            if key in across:
                continue
            heading = self._heading_of(key)
            if heading is not None:
                fields[key] = ColumnSource(Fill.COLUMN, heading.name)
                if self._shape.has_gaps(heading.column) and self._shape.is_text(heading.column):
                    down.append(key)
            else:
                fields[key] = self._elsewhere(key, declared.column(key).holds)
        if not across:
            people = self._roles.get("people")
            fields["people"] = (
                ColumnSource(Fill.CONSTANT, OPEN)
                if people is None
                else ColumnSource(Fill.COLUMN, people.name)
            )
        known = [key for key in down if len(fields) > 1 or across]
        return Part(
            table,
            fields,
            header_rows=self._shape.levels,
            across=across,
            cells="people" if across else "",
            fill_down=tuple(known if self._pivoted(known, fields) else ()),
            left_out=tuple(self._left_out()) if across else (),
        )

    def _pivoted(self, down: Sequence[str], fields: Mapping[str, ColumnSource]) -> bool:
        """Whether the columns with gaps stand beside one that names the rows below them."""
        columns = [
            key for key, each in fields.items() if each.fill is Fill.COLUMN and key != "people"
        ]
        return len(columns) > len(down)

    def _left_out(self) -> Iterator[str]:
        """Yield the headings that are neither of the block nor used: remarks, people in all."""
        block = self._shape.block
        own = {id(each) for each in (() if block is None else block.headings)}
        used = {id(each) for role, each in self._roles.items() if role != "people"}
        for heading in self._shape.headings.values():
            total = any(map(is_total, heading.levels))
            if id(heading) not in own | used and heading.label and not total:
                yield heading.name

    def _heading_of(self, key: str) -> Heading | None:
        if key == "location":
            return self._codes()
        return self._roles.get({"date": "month"}.get(key, key))

    def _elsewhere(self, key: str, holds: ColumnType) -> ColumnSource:
        """Return where a column that the sheet lacks may come from: titles, names, a question."""
        grid = self._shape.grid
        if holds in {ColumnType.DATE, ColumnType.MONTH}:
            texts = [shown(each) for each in grid.above(self._shape.row - self._shape.levels + 1)]
            if any(day_within(each, Language.NL) for each in texts):
                return ColumnSource(Fill.ABOVE)
            for fill, name in ((Fill.SHEET, grid.name), (Fill.FILE, self._file.name)):
                if day_within(name.replace("_", " "), Language.NL):
                    return ColumnSource(fill)
            return ColumnSource(Fill.CONSTANT, OPEN)
        if key in {"group", "stream", "scenario"} and self._shape.is_named(f"{key}s", grid.name):
            return ColumnSource(Fill.SHEET)
        return ColumnSource(Fill.CONSTANT, _MIDDLE if key == "scenario" else OPEN)


def _titles(table: str) -> tuple[str, str]:
    title = table_of(table).title
    return title.nl, title.en
