"""Checks on what holds for a time: periods that overlap, and what adds up within them; stages."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from planner.core.errors import Finding, Severity
from planner.core.texts import message, month_words
from planner.input.kinds import StayFamily
from planner.input.months import covers
from planner.input.parameters import Parameters, is_period
from planner.input.records import table
from planner.input.span import planned_months
from planner.input.streams import Stage, Stream
from planner.input.supplied_streams import supplied_stages, supplied_streams
from planner.input.terms import read_parameters
from planner.input.typed import TypedRow, TypedTables

_ROUNDING = 1e-9
_DATED = ("parameters", "streams", "stages")


def periods_do_not_overlap(typed: TypedTables) -> Iterator[Finding]:
    """Yield rows of the same name whose periods overlap, or whose last day comes first."""
    for name in _DATED:
        declared = table(name)
        before: dict[tuple[object, ...], list[TypedRow]] = defaultdict(list)
        for each in typed.rows(name):
            if not _is_dated(name, each):
                continue
            begin, end = each.record.valid_from, each.record.valid_until
            if name != "parameters" and begin and end and end < begin:
                what = message("check.validity", first=begin, last=end)
                todo = message("check.validity.todo")
                yield typed.finding(Severity.ERROR, name, each.row, "valid_until", what, todo)
            own = [getattr(each.record, column.field) for column in declared.row_columns]
            same = before[tuple(own[:-1])]
            for other in same:
                if _overlap(each, other):
                    what = message("check.periods_overlap", row=str(other.row))
                    todo = message("check.periods_overlap.todo")
                    yield typed.finding(Severity.ERROR, name, each.row, "valid_from", what, todo)
                    break
            same.append(each)


def _is_dated(name: str, each: TypedRow) -> bool:
    begin, end = each.record.valid_from, each.record.valid_until
    if name == "parameters":
        return is_period(each.record.parameter, begin, end)
    return begin is not None or end is not None


def _overlap(one: TypedRow, other: TypedRow) -> bool:
    """Whether two rows hold on the same day."""
    first = max(each.record.valid_from or dt.date.min for each in (one, other))
    last = min(each.record.valid_until or dt.date.max for each in (one, other))
    return first <= last


def shares_fit_in_every_month(typed: TypedTables) -> Iterator[Finding]:
    """Yield what makes the rows of a stream take more than everybody in a month of the plan.

    What takes too much without any period is found beside this.
    """
    parameters, rows = read_parameters(typed)[0], typed.rows("streams")
    by_stream: dict[tuple[str, str], list[TypedRow]] = defaultdict(list)
    for each in rows or (TypedRow(-1, row) for row in supplied_streams()):
        if not each.record.delay_months:
            by_stream[each.record.stream, each.record.stage_left].append(each)
    for (stream, _), own in by_stream.items():
        for month in planned_months(typed):
            now = [each for each in own if _counts(each, own, month)]
            total = max(
                sum(_taken(each.record, parameters, month, own) for each in now),
                # What rows with a parameter leave cannot be divided more than once either.
                sum(each.record.share or 0.0 for each in now if not each.record.share_parameter),
            )
            cause = _dated_cause(typed, now, month)
            if total > 1 + _ROUNDING and cause is not None:
                name, row, column = cause
                named = month_words(month)
                what = message("check.shares_over_in", stream=stream, total=total, month=named)
                todo = message("check.shares_over_in.todo", stream=stream)
                yield typed.finding(Severity.ERROR, name, row, column, what, todo)
                break


def _counts(each: TypedRow, rows: list[TypedRow], month: dt.date) -> bool:
    """Whether a row is the one of its kind that holds in a month."""

    def place(of: Stream) -> tuple[str, ...]:
        return of.stream, of.stage_left, of.group, of.stage

    def holds(of: TypedRow) -> bool:
        dated = of.record.valid_from or of.record.valid_until
        return bool(dated) and covers(month, of.record.valid_from, of.record.valid_until)

    if each.record.valid_from or each.record.valid_until:
        return holds(each)
    return not any(holds(o) for o in rows if place(o.record) == place(each.record))


def _taken(row: Stream, parameters: Parameters, month: dt.date, own: list[TypedRow]) -> float:
    """Return the part of everybody that a row takes for sure in a month.

    Beside rows with a parameter the others divide what those leave, or take a part of it.
    """
    if row.share_parameter:
        return parameters.in_force(row.share_parameter, month) or 0.0
    return 0.0 if any(each.record.share_parameter for each in own) else row.share or 0.0


def _dated_cause(
    typed: TypedTables, rows: list[TypedRow], month: dt.date
) -> tuple[str, int, str] | None:
    """Return the cell for a time that counts in a month: of Streams, or of Parameters."""
    for each in reversed(rows):
        if each.row >= 0 and (each.record.valid_from or each.record.valid_until):
            return "streams", each.row, "share"
    named = {each.record.share_parameter for each in rows} - {""}
    for each in typed.rows("parameters"):
        begin, end = each.record.valid_from, each.record.valid_until
        dated = is_period(each.record.parameter, begin, end) and covers(month, begin, end)
        if dated and each.record.parameter in named:
            return "parameters", each.row, "value"
    return None


def stages_end(typed: TypedTables) -> Iterator[Finding]:
    """Yield stages that nobody ever leaves, and parameters of stages that have no number."""
    parameters = read_parameters(typed)[0]
    groups = {each.group: each for each in typed.records("groups")}
    rated = {(r.group, r.stage) for r in _streams(typed) if r.leave_parameter}
    for each in typed.rows("stages"):
        stage: Stage = each.record
        for column in ("stay_parameter", "term_parameter"):
            name = getattr(stage, column)
            if name and parameters.optional(name) is None:
                what = message("check.stream_parameter", name=name)
                todo = message("check.stream_parameter.todo")
                yield typed.finding(Severity.ERROR, "stages", each.row, column, what, todo)
        group = groups.get(stage.group)
        own = None if group is None else group.stay_months
        clocked = stage.stay_family is StayFamily.DUBLIN_CLOCKS
        ends = stage.stay_months is not None or stage.stay_parameter or own is not None or clocked
        if not ends and (stage.group, stage.stage) not in rated:
            what = message("check.stage_endless", stage=stage.stage, group=stage.group)
            todo = message("check.stage_endless.todo")
            yield typed.finding(Severity.ERROR, "stages", each.row, "stay_months", what, todo)


def stages_are_known(typed: TypedTables) -> Iterator[Finding]:
    """Yield rows about leaving a stage that nobody comes into, and shares above everybody."""
    places = {(row.group, row.stage) for row in _streams(typed)}
    places |= {(row.group, row.stage) for row in typed.records("stages")}
    if not typed.rows("stages"):
        places |= {(row.group, row.stage) for row in supplied_stages()}
    groups = {each.group for each in typed.records("groups")}
    for each in typed.rows("streams"):
        row: Stream = each.record
        left = (row.stream, row.stage_left)
        if row.stage_left and row.stream in groups and left not in places:
            what = message("check.stage_unknown", stage=row.stage_left, group=row.stream)
            todo = message("check.stage_unknown.todo")
            yield typed.finding(Severity.ERROR, "streams", each.row, "stage_left", what, todo)
    totals: dict[tuple[str, dt.date | None], float] = defaultdict(float)
    for each in typed.rows("stages"):
        key = each.record.group, each.record.valid_from
        totals[key] += each.record.share_at_start or 0.0
        if totals[key] > 1 + _ROUNDING:
            what = message("check.shares_over", stream=each.record.group, total=totals[key])
            todo = message("check.stage_shares.todo")
            yield typed.finding(Severity.ERROR, "stages", each.row, "share_at_start", what, todo)


def _streams(typed: TypedTables) -> tuple[Stream, ...]:
    return tuple(typed.records("streams")) or supplied_streams()
