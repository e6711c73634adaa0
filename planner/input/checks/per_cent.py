"""The check on changes in per cent: a sheet keeps `+10 %` as 0.1 and shows it as 10 %.

Whether 10 % more was meant, or 10 %, the number no longer tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.errors import Finding, Severity
from planner.core.texts import Text, message
from planner.input.book import RawSheet
from planner.input.records import table
from planner.input.scenarios.by_key import address_of
from planner.input.settings import ScenarioEdit
from planner.input.switches import known_parameter
from planner.input.typed import TypedRow, TypedTables

_SHARES = ("share", "people per place")


def changes_in_per_cent(typed: TypedTables) -> Iterator[Finding]:
    """Yield changes that stand as a percentage: of anything but a share, nothing can be made.

    A share becomes that percentage, with a remark that it does not become so much more.
    """
    sheet = typed.book.tables.get("scenarios")
    raw = next((e for e in typed.book.sheets if sheet and e.name == sheet.name), None)
    if sheet is None or raw is None or "value" not in sheet.positions:
        return
    for each in typed.rows("scenarios"):
        if not _in_per_cent(raw, each, sheet.positions["value"]):
            continue
        fault = "scenario.per_cent_of" if _is_share(each.record) else "scenario.per_cent"
        severity = Severity.REMARK if _is_share(each.record) else Severity.ERROR
        share: float = each.record.value
        fields = {"percent": _written(100.0 * share), "factor": _written(1.0 + share)}
        what, todo = message(fault, **fields), message(f"{fault}.todo", **fields)
        yield typed.finding(severity, "scenarios", each.row, "value", what, todo)


def _written(number: float) -> Text:
    """Return a number with every decimal that it has, to be typed as it stands."""
    written = f"{number:.8g}"
    return Text(written.replace(".", ","), written)


def _in_per_cent(raw: RawSheet, each: TypedRow, column: int) -> bool:
    """Whether a value still stands as it was read, as a number that is shown in per cent."""
    value, at = each.record.value, (each.row, column)
    a_number = isinstance(value, int | float) and not isinstance(value, bool)
    return a_number and "%" in raw.formats.get(at, "") and raw.cells.get(at) == value


def _is_share(change: ScenarioEdit) -> bool:
    of, key, column = address_of(change.table, change.key, change.column)
    if of == "parameters":
        known = known_parameter(key.split("|")[0])
        return known is not None and known.unit.startswith(_SHARES)
    try:
        return table(of).column(column).unit == "share"
    except KeyError:
        return False
