"""Checks on arrivals: the sheets Inflow and Streams, by which people are followed to groups."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.counts import reference_date
from planner.input.kinds import PlaceKind
from planner.input.months import month_of, months_from
from planner.input.people import Group
from planner.input.span import last_months, planned_months
from planner.input.streams import Inflow, Stream
from planner.input.supplied_streams import supplied_streams
from planner.input.terms import read_parameters
from planner.input.typed import TypedRow, TypedTables

BACKLOG, PERMITS, PERMIT_HOLDERS = "backlog", "permits", "permit_holders"
StreamStage = tuple[str, str]  # a stream or group, and the stage that is left
# Applications at the border: only some of these people come to COA.
BORDER = "border"

_ROUNDING = 1e-9
_SHAPES = (0.0, 1.0, 2.0)
_SEASON = "season_"
_CLOCKS = ("take_back_months", "take_charge_months")


def shares_divide_streams(typed: TypedTables) -> Iterator[Finding]:
    """Yield streams of which the rows take more than everybody, or leave some people out.

    Of the backlog nobody is left out: those people live elsewhere, and most go on doing so after
    the decision; the rows say which part asks for a place.
    """
    may_stay_out = {*_groups(typed), BACKLOG}
    for (stream, _), rows in _by_stream(typed).items():
        at_once = [each for each in rows if not each.record.delay_months]
        total = 0.0
        for each in at_once:
            total += each.record.share or 0.0
            if total > 1 + _ROUNDING:
                what = message("check.shares_over", stream=stream, total=total)
                todo = message("check.shares_over.todo", stream=stream)
                yield typed.finding(Severity.ERROR, "streams", each.row, "share", what, todo)
                break
        by_parameter = any(each.record.share_parameter for each in at_once)
        if at_once and stream not in may_stay_out and not by_parameter and total < 1 - _ROUNDING:
            what = message("check.shares_under", stream=stream, rest=1 - total)
            todo = message("check.shares_under.todo")
            yield typed.finding(Severity.REMARK, "streams", at_once[0].row, "share", what, todo)


def streams_say_their_share(typed: TypedTables) -> Iterator[Finding]:
    """Yield rows without a share, and names of parameters that have no number."""
    parameters = read_parameters(typed)[0]
    for each in typed.rows("streams"):
        row: Stream = each.record
        if row.share is None and not row.share_parameter:
            what = message("check.share_empty", stream=row.stream, group=row.group)
            todo = message("check.share_empty.todo")
            yield typed.finding(Severity.ERROR, "streams", each.row, "share", what, todo)
        for column in ("share_parameter", "leave_parameter"):
            name = getattr(row, column)
            if name and parameters.optional(name) is None:
                what = message("check.stream_parameter", name=name)
                todo = message("check.stream_parameter.todo")
                yield typed.finding(Severity.ERROR, "streams", each.row, column, what, todo)


def parameters_leave_room(typed: TypedTables) -> Iterator[Finding]:
    """Yield streams of which the rows by parameter alone take more than everybody."""
    parameters = read_parameters(typed)[0]
    for (stream, _), rows in _by_stream(typed).items():
        total = 0.0
        for each in rows:
            name = each.record.share_parameter
            total += (parameters.optional(name) or 0.0) if not each.record.delay_months else 0.0
            if name and total > 1 + _ROUNDING:
                what = message("check.shares_over", stream=stream, total=total)
                todo = message("check.parameters_over.todo")
                yield typed.finding(
                    Severity.ERROR, "streams", each.row, "share_parameter", what, todo
                )
                break


def streams_are_no_circle(typed: TypedTables) -> Iterator[Finding]:
    """Yield the row that closes a circle: people who leave a group and come back to it."""
    following: dict[StreamStage, list[TypedRow]] = defaultdict(list)
    for each in typed.rows("streams"):
        following[each.record.stream, each.record.stage_left].append(each)
    # Family follows those who get a permit.
    family = following.get((PERMITS, ""), [])
    for place, rows in list(following.items()):
        granted = any(row.record.group == PERMIT_HOLDERS for row in rows)
        if place[0] in _groups(typed) and granted:
            following[place] = [*rows, *family]
    done: set[StreamStage] = set()
    for start in following:
        yield from _circles(typed, start, following, (), done)


def _circles(
    typed: TypedTables,
    at: StreamStage,
    following: Mapping[StreamStage, Sequence[TypedRow]],
    path: tuple[StreamStage, ...],
    done: set[StreamStage],
) -> Iterator[Finding]:
    if at in done:
        return
    for each in following.get(at, ()):
        after = (each.record.group, each.record.stage)
        if after in (*path, at):
            places = (*(*path, at)[(*path, at).index(after) :], after)
            circle = " > ".join("/".join(part for part in place if part) for place in places)
            what = message("check.streams_circular", circle=circle)
            todo = message("check.streams_circular.todo")
            yield typed.finding(Severity.ERROR, "streams", each.row, "group", what, todo)
        else:
            yield from _circles(typed, after, following, (*path, at), done)
    done.add(at)


def streams_lead_somewhere(typed: TypedTables) -> Iterator[Finding]:
    """Yield streams of arrivals that no row takes on, and rows about a stream without arrivals."""
    given = typed.rows("streams")
    known = {BORDER, *(each.stream for each in _rows_in_force(typed))}
    severity = Severity.ERROR if given or _needs_arrivals(typed) else Severity.REMARK
    told: set[str] = set()
    for each in typed.rows("inflow"):
        stream = each.record.stream
        if stream not in known and stream not in told:
            told.add(stream)
            what = message("check.stream_nowhere", stream=stream)
            todo = message("check.stream_nowhere.todo", stream=stream)
            yield typed.finding(severity, "inflow", each.row, "stream", what, todo)
    arriving = {each.stream for each in typed.records("inflow")}
    groups = _groups(typed)
    follows = {BACKLOG, PERMITS}
    for (stream, _), rows in _by_stream(typed).items():
        if arriving and stream not in {*arriving, *groups, *follows}:
            what = message("check.stream_nobody", stream=stream)
            todo = message("check.stream_nobody.todo")
            yield typed.finding(Severity.REMARK, "streams", rows[0].row, "stream", what, todo)


def inflow_is_complete(typed: TypedTables) -> Iterator[Finding]:
    """Yield streams without arrivals in some planned months: empty is not zero."""
    severity = Severity.ERROR if _needs_arrivals(typed) else Severity.REMARK
    given: dict[tuple[str, str], dict[dt.date, int]] = defaultdict(dict)
    for each in typed.rows("inflow"):
        row: Inflow = each.record
        given[row.scenario, row.stream][row.month] = each.row
    for (scenario, stream), months in given.items():
        missing = [month for month in _months(typed, scenario) if month not in months]
        if missing:
            what = message(
                "check.inflow_gap",
                scenario=scenario,
                stream=stream,
                count=len(missing),
                first=missing[0],
            )
            todo = message("check.inflow_gap.todo")
            row_number = min(months.values())
            yield typed.finding(severity, "inflow", row_number, "month", what, todo)


def scenarios_have_every_stream(typed: TypedTables) -> Iterator[Finding]:
    """Yield scenarios that have arrivals but none for a stream that people do come in."""
    severity = Severity.ERROR if _needs_arrivals(typed) else Severity.REMARK
    rows: dict[str, int] = {}
    given: dict[str, set[str]] = defaultdict(set)
    for each in typed.rows("inflow"):
        rows.setdefault(each.record.scenario, each.row)
        given[each.record.scenario].add(each.record.stream)
    every = dict.fromkeys(each.stream for each in typed.records("inflow"))
    for scenario, streams in given.items():
        absent = tuple(stream for stream in every if stream not in streams)
        if absent:
            what = message("check.inflow_absent", scenario=scenario, streams=absent)
            todo = message("check.inflow_gap.todo")
            yield typed.finding(severity, "inflow", rows[scenario], "stream", what, todo)
    if given and not typed.rows("streams"):
        joined = {each.group for each in supplied_streams()}
        supplied = dict.fromkeys(
            each.stream
            for each in supplied_streams()
            if each.stream not in {*joined, *every, BACKLOG, PERMITS}
            and each.group in _groups(typed)
        )
        if supplied:
            what = message("check.inflow_supplied", streams=tuple(supplied))
            todo = message("check.stream_nobody.todo")
            yield typed.finding(Severity.REMARK, "inflow", None, "stream", what, todo)


def arrivals_reach_back(typed: TypedTables) -> Iterator[Finding]:
    """Yield streams of Dublin cases without arrivals in months since the start date for DOL.

    Who came then is part of the count, and the first whom a notification brings into DOL.
    """
    parameters, date = read_parameters(typed)[0], reference_date(typed)
    start = parameters.date("dublin_start_date")
    if start is None or date is None:
        return
    # Who came longer ago than the longest of the clocks has been notified by now.
    clocks = [parameters.optional(name) or 0.0 for name in _CLOCKS]
    since = months_from(month_of(start), date)[-1 - math.ceil(max(clocks)) :]
    waiting = _waiting_for_dol(typed)
    leading = {each.stream for each in _rows_in_force(typed) if each.group in waiting}
    given: dict[tuple[str, str], dict[dt.date, int]] = defaultdict(dict)
    for each in typed.rows("inflow"):
        if each.record.stream in leading:
            given[each.record.scenario, each.record.stream][each.record.month] = each.row
    for (scenario, stream), months in given.items():
        missing = [month for month in since if month not in months]
        if missing:
            fields = {"scenario": scenario, "stream": stream, "first": missing[0]}
            what = message("check.inflow_history", **fields, count=len(missing))
            todo = message("check.inflow_history.todo")
            row = min(months.values())
            yield typed.finding(Severity.REMARK, "inflow", row, "month", what, todo)


def _waiting_for_dol(typed: TypedTables) -> set[str]:
    """Return the groups whose leavers go into a DOL part."""
    groups = _groups(typed)
    return {
        each.stream
        for each in _rows_in_force(typed)
        if each.group in groups
        and each.stream in groups
        and groups[each.group].prefers(PlaceKind.DOL)
        and not groups[each.stream].prefers(PlaceKind.DOL)
    }


def _months(typed: TypedTables, scenario: str) -> Sequence[dt.date]:
    """Return the months that a scenario plans."""
    months = planned_months(typed)
    last = last_months(typed).get(scenario)
    return months if last is None or not months else months_from(months[0], last)


def _needs_arrivals(typed: TypedTables) -> bool:
    """Whether arrivals are given and some group's number in some month hangs on them."""
    if not typed.rows("inflow"):
        return False
    given: dict[str, set[tuple[str, dt.date]]] = defaultdict(set)
    for each in typed.records("forecast"):
        given[each.scenario].add((each.group, each.month))
    groups = _groups(typed)
    return not given or any(
        (group, month) not in rows
        for scenario, rows in given.items()
        for group in groups
        for month in _months(typed, scenario)
    )


def minors_stay_out_of_dol(typed: TypedTables) -> Iterator[Finding]:
    """Yield rows by which unaccompanied minors would come into a DOL part (Art. 27(9)).

    Either at once, or by the group that Dublin cases wait in.
    """
    groups = _groups(typed)
    waiting = _waiting_for_dol(typed)
    for each in typed.rows("streams"):
        source, target = groups.get(each.record.stream), groups.get(each.record.group)
        if source is None or target is None:
            continue
        leads = target.prefers(PlaceKind.DOL) or target.group in waiting
        if source.prefers(PlaceKind.MINORS) and leads:
            what = message("check.minors_to_dol", group=source.group, dol=target.group)
            todo = message("check.minors_to_dol.todo")
            yield typed.finding(Severity.ERROR, "streams", each.row, "group", what, todo)


def stays_within_transfer_term(typed: TypedTables) -> Iterator[Finding]:
    """Yield mean stays in DOL that are longer than the transfer term, which ends them."""
    limit = read_parameters(typed)[0].optional("transfer_months")
    groups = _groups(typed)
    for name in ("streams", "stages", "groups"):
        for each in typed.rows(name):
            stay, group = each.record.stay_months, groups.get(each.record.group)
            other = bool(getattr(each.record, "term_parameter", ""))
            if stay is None or group is None or limit is None or other:
                continue
            if group.prefers(PlaceKind.DOL) and stay > limit:
                what = message("check.stay_over", stay=stay, limit=limit)
                todo = message("check.stay_over.todo")
                yield typed.finding(Severity.REMARK, name, each.row, "stay_months", what, todo)


def backlog_has_a_shape(typed: TypedTables) -> Iterator[Finding]:
    """Yield a run-off of the backlog that is none of those known."""
    shape = read_parameters(typed)[0].optional("backlog_shape")
    for each in typed.rows("parameters"):
        named = each.record.parameter == "backlog_shape"
        if named and shape is not None and shape not in _SHAPES:
            what = message("check.backlog_shape", value=shape)
            todo = message("check.backlog_shape.todo")
            yield typed.finding(Severity.ERROR, "parameters", each.row, "value", what, todo)


def season_has_weight(typed: TypedTables) -> Iterator[Finding]:
    """Yield seasonal weights that are all nothing: arrivals would come in no month."""
    parameters = read_parameters(typed)[0]
    names = [name for name in parameters.by_name if name.startswith(_SEASON)]
    if any(parameters.optional(name) for name in names):
        return
    for each in typed.rows("parameters"):
        if each.record.parameter in names:
            what, todo = message("check.season_empty"), message("check.season_empty.todo")
            yield typed.finding(Severity.ERROR, "parameters", each.row, "value", what, todo)
            return


def groups_are_joined(typed: TypedTables) -> Iterator[Finding]:
    """Yield, as one remark, the groups that no stream leads to: they only run off."""
    if not typed.rows("inflow"):
        return
    joined = {each.group for each in _rows_in_force(typed)}
    alone = tuple(group for group in _groups(typed) if group not in joined)
    if alone:
        what = message("check.group_not_joined", groups=alone)
        todo = message("check.group_not_joined.todo")
        yield typed.finding(Severity.REMARK, "streams", None, "group", what, todo)


def _rows_in_force(typed: TypedTables) -> Sequence[Stream]:
    """Return the rows by which people are followed: the workbook's, else the supplied ones."""
    return tuple(typed.records("streams")) or supplied_streams()


def _by_stream(typed: TypedTables) -> dict[StreamStage, list[TypedRow]]:
    """Return the rows that hold throughout, by stream and the stage that is left."""
    rows: dict[StreamStage, list[TypedRow]] = defaultdict(list)
    for each in typed.rows("streams"):
        if each.record.valid_from is None and each.record.valid_until is None:
            rows[each.record.stream, each.record.stage_left].append(each)
    return dict(rows)


def _groups(typed: TypedTables) -> Mapping[str, Group]:
    return {each.group: each for each in typed.records("groups")}
