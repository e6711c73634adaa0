"""Following the people: month by month into, through and out of every node of the network.

The arithmetic is linear but for one queue, so many samples are followed at once: every array has
the samples before the months. Two kinds of people are told apart throughout, those who arrived
before the start date for DOL and those who arrived since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from planner.cohorts.arrivals import BACKLOG
from planner.cohorts.network import Flow, Network, Node
from planner.cohorts.shares import RowKey, divided
from planner.cohorts.stays import Floats, Kernel, Stay, kernel

# An input that can be varied: what it is, and of which stream, row or group.
Knob = tuple[str, str]

ARRIVALS, SHARE, STAY, DEPARTURES, DECIDED = "arrivals", "share", "stay", "departures", "backlog"


@dataclass(frozen=True)
class Intake:
    """What goes into the calculation.

    `arrivals[stream]` and `since` are (months,) or, for arrivals, (samples, months), the first
    `history` of them before the plan. `stock` is the people of each group on the reference date.
    `decided` is the backlog decided a month of `backlog` people; `most` the most people who leave
    a node in a month.
    """

    arrivals: Mapping[str, Floats]
    since: Floats
    history: int
    stock: Mapping[str, float]
    decided: Floats
    backlog: float
    most: Mapping[str, Floats]


@dataclass
class Movement:
    """Where everybody is and goes, per sample; the planned months only.

    `present[node]` is (samples, months + 1): on the first day of each month, and after the last.
    `moved[source, node]`, `left[node]` and `at_limit[node]` are (samples, months): people who pass
    into a node, who leave reception from it, and of all its leavers those at the longest stay.
    """

    present: dict[str, Floats] = field(default_factory=dict)
    moved: dict[tuple[str, str], Floats] = field(default_factory=dict)
    left: dict[str, Floats] = field(default_factory=dict)
    at_limit: dict[str, Floats] = field(default_factory=dict)


def row_knob(row: RowKey) -> str:
    """Return a row of Streams as the name of a knob."""
    return "|".join(row)


def walk(of: Network, intake: Intake, factors: Mapping[Knob, Floats] | None = None) -> Movement:
    """Follow everybody; `factors` (samples) multiply the inputs they are named after."""
    walker = _Walker(of, intake, factors or {})
    for node in of.nodes:
        walker.follow(node)
    return walker.movement


class _Walker:
    """Follows the people of one network, node after node."""

    def __init__(self, of: Network, intake: Intake, factors: Mapping[Knob, Floats]) -> None:
        self._of = of
        self._in = intake
        self._factors = factors
        self._samples = max((len(each) for each in factors.values()), default=1)
        self._months = len(intake.since)
        self._planned = self._months - intake.history
        rows = {each.key: self._factor(SHARE, row_knob(each.key)) for each in of.shares}
        self._parts = divided(of.shares, rows)
        self._kernels: dict[tuple[Stay, str], Kernel] = {}
        self._onward: dict[str, Floats] = {}
        self._apart: dict[str, Floats] = {}
        self._backlog = self._divide_backlog()
        self.movement = Movement()

    def follow(self, node: Node) -> None:
        """Follow the people of a node; those before it have been followed."""
        entering = {flow: self._entering(flow) for flow in self._of.into(node.name)}
        newcomers = self._keep_what_counts(node, entering)
        old = self._old(node, newcomers)
        own = self._kernel(node.stay, node.group)
        first, planned = self._in.history, self._planned
        present = old[:, None] * own.old_present[:, : planned + 1]
        leaving = np.zeros((2, self._samples, planned))
        at_limit = np.zeros((2, self._samples, planned))
        leaving[0] += old[:, None] * own.old_leaving[:, :planned]
        at_limit[0] += old[:, None] * own.old_at_limit[:, :planned]
        for flow, people in entering.items():
            kept = self._kernel(flow.stay, node.group)
            present = present + _carried(people, kept.present, 1).sum(axis=0)[:, first:]
            leaving += _carried(people, kept.leaving, 0)[:, :, first:-1]
            at_limit += _carried(people, kept.at_limit, 0)[:, :, first:-1]
            moved = people.sum(axis=0)[:, first:]
            told = (flow.source, node.name)
            self.movement.moved[told] = self.movement.moved.get(told, 0.0) + moved
        present, leaving = self._queue(node, present, leaving)
        waiting, going = self._backlog_of(node)
        self.movement.present[node.name] = present + waiting
        self.movement.at_limit[node.name] = at_limit.sum(axis=0)
        self._go_on(node, at_limit if node.at_limit else leaving, leaving.sum(axis=0), going)

    def _factor(self, kind: str, name: str) -> Floats:
        return self._factors.get((kind, name), np.ones(1)) * np.ones(self._samples)

    def _kernel(self, stay: Stay, group: str) -> Kernel:
        if (stay, group) not in self._kernels:
            factor = self._factor(STAY, group)
            self._kernels[stay, group] = kernel(stay, factor, self._months + 1)
        return self._kernels[stay, group]

    def _entering(self, flow: Flow) -> Floats:
        """Return the people who take a flow, (2, samples, months) with the history."""
        part = self._parts[flow.row] * np.array([[flow.before], [flow.since]])
        return _delayed(self._source(flow.source) * part[:, :, None], flow.delay)

    def _source(self, name: str) -> Floats:
        """Return who comes from a stream or leaves a node, by kind, sample and month."""
        if name in self._onward:
            return self._onward[name]
        if name == BACKLOG:
            coming = np.zeros((2, self._samples, self._months))
            coming[0, :, self._in.history :] = sum(going for _, going in self._backlog.values())
            return coming
        people = self._in.arrivals.get(name, np.zeros(self._months))
        people = people * self._factor(ARRIVALS, name)[:, None]
        return np.stack([people * (1.0 - self._in.since), people * self._in.since])

    def _keep_what_counts(self, node: Node, entering: dict[Flow, Floats]) -> Floats:
        """Drop who entered before the plan, since the stock holds them; return who is kept.

        Where a node leads to DOL, those who arrived since the start date are kept, as far as the
        stock can hold them: they are the first whom a notification can bring there.
        """
        first = self._in.history
        leads = not node.instead_of and any(
            flow.source == node.name and self._of.node(flow.target).at_limit
            for flow in self._of.flows
        )
        there = np.zeros(self._samples)
        for flow, people in entering.items():
            people[0, :, :first] = 0.0
            if not leads:
                people[1, :, :first] = 0.0
                continue
            chance = self._kernel(flow.stay, node.group).present[:, first:0:-1]
            there += (people[1, :, :first] * chance).sum(axis=1)
        stock = self._in.stock.get(node.name, 0.0) if leads else 0.0
        fits = np.divide(stock, there, out=np.ones_like(there), where=there > stock)
        for people in entering.values():
            people[1, :, :first] *= fits[:, None]
        return there * fits

    def _old(self, node: Node, newcomers: Floats) -> Floats:
        """Return the people of a node at the start whose stay is not followed from arrival.

        Where some of a group have to stay apart from DOL, the group's people at the start are in
        both parts as in a steady state: in proportion to how long one stays in each.
        """
        if node.instead_of:
            return self._apart.get(node.name, np.zeros(self._samples))
        people = self._in.stock.get(node.name, 0.0) - newcomers - self._backlog_at_start(node)
        apart = {
            flow.target: self._parts[flow.row][0]
            * self._kernel(flow.stay, self._of.node(flow.target).group).mean
            for flow in self._of.flows
            if flow.source == node.name and self._of.node(flow.target).group == node.name
        }
        mean = self._kernel(node.stay, node.group).mean
        whole = sum(apart.values(), start=mean)
        if not apart or not np.isfinite(whole).all() or not (whole > 0).all():
            return people
        for name, weight in apart.items():
            self._apart[name] = people * weight / whole
        return people * mean / whole

    def _queue(self, node: Node, present: Floats, leaving: Floats) -> tuple[Floats, Floats]:
        """Return who is present and leaves where only so many can leave in a month."""
        most = self._in.most.get(node.name)
        if most is None:
            return present, leaving
        most = most * self._factor(DEPARTURES, node.group)[:, None]
        wanting = leaving.sum(axis=0)
        waiting = np.zeros((self._samples, self._planned + 1))
        for month in range(self._planned):
            ready = waiting[:, month] + wanting[:, month]
            waiting[:, month + 1] = np.maximum(ready - most[:, month], 0.0)
        # Who waited longest is not followed; all who leave count as arrived since the start date.
        going = np.zeros_like(leaving)
        going[1] = wanting + waiting[:, :-1] - waiting[:, 1:]
        return present + waiting, going

    def _go_on(self, node: Node, onward: Floats, leaving: Floats, decided: Floats) -> None:
        """Keep who goes on to other nodes, and who leaves reception."""
        coming = np.zeros((2, self._samples, self._months))
        coming[:, :, self._in.history :] = onward
        self._onward[node.name] = coming
        going = np.zeros_like(leaving)
        for flow in self._of.flows:
            if flow.source == node.name:
                part = self._parts[flow.row] * np.array([[flow.before], [flow.since]])
                going += (onward * part[:, :, None]).sum(axis=0)
        backlog_rows = [part for row, part in self._parts.items() if row[0] == BACKLOG]
        rest = 1.0 - sum((part[0] for part in backlog_rows), start=np.zeros(self._samples))
        self.movement.left[node.name] = leaving - going + decided * np.maximum(rest, 0.0)[:, None]

    def _divide_backlog(self) -> dict[str, tuple[Floats, Floats]]:
        """Return per node the backlog in its stock at the start, and those decided a month.

        The backlog is taken from the groups that arrivals join at once, in proportion to their
        people, as far as they have them; the rest of it does not live in reception.
        """
        nothing = np.zeros((self._samples, self._planned))
        if self._in.backlog <= 0:
            return {}
        stock = {name: self._in.stock.get(name, 0.0) for name in self._applicants()}
        people = sum(stock.values())
        if people <= 0:
            return {}
        factor = self._factor(DECIDED, "")
        housed = np.minimum(self._in.backlog * factor, people) / self._in.backlog
        return {
            name: (
                housed * self._in.backlog * each / people,
                nothing + housed[:, None] * self._in.decided * (each / people),
            )
            for name, each in stock.items()
        }

    def _applicants(self) -> list[str]:
        """Return the groups whose people wait for a first decision outside the Dublin track."""
        flows = self._of.flows
        joined = {
            flow.target
            for flow in flows
            if flow.source in self._of.streams and flow.source != BACKLOG and not flow.delay
        }
        decided = {flow.target for flow in flows if flow.source == BACKLOG}
        waiting = {node.group for node in self._of.nodes if node.instead_of}
        return [
            node.name
            for node in self._of.nodes
            if node.name in joined - decided - waiting and not node.at_limit
        ]

    def _backlog_at_start(self, node: Node) -> Floats:
        there = self._backlog.get(node.name)
        return np.zeros(self._samples) if there is None else there[0]

    def _backlog_of(self, node: Node) -> tuple[Floats, Floats]:
        """Return the backlog waiting in a node at the start of each month, and those decided."""
        if node.name not in self._backlog:
            return np.zeros((1, 1)), np.zeros((self._samples, self._planned))
        start, going = self._backlog[node.name]
        gone = np.concatenate([np.zeros((self._samples, 1)), going.cumsum(axis=1)], axis=1)
        return np.maximum(start[:, None] - gone, 0.0), going


def _delayed(people: Floats, delay: float) -> Floats:
    """Return people so many months later; of half a month, half of them come a month later yet."""
    whole = int(delay)
    part = delay - whole
    return (1.0 - part) * _later(people, whole) + part * _later(people, whole + 1)


def _later(people: Floats, months: int) -> Floats:
    moved = np.zeros_like(people)
    kept = people.shape[2] - months
    if kept > 0:
        moved[:, :, months:] = people[:, :, :kept]
    return moved


def _carried(people: Floats, kept: Floats, first: int) -> Floats:
    """Return the sums over all months of entry of the part kept at each age, one month further.

    `people` is (2, samples, months), `kept` (samples, ages); ages before `first` do not count.
    """
    months = people.shape[2]
    total = np.zeros((*people.shape[:2], months + 1))
    for age in range(first, months + 1):
        part = kept[:, age]
        if part.any():
            ending = months if age == 0 else months + 1
            total[:, :, age:ending] += people[:, :, : ending - age] * part[None, :, None]
    return total
