"""`Network`: the rows of the tables Streams and Stages, resolved into nodes and flows.

A node is a stage of a group, or people of one apart: those whom a flow would bring into a DOL part
but who may not go there, because they entered before the start date or are thought to be victims
of trafficking. They stay in regular reception as long as the others stay in DOL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from math import fsum

from planner.forecast.cohorts.rows import (
    PERMIT_HOLDERS,
    PERMITS,
    RowKey,
    Span,
    holding,
    key_of,
    rows_of,
    span_of,
    stages_of,
    waiting_group,
)
from planner.forecast.cohorts.shares import BEFORE, RowShare, row_share
from planner.forecast.cohorts.stays import Stay
from planner.input.case import Case
from planner.input.kinds import PlaceKind, StayFamily
from planner.input.people import Group
from planner.input.streams import Stage, Stream

StageOf = tuple[str, str]

# How many of a unit go into a month, where a stay is not given in months.
_IN_A_MONTH = {"days": 365.25 / 12, "weeks": 365.25 / 12 / 7}


@dataclass(frozen=True)
class Node:
    """People who stay together: a stage of a group, or people apart who may not go into DOL.

    `group` is the group they count for. `instead_of` is the DOL group that they may not join,
    empty for the group itself. Only those who reach the longest stay go on where `at_limit` holds.
    `stay` is that of the people there at the start, and `share` the part of the group's people at
    the start; where `order` is set they wait for a decision and leave by the run-off.
    """

    group: str
    stage: str
    instead_of: str
    stay: Stay
    at_limit: bool
    leave_parameter: str = ""
    share: float = 1.0
    order: int | None = None

    @property
    def name(self) -> str:
        """The group and the stage, and the DOL group where the people are apart."""
        here = f"{self.group}/{self.stage}" if self.stage else self.group
        return f"{here} < {self.instead_of}" if self.instead_of else here

    @property
    def follows(self) -> StageOf:
        """The group and stage whose rows say where its leavers go."""
        return self.instead_of or self.group, self.stage


@dataclass(frozen=True)
class Flow:
    """People who pass from a stream or node into a node: which part of them, when, how long.

    `source` is the name of a stream or of a node, `row` the row of the table that says which part
    of it passes. `before` and `since` are the parts of that row's people who take this flow: of
    those who arrived before the start date, and since. `stays` has for both the stay by month of
    joining. `absconded` flows take those who left DOL by themselves and come back.
    """

    source: str
    target: str
    row: RowKey
    delay: float
    stays: tuple[tuple[Stay, ...], tuple[Stay, ...]]
    before: float = 1.0
    since: float = 1.0
    absconded: bool = False

    @property
    def stay(self) -> Stay:
        """The stay of those who join last."""
        return self.stays[1][-1]


@dataclass(frozen=True)
class Network:
    """The nodes, each after those that lead to it, the flows, and the part each row takes."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    shares: tuple[RowShare, ...]
    span: Span

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

    def of_group(self, group: str) -> Node:
        """Return the first node of a group; `LookupError` when there is none."""
        for each in self.nodes:
            if each.group == group and not each.instead_of:
                return each
        raise LookupError(group)

    def into(self, node: str) -> tuple[Flow, ...]:
        """Return the flows that lead into a node."""
        return tuple(each for each in self.flows if each.target == node)

    def grants(self) -> tuple[Flow, ...]:
        """Return the flows of those who get a permit by a decision."""
        nodes = {each.name: each.group for each in self.nodes}
        return tuple(
            each
            for each in self.flows
            if each.source in nodes and nodes[each.target] == PERMIT_HOLDERS
        )

    def leading_to(self, groups: Collection[str]) -> Network:
        """Return the part that the people of some groups hang on, who are the same in it.

        Whole groups: those asked for, those that lead to them, and where one of them waits for a
        decision all who do, for they are decided in one order.
        """
        group_of = {each.name: each.group for each in self.nodes}
        waiting = {each.group for each in self.nodes if each.order is not None}
        kept, more = set[str](), set(groups)
        while more - kept:
            kept |= more
            sources = {each.source for each in self.flows if group_of[each.target] in kept}
            more = {group_of[each] for each in sources if each in group_of}
            more |= {PERMIT_HOLDERS} if PERMITS in sources else set()
            more |= waiting if waiting & kept else set()
        return replace(
            self,
            nodes=tuple(each for each in self.nodes if each.group in kept),
            flows=tuple(each for each in self.flows if group_of[each.target] in kept),
        )


def network(case: Case) -> Network:
    """Return the network of a case; its checks have found the rows to lead somewhere, once."""
    return _Builder(case).network()


class _Builder:
    """Resolves the rows of one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rows = rows_of(case)
        self._span = span_of(case)
        self._stages: dict[StageOf, list[Stage]] = {}
        for each in stages_of(case):
            self._stages.setdefault((each.group, each.stage), []).append(each)

    def network(self) -> Network:
        nodes = {node.name: node for node in self._nodes()}
        flows = [flow for each in self._rows for flow in self._flows(each, nodes)]
        shares = tuple(
            row_share(self._case, each, self._rows, self._span, leading=self._leads(each))
            for each in self._rows
        )
        return Network(tuple(_in_order(nodes, flows)), tuple(flows), shares, self._span)

    def _leads(self, row: Stream) -> bool:
        """Whether a row keeps its part when it is varied.

        Rows about Dublin cases do, and those of a group whose leavers may also leave reception.
        """
        case = self._case
        beside = [
            each
            for each in self._rows
            if (each.stream, each.stage_left) == (row.stream, row.stage_left)
        ]
        if any(each.share_parameter for each in beside):
            return bool(row.share_parameter)
        dol = [each for each in self._rows if case.groups[each.group].prefers(PlaceKind.DOL)]
        dublin = {each.group for each in dol} | {waiting_group(case, each) for each in dol}
        return row.stream in case.groups or row.group in dublin

    def _nodes(self) -> Iterator[Node]:
        for name, group in self._case.groups.items():
            places = dict.fromkeys(
                [
                    *(each.stage for each in self._rows if each.group == name),
                    *(each.stage_left for each in self._rows if each.stream == name),
                    *(stage for of, stage in self._stages if of == name),
                ]
            )
            own = [self._node(name, stage) for stage in places or [""]]
            whole = fsum(each.share for each in own)
            # Whom no share speaks for are in the first stage.
            first = replace(own[0], share=own[0].share + max(0.0, 1.0 - whole))
            yield from (first, *own[1:])
            if group.prefers(PlaceKind.DOL):
                for stage in places:
                    yield from self._apart(name, stage)

    def _node(self, name: str, stage: str) -> Node:
        group = self._case.groups[name]
        into = [each for each in self._rows if (each.group, each.stage) == (name, stage)]
        said = holding(self._stages.get((name, stage), ()), self._case.months[0])
        limit = next((each.leave_parameter for each in into if each.leave_parameter), "")
        return Node(
            name,
            stage,
            "",
            self._stay_at_start(name, stage, into),
            group.prefers(PlaceKind.DOL),
            limit,
            (said.share_at_start or 0.0) if said else 0.0,
            said.run_off_order if said else None,
        )

    def _apart(self, name: str, stage: str) -> Iterator[Node]:
        into = [each for each in self._rows if (each.group, each.stage) == (name, stage)]
        stay = self._stay_at_start(name, stage, into)
        for waiting in sorted({waiting_group(self._case, each) for each in into} - {""}):
            yield Node(waiting, stage, name, stay, at_limit=True, share=0.0)

    def _stay_at_start(self, name: str, stage: str, into: list[Stream]) -> Stay:
        """Return the stay of the people who are there at the start: the group's own mean."""
        month = self._case.months[0]
        group = self._case.groups[name]
        if holding(self._stages.get((name, stage), ()), month) is not None:
            stay = self._staged(name, stage, month, since=False)
            return replace(stay, limit=self._limit(name, stage, month, 0.0))
        if not into:
            limit = self._limit(name, stage, month, 0.0)
            return Stay(StayFamily.EXPONENTIAL, group.stay_months, limit=limit)
        first = self._stay(into[0], month, since=True)
        if first.family is StayFamily.DUBLIN_CLOCKS or self._queues(name, stage):
            return first
        return replace(first, mean=first.mean if group.stay_months is None else group.stay_months)

    def _limit(self, name: str, stage: str, month: dt.date, delay: float) -> float | None:
        """Return the longest stay of people in DOL: the transfer term, less what has passed."""
        if not self._case.groups[name].prefers(PlaceKind.DOL):
            return None
        said = holding(self._stages.get((name, stage), ()), month)
        named = said.term_parameter if said else ""
        term = self._case.parameters.in_force(named or "transfer_months", month)
        return term if term is None or not delay else max(self._least_term(month), term - delay)

    def _least_term(self, month: dt.date) -> float:
        """Return the months that are left for the transfer of who absconded and comes back late."""
        return self._case.parameters.in_force("transfer_months_after_return", month) or 0.0

    def _stay(self, row: Stream, month: dt.date, *, since: bool) -> Stay:
        """Return how long those stay who join by a row in a month."""
        group = self._case.groups[row.group]
        back = row.delay_months or 0.0 if row.stream in self._case.groups else 0.0
        limit = self._limit(row.group, row.stage, month, back)
        said = holding(self._stages.get((row.group, row.stage), ()), month)
        if said is not None and row.stay_months is None:
            stay = self._staged(row.group, row.stage, month, since=since)
        else:
            stay = self._by(row, row.stay_months, self._own(group, row.stage), month)
        return replace(stay, limit=limit)

    def _staged(self, name: str, stage: str, month: dt.date, *, since: bool) -> Stay:
        """Return the stay that the sheet Stages gives; `LookupError` where it gives none then."""
        said = holding(self._stages.get((name, stage), ()), month)
        if said is None:
            raise LookupError(name, stage)
        mean = said.stay_months
        if said.stay_parameter:
            mean = self._named(said.stay_parameter, month, since=since)
        return self._by(said, mean, self._own(self._case.groups[name], stage), month)

    def _queues(self, name: str, stage: str) -> bool:
        """Whether only so many leave a stage in a month."""
        return any(
            each.leave_parameter for each in self._rows if (each.group, each.stage) == (name, stage)
        )

    def _own(self, group: Group, stage: str) -> float | None:
        """Return the stay of a group where no row gives another.

        Where only so many leave in a month, that says how long people stay, and the group's own
        mean does not count: nobody has to wait before they are ready to leave.
        """
        return 0.0 if self._queues(group.group, stage) else group.stay_months

    def _by(
        self, said: Stream | Stage, mean: float | None, own: float | None, month: dt.date
    ) -> Stay:
        """Return a stay of a row's family, without its longest."""
        spread = said.stay_spread
        if spread is None:
            spread = self._case.parameters.in_force("stay_spread", month) or 0.0
        stay = Stay(said.stay_family, own if mean is None else mean, spread)
        if said.stay_family is not StayFamily.DUBLIN_CLOCKS:
            return stay
        clocks = self._clocks(month)
        whole = fsum(months * share for months, share in clocks)
        return replace(stay, mean=whole if mean is None else mean, clocks=clocks)

    def _named(self, name: str, month: dt.date, *, since: bool) -> float | None:
        parameters = self._case.parameters
        earlier = name + BEFORE
        known = not since and earlier in parameters.by_name
        value = parameters.in_force(earlier if known else name, month)
        return None if value is None else value / _IN_A_MONTH.get(self._unit(name), 1.0)

    def _unit(self, name: str) -> str:
        """Return the first word of a parameter's unit, such as `days`."""
        return (self._case.parameters.by_name[name].unit.split() or [""])[0]

    def _clocks(self, month: dt.date) -> tuple[tuple[float, float], ...]:
        """Return the months from arrival to notification: take back, and take charge."""
        back, charge, part = (
            self._case.parameters.in_force(name, month) or 0.0
            for name in ("take_back_months", "take_charge_months", "take_charge_share")
        )
        return (back, 1.0 - part), (charge, part)

    def _flows(self, row: Stream, nodes: Mapping[str, Node]) -> Iterator[Flow]:
        """Yield the flows of a row: from its stream, or from each node whose leavers take it."""
        dol = self._case.groups[row.group].prefers(PlaceKind.DOL)
        kinds = [[self._stay(row, m, since=s) for m in self._span.months] for s in (False, True)]
        target = Node(row.group, row.stage, "", kinds[1][-1], dol).name
        sources = [each for each in nodes.values() if each.follows == (row.stream, row.stage_left)]
        for source in sources:
            back = source.at_limit and dol
            flow = self._flow(source.name, target, row, kinds)
            flow = replace(flow, absconded=back)
            if back:
                apart = f"{source.group}{_at(row.stage)} < {row.group}"
                yield replace(flow, target=apart) if source.instead_of else flow
            elif dol:
                yield from self._to_dol(flow, row)
            else:
                yield flow
        if not sources:
            flow = self._flow(row.stream, target, row, kinds)
            yield from self._to_dol(flow, row) if dol else [flow]

    def _flow(self, source: str, target: str, row: Stream, kinds: list[list[Stay]]) -> Flow:
        stays = tuple(kinds[0]), tuple(kinds[1])
        return Flow(source, target, key_of(row), row.delay_months or 0.0, stays)

    def _to_dol(self, flow: Flow, row: Stream) -> Iterator[Flow]:
        """Yield who goes into DOL and who has to stay in regular reception instead."""
        trafficked = self._case.parameters.number("trafficking_share")
        yield replace(flow, before=0.0, since=1.0 - trafficked)
        waiting = waiting_group(self._case, row)
        if waiting:
            apart = f"{waiting}{_at(row.stage)} < {row.group}"
            yield replace(flow, target=apart, since=trafficked)


def _at(stage: str) -> str:
    return f"/{stage}" if stage else ""


def _in_order(nodes: Mapping[str, Node], flows: list[Flow]) -> Iterator[Node]:
    """Yield the nodes, each after every node that leads to it."""
    grants = {
        each.source
        for each in flows
        if each.source in nodes and nodes[each.target].group == PERMIT_HOLDERS
    }
    needed: dict[str, set[str]] = {name: set() for name in nodes}
    for each in flows:
        before = grants if each.source == PERMITS else {each.source} & set(nodes)
        needed[each.target] |= before
    placed: set[str] = set()
    waiting = dict(nodes)
    while waiting:
        ready = [name for name in waiting if needed[name] <= placed]
        if not ready:
            circle = ", ".join(waiting)
            raise LookupError(circle)
        for name in ready:
            yield waiting.pop(name)
            placed.add(name)
