"""`Network`: the rows of the table Streams, resolved into nodes and the flows between them.

A node is a group, or people of a group apart: those whom a flow would bring into a DOL part but
who may not go there, because they entered before the start date or are thought to be victims of
trafficking. They stay in regular reception as long as the others stay in DOL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from planner.cohorts.shares import RowKey, RowShare, row_share
from planner.cohorts.stays import DEFAULT_SPREAD, Stay
from planner.tables.case import Case
from planner.tables.kinds import PlaceKind, StayFamily
from planner.tables.people import Group, Stream
from planner.tables.supplied_streams import supplied_streams

# The group that Dublin cases wait in, where a row that leads to DOL names none.
WAITING = "dublin_before"


@dataclass(frozen=True)
class Node:
    """People who stay together: of a group, or of one apart that may not go into DOL.

    `group` is the group they count for. `instead_of` is the DOL group that they may not join,
    empty for the group itself. Only those who reach the longest stay go on where `at_limit` holds.
    """

    group: str
    instead_of: str
    stay: Stay
    at_limit: bool
    leave_parameter: str = ""

    @property
    def name(self) -> str:
        """The group, or both groups where the people are apart."""
        return f"{self.group} < {self.instead_of}" if self.instead_of else self.group

    @property
    def follows(self) -> str:
        """The group whose rows say where its leavers go."""
        return self.instead_of or self.group


@dataclass(frozen=True)
class Flow:
    """People who pass from a stream or node into a node: which part of them, when, how long.

    `source` is the name of a stream or of a node, `row` the row of the table that says which part
    of it passes. `before` and `since` are the parts of that row's people who take this flow: of
    those who arrived before the start date, and since.
    """

    source: str
    target: str
    row: RowKey
    delay: float
    stay: Stay
    before: float = 1.0
    since: float = 1.0


@dataclass(frozen=True)
class Network:
    """The nodes, each after those that lead to it, the flows, and the part each row takes."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    shares: tuple[RowShare, ...]

    @property
    def streams(self) -> tuple[str, ...]:
        """The sources that are no node: streams of arrivals."""
        nodes = {each.name for each in self.nodes}
        return tuple(dict.fromkeys(f.source for f in self.flows if f.source not in nodes))

    def node(self, name: str) -> Node:
        """Return a node by its name; `LookupError` when there is none."""
        for each in self.nodes:
            if each.name == name:
                return each
        raise LookupError(name)

    def into(self, node: str) -> tuple[Flow, ...]:
        """Return the flows that lead into a node."""
        return tuple(each for each in self.flows if each.target == node)


def rows_of(case: Case) -> tuple[Stream, ...]:
    """Return the rows of Streams: the workbook's, or where it has none the supplied ones.

    Supplied rows about groups that the case does not have are left out.
    """
    if case.streams:
        return case.streams
    return tuple(
        replace(each, group_before_start=_known(case, each.group_before_start))
        for each in supplied_streams()
        if each.group in case.groups
    )


def _known(case: Case, group: str) -> str:
    return group if group in case.groups else ""


def network(case: Case) -> Network:
    """Return the network of a case; its checks have found the rows to lead somewhere, once."""
    rows = rows_of(case)
    nodes = {node.name: node for node in _nodes(case, rows)}
    flows = [flow for each in rows for flow in _flows(case, each, nodes)]
    shares = tuple(row_share(case, each, leading=_leads(case, each, rows)) for each in rows)
    return Network(tuple(_in_order(nodes, flows)), tuple(flows), shares)


def _leads(case: Case, row: Stream, rows: tuple[Stream, ...]) -> bool:
    """Whether a row keeps its part when it is varied.

    Rows about Dublin cases do, and those of a group whose leavers may also leave reception.
    """
    if any(each.share_parameter for each in rows if each.stream == row.stream):
        return bool(row.share_parameter)
    dol = [each for each in rows if case.groups[each.group].prefers(PlaceKind.DOL)]
    dublin = {each.group for each in dol} | {_waiting(case, each) for each in dol}
    return row.stream in case.groups or row.group in dublin


def _nodes(case: Case, rows: tuple[Stream, ...]) -> Iterator[Node]:
    for name, group in case.groups.items():
        into = [each for each in rows if each.group == name]
        dol = group.prefers(PlaceKind.DOL)
        stay = _stay_of_group(case, group, into)
        limit = next((each.leave_parameter for each in into if each.leave_parameter), "")
        yield Node(name, "", stay, dol, limit)
        if dol:
            waiting = {_waiting(case, each) for each in into} - {""}
            for before in sorted(waiting):
                yield Node(before, name, stay, at_limit=True)


def _waiting(case: Case, row: Stream) -> str:
    """Return the group in which those wait whom a row may not bring into DOL."""
    if row.group_before_start:
        return row.group_before_start
    return row.stream if row.stream in case.groups else _known(case, WAITING)


def _stay_of_group(case: Case, group: Group, into: list[Stream]) -> Stay:
    """Return the stay of the people who are there at the start: the group's own mean."""
    if not into:
        return Stay(StayFamily.EXPONENTIAL, group.stay_months, limit=_limit(case, group))
    first = _stay(case, into[0])
    if first.family is StayFamily.DUBLIN_CLOCKS:
        return first
    return replace(first, mean=first.mean if group.stay_months is None else group.stay_months)


def _limit(case: Case, group: Group) -> float | None:
    """Return the longest stay of a group: the transfer term, for people in DOL."""
    return case.parameters.optional("transfer_months") if group.prefers(PlaceKind.DOL) else None


def _stay(case: Case, row: Stream) -> Stay:
    group = case.groups[row.group]
    spread = DEFAULT_SPREAD if row.stay_spread is None else row.stay_spread
    mean = group.stay_months if row.stay_months is None else row.stay_months
    stay = Stay(row.stay_family, mean, spread, _limit(case, group))
    if row.stay_family is not StayFamily.DUBLIN_CLOCKS:
        return stay
    clocks = _clocks(case)
    mean = sum(months * share for months, share in clocks)
    return replace(stay, mean=mean if row.stay_months is None else row.stay_months, clocks=clocks)


def _clocks(case: Case) -> tuple[tuple[float, float], ...]:
    """Return the months from arrival to notification: take back, and take charge."""
    charge = case.parameters.number("take_charge_share")
    months = case.parameters.number
    return (months("take_back_months"), 1.0 - charge), (months("take_charge_months"), charge)


def _flows(case: Case, row: Stream, nodes: Mapping[str, Node]) -> Iterator[Flow]:
    """Yield the flows of a row: from its stream, or from each node whose leavers it is about."""
    dol = case.groups[row.group].prefers(PlaceKind.DOL)
    key, delay, stay = (row.stream, row.group), row.delay_months or 0.0, _stay(case, row)
    sources = [node.name for node in nodes.values() if node.follows == row.stream]
    for source in sources or [row.stream]:
        flow = Flow(source, row.group, key, delay, stay)
        if dol:
            yield from _to_dol(case, flow, _waiting(case, row))
        else:
            yield flow


def _to_dol(case: Case, flow: Flow, waiting: str) -> Iterator[Flow]:
    """Yield who goes into DOL and who has to stay in regular reception instead."""
    trafficked = case.parameters.number("trafficking_share")
    yield replace(flow, before=0.0, since=1.0 - trafficked)
    if waiting:
        yield replace(flow, target=f"{waiting} < {flow.target}", since=trafficked)


def _in_order(nodes: Mapping[str, Node], flows: list[Flow]) -> Iterator[Node]:
    """Yield the nodes, each after every node that leads to it."""
    placed: set[str] = set()
    waiting = dict(nodes)
    while waiting:
        ready = [
            name
            for name in waiting
            if all(f.source in placed or f.source not in nodes for f in flows if f.target == name)
        ]
        if not ready:
            circle = ", ".join(waiting)
            raise LookupError(circle)
        for name in ready:
            yield waiting.pop(name)
            placed.add(name)
