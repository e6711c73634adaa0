"""Following the people: month by month into, through and out of every node of the network.

The arithmetic is linear but for the queues, so many samples are followed at once: every array has
the samples before the months. Two kinds of people are told apart throughout, those who arrived
before the start date for DOL and those who arrived since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from planner.forecast.cohorts.arrivals import BORDER
from planner.forecast.cohorts.backlog import taken_in_order
from planner.forecast.cohorts.held import HeldInDol, held_back
from planner.forecast.cohorts.intake import (
    ARRIVALS,
    DECIDED,
    DEPARTURES,
    SHARE,
    STAY,
    Intake,
    Movement,
    UncertainInput,
)
from planner.forecast.cohorts.network import Flow, Network, Node
from planner.forecast.cohorts.rows import BACKLOG, PERMITS
from planner.forecast.cohorts.shares import divided
from planner.forecast.cohorts.stays import Floats, Kernel, Stay, kernel


def walk(
    of: Network, intake: Intake, factors: Mapping[UncertainInput, Floats] | None = None
) -> Movement:
    """Follow everybody; `factors` (samples) multiply the inputs they are named after."""
    walker = _Walker(of, intake, factors or {})
    walker.look_back()
    walker.set_out()
    for node in of.nodes:
        walker.follow(node)
    return walker.movement


@dataclass
class _Leaving:
    """Who leaves a node: all of them, those at the longest stay, and those who abscond from DOL.

    All are (2, samples, months); `going` is everybody, the others included.
    """

    going: Floats
    at_limit: Floats
    absconded: Floats


class _Walker:
    """Follows the people of one network, node after node."""

    def __init__(
        self, of: Network, intake: Intake, factors: Mapping[UncertainInput, Floats]
    ) -> None:
        self._of = of
        self._in = intake
        self._factors = factors
        self._samples = max((len(each) for each in factors.values()), default=1)
        self._months = len(intake.since)
        self._first = intake.history
        self._planned = self._months - intake.history
        rows = {each.key.knob: self._factor(SHARE, each.key.knob) for each in of.shares}
        self._parts = divided(of.shares, rows)
        self._nodes = {each.name: each for each in of.nodes}
        self._kernels: dict[tuple[Stay, str], Kernel] = {}
        self._onward: dict[str, _Leaving] = {}
        self._entered: dict[Flow, Floats] = {}
        self._newcomers: dict[str, Floats] = {}
        self._fits: dict[str, Floats] = {}
        self._old: dict[str, Floats] = {}
        self._taken: dict[str, Floats] = {}
        self.movement = Movement()

    def look_back(self) -> None:
        """Follow who arrived since the start date to the beginning of the plan.

        The stock holds them, as far as it is large enough; where it is not, fewer are kept.
        """
        for node in self._of.nodes:
            entering = {flow: self._entering(flow) for flow in self._of.into(node.name)}
            for people in entering.values():
                people[0] = 0.0
                people[:, :, self._first if self._of.span.followed else 0 :] = 0.0
            self._entered |= entering
            present, leaving, _ = self._passed(node, entering)
            queued = node.name in self._in.most
            there = present[:, self._first] * (0.0 if queued else 1.0)
            self._newcomers[node.name] = there
            if queued:
                leaving = _Leaving(*(np.zeros_like(leaving.going) for _ in range(3)))
            self._onward[node.name] = leaving
        for group in {each.group for each in self._of.nodes}:
            there = sum(
                (self._newcomers[n.name] for n in self._of.nodes if n.group == group),
                start=np.zeros(self._samples),
            )
            stock = self._in.stock.get(group, 0.0)
            self._fits[group] = np.divide(
                stock, there, out=np.ones_like(there), where=there > stock
            )

    def set_out(self) -> None:
        """Divide the people at the start, and find out when the backlog among them is decided."""
        for group in {each.group for each in self._of.nodes}:
            known = sum(
                (self._newcomers[n.name] for n in self._of.nodes if n.group == group),
                start=np.zeros(self._samples),
            )
            rest = self._in.stock.get(group, 0.0) - known * self._fits[group]
            own = [n for n in self._of.nodes if n.group == group and not n.instead_of]
            whole = fsum(n.share for n in own)
            for node in own:
                self._divide(node, rest * node.share / whole)
        queued = {n.name: n for n in self._of.nodes if n.order is not None and not n.instead_of}
        if not queued or self._in.method >= self._planned:
            return
        waiting = {
            name: self._old[name]
            * self._kernel(node.stay, node.group).old_present[:, self._in.method]
            for name, node in queued.items()
        }
        pace = np.minimum(self._in.done[None, :] * self._factor(DECIDED, "")[:, None], 1.0)
        self._taken = taken_in_order(waiting, {n: q.order or 0 for n, q in queued.items()}, pace)

    def _divide(self, node: Node, people: Floats) -> None:
        """Keep the people of a node at the start whose stay is not followed from arrival.

        Where some of a group have to stay apart from DOL, the group's people at the start are in
        both parts as in a steady state: in proportion to how long one stays in each.
        """
        apart = {
            flow.target: self._parts[flow.row][0, :, self._first]
            * self._kernel(self._nodes[flow.target].stay, self._nodes[flow.target].group).mean
            for flow in self._of.flows
            if flow.source == node.name
            and self._nodes[flow.target].instead_of
            and self._nodes[flow.target].group == node.group
        }
        mean = self._kernel(node.stay, node.group).mean
        whole = sum(apart.values(), start=mean)
        if not apart or not np.isfinite(whole).all() or not (whole > 0).all():
            self._old[node.name] = people
            return
        for name, weight in apart.items():
            self._old[name] = people * weight / whole
        self._old[node.name] = people * mean / whole

    def follow(self, node: Node) -> None:
        """Follow the people of a node; those before it have been followed."""
        entering = {flow: self._entering(flow) for flow in self._of.into(node.name)}
        before: dict[Flow, Floats] = {}
        for flow, people in entering.items():
            people[:, :, : self._first] = 0.0
            before[flow] = self._entered[flow]
        present, leaving, gone = self._passed(node, entering)
        past_present, past_leaving, past_gone = self._passed(node, before)
        recent, past_recent = self._recent(node, entering), self._recent(node, before)
        fits = self._fits[node.group]
        if node.name in self._in.most:
            fits = np.zeros_like(fits)
        present = present + past_present * fits[:, None]
        self.movement.recent[node.name] = recent + past_recent * fits[:, None]
        _add(leaving, past_leaving, fits)
        old = self._old.get(node.name, np.zeros(self._samples))
        present = self._add_old(node, old, present, leaving, gone)
        gone.transferred += past_gone.transferred * fits[None, :, None]
        here = slice(self._first, None)
        for flow, people in entering.items():
            told = (flow.source, node.name)
            moved = people.sum(axis=0)[:, here]
            self.movement.moved[told] = self.movement.moved.get(told, 0.0) + moved
        self._entered |= {flow: people + before[flow] for flow, people in entering.items()}
        there, leaving = self._queue(node, old, present[:, here], leaving)
        self.movement.present[node.name] = there
        self.movement.at_limit[node.name] = leaving.at_limit.sum(axis=0)[:, here]
        self.movement.transferred[node.name] = gone.transferred.sum(axis=0)[:, here]
        self._go_on(node, leaving)

    def _factor(self, kind: str, name: str) -> Floats:
        return self._factors.get((kind, name), np.ones(1)) * np.ones(self._samples)

    def _kernel(self, stay: Stay, group: str) -> Kernel:
        if (stay, group) not in self._kernels:
            factor = self._factor(STAY, group)
            self._kernels[stay, group] = kernel(stay, factor, self._months + 1)
        return self._kernels[stay, group]

    def _entering(self, flow: Flow) -> Floats:
        """Return the people who take a flow, (2, samples, months) with the history."""
        part = self._parts[flow.row] * np.array([flow.before, flow.since])[:, None, None]
        return _delayed(self._source(flow) * part, flow.delay)

    def _source(self, flow: Flow) -> Floats:
        """Return who comes from a stream or leaves a node, by kind, sample and month."""
        name = flow.source
        if name in self._onward:
            leaving = self._onward[name]
            if not self._nodes[name].at_limit:
                return leaving.going
            return leaving.absconded if flow.absconded else leaving.at_limit
        if name in self._nodes:  # it is followed later, and nobody has come from it yet
            return np.zeros((2, self._samples, self._months))
        if name == PERMITS:
            came = (self._entering(each) for each in self._of.grants())
            return sum(came, start=np.zeros((2, self._samples, self._months)))
        if name == BACKLOG:
            coming = np.zeros((2, self._samples, self._months))
            coming[0, :, self._first :] = self._in.outside * self._factor(DECIDED, "")[:, None]
            return coming
        people = self._in.arrivals.get(name, np.zeros(self._months))
        people = people * self._factor(ARRIVALS, name)[:, None]
        return np.stack([people * (1.0 - self._in.since), people * self._in.since])

    def _passed(
        self, node: Node, entering: Mapping[Flow, Floats]
    ) -> tuple[Floats, _Leaving, HeldInDol]:
        """Return who is present of those who enter, (samples, months + 1), and who leaves."""
        present = np.zeros((self._samples, self._months + 1))
        going, at_limit, absconded = (np.zeros((2, self._samples, self._months)) for _ in range(3))
        gone = HeldInDol.nobody((2, self._samples, self._months))
        for stay, people in _by_stay(entering).items():
            if not people.any():
                continue
            kept = self._kernel(stay, node.group)
            present += _carried(people, kept.present, 1).sum(axis=0)
            leaving = _carried(people, kept.leaving, 0)[:, :, :-1]
            going += leaving
            if node.at_limit:
                ended = _carried(people, kept.at_limit, 0)[:, :, :-1]
                brought = _transferred(kept, self._in.transferred)[None, :, None]
                early = leaving - ended
                absconded += early * (1.0 - brought)
                at_limit += ended
                gone += held_back(people, kept, brought, self._in.stopped, stay.limit)
        return self._with_held(present, _Leaving(going, at_limit, absconded), gone)

    def _recent(self, node: Node, entering: Mapping[Flow, Floats]) -> Floats:
        """Return who of those who enter from outside or from registration is still new.

        (samples, planned months + 1). Those from the border or decided elsewhere are not new.
        """
        found = np.zeros((self._samples, self._planned + 1))
        new = {flow: people for flow, people in entering.items() if self._begins(flow)}
        for stay, people in _by_stay(new).items():
            kept, both = self._kernel(stay, node.group).present, people.sum(axis=0)
            for age in range(1, int(self._in.new_for.max(initial=0.0)) + 1):
                there = np.zeros((self._samples, self._months + 1))
                there[:, age:] = both[:, : self._months + 1 - age] * kept[:, age, None]
                found += there[:, self._first :] * (self._in.new_for >= age)
        return found

    def _begins(self, flow: Flow) -> bool:
        source = self._nodes.get(flow.source)
        if source is None:
            return flow.source not in {BACKLOG, BORDER}
        return source.group in self._in.registering

    @staticmethod
    def _with_held(
        present: Floats, leaving: _Leaving, gone: HeldInDol
    ) -> tuple[Floats, _Leaving, HeldInDol]:
        """Return the same with those who cannot be transferred yet still present."""
        present = present + gone.present.sum(axis=0)
        leaving.going = leaving.going - gone.held + gone.released + gone.ended
        leaving.at_limit = leaving.at_limit + gone.ended
        return present, leaving, gone

    def _add_old(
        self, node: Node, old: Floats, present: Floats, leaving: _Leaving, gone: HeldInDol
    ) -> Floats:
        """Add the people of a node at the start; return who is present with them."""
        own, first, planned = self._kernel(node.stay, node.group), self._first, self._planned
        if node.name in self._in.most:
            old = self._preparing(node, old)
        kept = old[:, None] * own.old_present[:, : planned + 1]
        going = old[:, None] * own.old_leaving[:, :planned]
        if node.name in self._taken:
            method = self._in.method
            waiting = kept[:, method : method + 1]
            kept[:, method:] = waiting - self._taken[node.name][:, method:]
            going = kept[:, :-1] - kept[:, 1:]
        if node.order is not None:
            self.movement.decided[node.name] = going
        leaving.going[0, :, first:] += going
        present = present.copy()
        present[:, first:] += kept
        if node.at_limit:
            ended = old[:, None] * own.old_at_limit[:, :planned]
            leaving.at_limit[0, :, first:] += ended
            brought = _transferred(own, self._in.transferred)[:, None]
            leaving.absconded[0, :, first:] += (going - ended) * (1.0 - brought)
            people = np.zeros((2, self._samples, self._months))
            people[0, :, first] = old
            as_old = Kernel(
                own.mean, own.old_present, own.old_leaving, own.old_at_limit,
                own.old_present, own.old_leaving, own.old_at_limit, own.reach,
            )  # fmt: skip
            still = held_back(people, as_old, brought[None], self._in.stopped, node.stay.limit)
            present, _, _ = self._with_held(present, leaving, still)
            gone += still
        return present

    def _preparing(self, node: Node, old: Floats) -> Floats:
        """Return who of those at the start is not ready to leave yet, where few can leave.

        As many have become ready each month as can leave; the others of them wait.
        """
        rate = self._in.most[node.name][..., 0] * self._factor(DEPARTURES, node.group)
        mean = self._kernel(node.stay, node.group).mean
        endless = ~np.isfinite(rate) | ~np.isfinite(mean)
        ready = np.where(endless, old, np.where(endless, 0.0, rate) * np.where(endless, 0.0, mean))
        return np.minimum(old, ready)

    def _queue(
        self, node: Node, old: Floats, present: Floats, leaving: _Leaving
    ) -> tuple[Floats, _Leaving]:
        """Return who is present and leaves where only so many can leave in a month."""
        most = self._in.most.get(node.name)
        if most is None:
            return present, leaving
        most = most * self._factor(DEPARTURES, node.group)[:, None]
        wanting = leaving.going.sum(axis=0)[:, self._first :]
        waiting = np.zeros((self._samples, self._planned + 1))
        waiting[:, 0] = old - self._preparing(node, old)
        for month in range(self._planned):
            ready = waiting[:, month] + wanting[:, month]
            waiting[:, month + 1] = np.maximum(ready - most[:, month], 0.0)
        # Who waited longest is not followed; all who leave count as arrived since the start date.
        going = np.zeros_like(leaving.going)
        going[1, :, self._first :] = wanting + waiting[:, :-1] - waiting[:, 1:]
        return present + waiting, _Leaving(going, leaving.at_limit, leaving.absconded)

    def _go_on(self, node: Node, leaving: _Leaving) -> None:
        """Keep who goes on to other nodes, and who leaves reception."""
        history = self._onward[node.name]
        here = slice(self._first, None)
        for name in ("going", "at_limit", "absconded"):
            getattr(leaving, name)[:, :, : self._first] = getattr(history, name)[
                :, :, : self._first
            ]
        self._onward[node.name] = leaving
        going = np.zeros((self._samples, self._planned))
        for flow in self._of.flows:
            # Who goes on later has left reception meanwhile.
            if flow.source == node.name and flow.delay <= 0:
                part = self._parts[flow.row] * np.array([flow.before, flow.since])[:, None, None]
                going += (self._source(flow) * part).sum(axis=0)[:, here]
        self.movement.left[node.name] = leaving.going.sum(axis=0)[:, here] - going


def _add(leaving: _Leaving, past: _Leaving, fits: Floats) -> None:
    for name in ("going", "at_limit", "absconded"):
        own = getattr(leaving, name)
        own += getattr(past, name) * fits[None, :, None]


def _transferred(kept: Kernel, transferred: float) -> Floats:
    """Return the part of those who leave DOL before the term who are transferred, (samples,)."""
    early = 1.0 - kept.reach
    part = np.divide(transferred, early, out=np.zeros_like(early), where=early > 0)
    return np.minimum(part, 1.0)


def _by_stay(entering: Mapping[Flow, Floats]) -> dict[Stay, Floats]:
    """Return the people who enter by how long they stay, each (2, samples, months)."""
    found: dict[Stay, Floats] = {}
    for flow, people in entering.items():
        every = set(flow.stays[0]) | set(flow.stays[1])
        for stay in sorted(every, key=repr) if len(every) > 1 else every:
            own = people
            if len(every) > 1:
                holds = np.array([[each == stay for each in kind] for kind in flow.stays])
                own = people * holds[:, None, :]
            found[stay] = found[stay] + own if stay in found else own
    return found


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
