"""Public data as they are downloaded, known by their shape; empty is not known, never nought.

The columns of CBS table 83102NED (asylum requests) and of Eurostat's tables migr_asyappctzm
(applicants) and migr_dub… (Dublin) are those of their publishers; COA publishes its portfolio as a
table of dates. What a file of such a table lacks is told by name: another year's layout is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, message, month_words
from planner.importing.dates import day_in, month_in, number_in
from planner.importing.grid import HEADING_ROWS, Cells, FilledCells
from planner.importing.part_rows import File, TakenRow
from planner.input.book import Book, RawSheet, RawValue, column_letters
from planner.input.names import plain, tidy
from planner.input.parameters import supplied
from planner.input.records import table as table_of
from planner.input.supplied_names import Named, code_of
from planner.input.values import UnreadableValueError, is_empty, read_value

_MIDDLE = "middle"
# Figures of CBS are rounded to five: twelve months may differ from their year by half of that each.
_ROUNDED = 2.5
_YEAR = 12  # months

_CBS_KEYS = ("Geslacht", "Leeftijd", "Nationaliteit", "Perioden")
_CBS_TOTALS = {"geslacht": "T001038", "leeftijd": "10000", "nationaliteit": "T001059"}
_CBS_STREAMS = {
    "EersteAsielverzoekenPersonen_2": "first_applications",
    "VolgendeAsielverzoeken_3": "repeat",
    "NareizigersPersonen_4": "family_reunion",
}
_CBS_MONTH = re.compile(r"(\d{4})MM(\d{2})")
_CBS_YEAR = re.compile(r"(\d{4})JJ00")
_CBS_OTHER = re.compile(r"(\d{4})(?:JJ00|KW\d{2})")

_EUROSTAT_FIRST = frozenset({"FRST", "NASY_APP"})
_EUROSTAT_TOTALS = {"citizen": {"TOTAL"}, "sex": {"T"}, "age": {"TOTAL"}, "geo": {"NL"}}
_EUROSTAT_KEYS = ("citizen", "sex", "applicant", "age", "geo")
_DUBLIN = re.compile(r"migr_dub(?:ro|ri|to|ti|do|di)", re.IGNORECASE)
# By the last two letters of a table's name; asked of others (out) or of the Netherlands (in).
_DUBLIN_SORTS = {
    "ro": "requests", "do": "decisions", "to": "transfers",
    "ri": "incoming", "di": "incoming", "ti": "incoming",
}  # fmt: skip
_ACCEPTED, _TRANSFERRED = "dublin_accepted_month", "dublin_transferred_share"
_DUBLIN_KEYS = ("partner", "geo")
_DUBLIN_KINDS = ("sex", "age", "applicant", "legprov", "typereq", "decision")
_STACKED = "GEO\\TIME_PERIOD"
_FLAG = re.compile(r"^(-?\d+(?:\.\d+)?)\s*[a-z]*$")

_DAY = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[a-z]+)[-/. ]\d{4}", re.IGNORECASE)
_COA_KEYS = ("Datum", "Capaciteit portefeuille", "Benodigde extra opvangcapaciteit")


@dataclass
class Public:
    """Rows from public files, what is found in them, and the files that are none."""

    rows: dict[str, list[TakenRow]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    rest: tuple[File, ...] = ()


def is_public(sheet: RawSheet) -> bool:
    """Whether a sheet has the shape of a Eurostat table: figures, whose headings speak of persons.

    A heading such as `applicant` stands there for kinds of people that were counted.
    """
    table = _Table(File("", ()), sheet, Book(), Public())
    return table.headed(("geo", "TIME_PERIOD", "OBS_VALUE")) or any(
        _STACKED in str(cells[min(cells)]).upper() for cells in table.top.rows.values()
    )


def public_rows(files: Iterable[File], book: Book) -> Public:
    """Return what public files hold for a book."""
    public = Public()
    rest: list[File] = []
    for file in files:
        others = [sheet for sheet in file.sheets if not _is_read(_Table(file, sheet, book, public))]
        if others or not file.sheets:
            rest.append(replace(file, sheets=tuple(others)))
    public.rest = tuple(rest)
    return public


def _is_read(table: _Table) -> bool:
    return any(read(table) for read in _READERS)


class _Table:
    """A sheet that may be a public table: its shape is told by its first rows."""

    def __init__(self, file: File, sheet: RawSheet, book: Book, public: Public) -> None:
        self.file = file
        self._sheet = sheet
        first = {at: value for at, value in sheet.cells.items() if at[0] <= HEADING_ROWS}
        self.top = FilledCells(replace(sheet, cells=first))
        self.book = book
        self.public = public
        self.row = 0
        self.at: dict[str, int] = {}

    @cached_property
    def grid(self) -> FilledCells:
        """The whole sheet."""
        return FilledCells(self._sheet)

    def headed(self, names: Sequence[str]) -> bool:
        """Find the row that has the first of these headings; whether there is one."""
        for row, cells in self.top.rows.items():
            at = {plain(str(value)): column for column, value in cells.items()}
            if all(plain(each) in at for each in names):
                self.row, self.at = row, at
                return True
        return False

    def lacks(self, names: Iterable[str], table: str) -> bool:
        """Report the headings of a public table that a file lacks; whether it lacks any."""
        missing = tuple(each for each in names if plain(each) not in self.at)
        if missing:
            self.tell(Severity.ERROR, "layout", f"A{self.row}", table=table, headings=missing)
        return bool(missing)

    def tell(self, severity: Severity, key: str, cell: str, **fields: object) -> None:
        """Tell something about the file."""
        what = message(f"importing.public.{key}", **fields)
        todo = message(f"importing.public.{key}.todo", **fields)
        self.public.findings.append(Finding(severity, what, todo, self.top.name, cell))

    def cell(self, cells: Cells, name: str) -> RawValue | None:
        """Return a row's cell under a heading."""
        return cells.get(self.at[plain(name)])

    def add(self, month: dt.date, stream: str, people: float, cell: str) -> None:
        """Add the arrivals of a month, which are the same in each scenario."""
        count = int(people) if float(people).is_integer() else people
        for scenario in _scenarios(self.book):
            cells: dict[str, RawValue | None] = {
                "scenario": scenario,
                "month": month,
                "stream": stream,
                "people": count,
            }
            written = {"month": month.isoformat(), "stream": stream}
            row = TakenRow(cells, self.file.name, self.top.name, cell, written)
            self.public.rows.setdefault("inflow", []).append(row)


def _scenarios(book: Book) -> tuple[str, ...]:
    """Return the scenarios of a book's arrivals; the middle one where it has none."""
    frame = book.frame("inflow")
    if "scenario" not in frame.columns:
        return (_MIDDLE,)
    names = (code_of(Named.SCENARIOS, str(each)) for each in frame["scenario"] if each)
    return tuple(dict.fromkeys(names)) or (_MIDDLE,)


def _number(raw: RawValue | None) -> float | None:
    """Return a published figure without its flag; nothing where it is not given."""
    if isinstance(raw, str):
        found = _FLAG.match(tidy(raw))
        return float(found[1]) if found else None
    return float(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else None


def _code(raw: RawValue | None) -> str:
    """Return a code as text, without the spaces it is padded with."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "" if raw is None else str(raw).strip()


def _cbs(table: _Table) -> bool:
    """Read CBS 83102NED: codes padded with spaces; months, quarters and years in one column."""
    if not table.headed(("Perioden",)) or not any("asielverzoek" in each for each in table.at):
        return False
    if table.lacks((*_CBS_KEYS, *_CBS_STREAMS), "CBS 83102NED"):
        return True
    read = _CbsFigures(table)
    for row, cells in table.grid.below(table.row):
        if all(_code(table.cell(cells, key)) == code for key, code in _CBS_TOTALS.items()):
            read.take(row, cells)
    _tell_rows(table, read.unknown, any_rows=bool(read.months))
    _hold_years(table, read.months, read.years)
    return True


class _CbsFigures:
    """The figures of rows of totals: months are added, years kept to hold them against."""

    def __init__(self, table: _Table) -> None:
        self._table = table
        self.months: dict[tuple[str, str], list[float]] = defaultdict(list)
        self.years: dict[tuple[str, str], tuple[float, str]] = {}
        self.unknown: list[str] = []

    def take(self, row: int, cells: Cells) -> None:
        """Take a row: of a month, a quarter or a year."""
        period = _code(self._table.cell(cells, "Perioden"))
        month, year = _CBS_MONTH.fullmatch(period), _CBS_YEAR.fullmatch(period)
        for heading, stream in _CBS_STREAMS.items():
            cell = f"{column_letters(self._table.at[plain(heading)])}{row}"
            number = _number(self._table.cell(cells, heading))
            if month and number is None:
                self.unknown.append(cell)
            elif month and number is not None:
                self.months[month[1], stream].append(number)
                first = dt.date(int(month[1]), int(month[2]), 1)
                self._table.add(first, stream, number, cell)
            elif year and number is not None:
                self.years[year[1], stream] = (number, cell)
        if not month and not _CBS_OTHER.fullmatch(period):
            self._table.tell(Severity.ERROR, "period", f"A{row}", period=period)


def _hold_years(
    table: _Table,
    sums: Mapping[tuple[str, str], Sequence[float]],
    years: Mapping[tuple[str, str], tuple[float, str]],
) -> None:
    """Hold a year's figure against its twelve months."""
    for key, (total, cell) in years.items():
        months = sums.get(key, ())
        if len(months) == _YEAR and abs(sum(months) - total) > _ROUNDED * (_YEAR + 1):
            table.tell(Severity.ERROR, "year", cell, year=key[0], total=total, sum=sum(months))


def _tell_rows(table: _Table, unknown: Sequence[str], *, any_rows: bool) -> None:
    """Tell which figures are not known, and that there is none at all."""
    if unknown:
        table.tell(Severity.REMARK, "unknown", unknown[0], count=len(unknown))
    if not any_rows:
        table.tell(Severity.ERROR, "no_totals", f"A{table.row}")


def _eurostat(table: _Table) -> bool:
    """Read migr_asyappctzm, as CSV with a row a figure or as TSV with months across."""
    rows = list(_eurostat_rows(table, "applicant"))
    if not rows and not ("applicant" in table.at and "citizen" in table.at):
        return False
    if table.lacks(_EUROSTAT_KEYS, "migr_asyappctzm"):
        return True
    unknown: list[str] = []
    for codes, month, raw, cell in rows:
        totals = all(codes.get(key) in known for key, known in _EUROSTAT_TOTALS.items())
        if not totals or codes.get("applicant") not in _EUROSTAT_FIRST:
            continue
        number, first = _number(raw), month_in(month, None)
        if number is None or first is None:
            unknown.append(cell)
        else:
            table.add(first, "first_applications", number, cell)
    _tell_rows(table, unknown, any_rows="inflow" in table.public.rows)
    return True


Figure = tuple[Mapping[str, str], str, RawValue | None, str]


def _eurostat_rows(table: _Table, mark: str) -> Iterator[Figure]:
    """Yield the figures of a Eurostat file: the codes by dimension, the period, the figure."""
    if table.headed((mark, "TIME_PERIOD", "OBS_VALUE")):
        at = table.at
        for row, cells in table.grid.below(table.row):
            codes = {name: _code(cells.get(column)) for name, column in at.items()}
            cell = f"{column_letters(at['obsvalue'])}{row}"
            yield codes, codes["timeperiod"], cells.get(at["obsvalue"]), cell
        return
    for row, cells in table.top.rows.items():
        first = min(cells)
        stacked = str(cells[first])
        if "TIME_PERIOD" in stacked.upper() and mark in stacked:
            table.row = row
            yield from _stacked(table, cells, first, stacked)
            return


def _stacked(table: _Table, heading: Cells, first: int, stacked: str) -> Iterator[Figure]:
    """Yield the figures of a TSV: the codes in one cell with commas between, periods across."""
    names = [plain(each) for each in re.split(r"[,\\]", stacked)][:-1]
    table.at = dict.fromkeys(names, first)
    for row, cells in table.grid.below(table.row):
        parts = (each.strip() for each in str(cells.get(first, "")).split(","))
        codes = dict(zip(names, parts, strict=False))
        for column, period in heading.items():
            if column != first:
                cell = f"{column_letters(column)}{row}"
                yield codes, _period(period), cells.get(column), cell


def _period(raw: RawValue) -> str:
    return raw.isoformat()[:7] if isinstance(raw, dt.date) else _code(raw)


def _dublin(table: _Table) -> bool:
    """Hold a Dublin table against what the book reckons with; none of its figures is one of ours.

    A request is no accepted claim, nor is every decision on one, and who is transferred to the
    Netherlands arrives as others do.
    The share that is transferred is of the claims accepted, which no table of these gives.
    """
    rows = list(_eurostat_rows(table, "partner"))
    name = _DUBLIN.search(f"{table.file.name} {table.top.name}")
    flow = next((each.get("dataflow", "") for each, *_ in rows), "")
    name = name or _DUBLIN.search(flow)
    if name is None or not (rows or "partner" in table.at):
        return False
    if table.lacks(_DUBLIN_KEYS, name[0]):
        return True
    years = {
        period: number
        for codes, period, raw, _ in rows
        if _is_dutch_total(codes) and (number := _number(raw)) is not None
    }
    if not years:
        _tell_rows(table, (), any_rows=False)
        return True
    last = max(years)
    _beside_claims(table, name[0].lower(), last, years[last])
    return True


def _beside_claims(table: _Table, name: str, year: str, count: float) -> None:
    """Tell a yearly figure of a Dublin table beside what it says something of."""
    told: dict[str, object] = {"table": name, "year": year, "count": count}
    accepted = _parameter(table.book, _ACCEPTED)
    sort = _DUBLIN_SORTS[name[-2:]]
    if sort == "incoming" or accepted is None:
        key = "incoming" if sort == "incoming" else "dublin"
    elif sort in {"requests", "decisions"}:
        claims = _YEAR * accepted
        key = sort if claims <= count else f"{sort}_fewer"
        told |= {"claims": round(claims), "parameter": supplied()[_ACCEPTED].title}
    else:
        claims = _YEAR * accepted
        share = _parameter(table.book, _TRANSFERRED) or 0.0
        key = "transfers"
        told |= {
            "claims": round(claims),
            "share": round(share, 3),
            "own": round(claims * share),
            "would": round(count / claims, 3) if claims else 0,
            "parameter": supplied()[_TRANSFERRED].title,
        }
    table.tell(Severity.REMARK, key, f"A{table.row}", **told)


def _parameter(book: Book, name: str) -> float | None:
    """Return a parameter of a book that holds throughout, as supplied where the book has none."""
    frame = book.frame("parameters")
    if {"parameter", "value"} <= {*frame.columns}:
        for row in frame.to_dict("records"):
            throughout = all(is_empty(row.get(key)) for key in ("valid_from", "valid_until"))
            if throughout and code_of(Named.PARAMETERS, str(row["parameter"])) == name:
                return _number(row["value"])
    found = supplied()[name].parameter.value
    return float(found) if isinstance(found, int | float) else None


def _is_dutch_total(codes: Mapping[str, str]) -> bool:
    """Whether a Dublin figure is of the Netherlands, of all partners, kinds and persons."""
    totals = all(codes.get(key, "T") in {"T", "TOTAL"} for key in _DUBLIN_KINDS)
    return codes.get("geo") == "NL" and codes.get("partner") == "TOTAL" and totals


def _coa(table: _Table) -> bool:
    """Read COA's portfolio: what it has and what it lacks by a day is an estimate of places.

    It is held as well against the contracts of the book that run on that day.
    """
    if not table.headed(_COA_KEYS[:2]):
        return False
    if table.lacks(_COA_KEYS, "COA"):
        return True
    read = [*_portfolio(table)]
    said = _said_day(table)
    decided = (said or min((each.day for each in read), default=dt.date.min)).replace(day=1)
    for each in read:
        key, told = "portfolio", dict[str, object]()
        if each.extra is not None:
            needed = each.places + each.extra
            key, told = "portfolio_needed", {"needed": needed}
            _add_estimate(table, decided, each.day, needed, each.cell)
        own = _beds_on(table.book, each.day)
        table.tell(
            Severity.REMARK, key, each.cell, day=each.day, published=each.places, own=own, **told
        )
    if said is None and "capacity_decision" in table.public.rows:
        table.tell(Severity.REMARK, "portfolio_day", f"A{table.row}", month=month_words(decided))
    return True


@dataclass(frozen=True)
class _Portfolio:
    """The places that COA has by a day, and those it needs besides where that is known."""

    day: dt.date
    places: float
    extra: float | None
    cell: str


def _portfolio(table: _Table) -> Iterator[_Portfolio]:
    """Yield the days of COA's table; tell which are not known."""
    for row, cells in table.grid.below(table.row):
        raw = table.cell(cells, "Datum")
        days = (raw,) if isinstance(raw, dt.date) else day_in(str(raw or ""), Language.NL)
        places, extra = (_dutch_number(table.cell(cells, each)) for each in _COA_KEYS[1:])
        if len(days) == 1 and places is not None:
            yield _Portfolio(days[0], places, extra, f"A{row}")
        else:
            table.tell(Severity.REMARK, "unknown", f"A{row}", count=1)


def _said_day(table: _Table) -> dt.date | None:
    """Return the day that stands above the table, if one does."""
    above = (cells for row, cells in table.top.rows.items() if row < table.row)
    for raw in (each for cells in above for each in cells.values()):
        if isinstance(raw, dt.date):
            return raw
        found = _DAY.search(str(raw))
        days = day_in(found[0], Language.NL) if found else ()
        if len(days) == 1:
            return days[0]
    return None


def _add_estimate(table: _Table, decided: dt.date, day: dt.date, places: float, cell: str) -> None:
    """Add an estimate of places for a day."""
    cells: dict[str, RawValue | None] = {
        "decided": decided,
        "for_day": day,
        "places": int(places) if places.is_integer() else places,
        "source": f"COA, {table.file.name}",
    }
    written = {"decided": decided.isoformat(), "for_day": day.isoformat()}
    row = TakenRow(cells, table.file.name, table.top.name, cell, written)
    table.public.rows.setdefault("capacity_decision", []).append(row)


def _dutch_number(raw: RawValue | None) -> float | None:
    if not isinstance(raw, str):
        return _number(raw)
    found = number_in(raw, Language.NL)
    return float(found[0]) if len(found) == 1 else None


def _beds_on(book: Book, day: dt.date) -> int:
    """Return the beds of the locations of a book whose contract runs on a day."""
    declared = table_of("locations")
    total = 0
    for _, cells in book.frame("locations").iterrows():
        try:
            read = {
                key: read_value(declared.column(key), cells.get(key))
                for key in ("beds", "open_from", "open_until", "status")
                if key in cells and not is_empty(cells.get(key))
            }
        except UnreadableValueError:
            continue
        begin, end = read.get("open_from"), read.get("open_until")
        begun = not isinstance(begin, dt.date) or begin <= day
        runs = not isinstance(end, dt.date) or end >= day
        if begun and runs and str(read.get("status", "open")) != "candidate":
            beds = read.get("beds")
            total += beds if isinstance(beds, int) else 0
    return total


_READERS = (_cbs, _eurostat, _dublin, _coa)
