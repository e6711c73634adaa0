"""Whether the answers of a new version are as good as those of the present one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.candidate.answers import Answer

# Relative to the value; a level of nought within this by itself.
AGREES = 1e-6
# The seconds of all problems together, relative to the present ones.
SLOWEST = 1.25


@dataclass
class Judgement:
    """What was found: how many were compared, the times in words, faults by sort."""

    compared: int
    times: str
    faults: dict[str, list[str]] = field(default_factory=dict)

    @property
    def passes(self) -> bool:
        """Whether nothing was found against the candidate."""
        return self.compared > 0 and not any(self.faults.values())


def judged(present: Mapping[str, Answer], candidate: Mapping[str, Answer]) -> Judgement:
    """Hold the answers of a candidate against those of the present version.

    In whole numbers within a limit of time, two plans may differ by as much as both leave unproven.
    """
    both = [name for name in present if name in candidate]
    before, after = (sum(each[name].seconds for name in both) for each in (present, candidate))
    found = Judgement(len(both), f"{before:.1f} s now, {after:.1f} s with it")
    found.faults = {
        "not answered": [name for name in present if name not in candidate],
        "another ending": [
            f"{name}: {present[name].ending} now, {candidate[name].ending} with it"
            for name in both
            if present[name].ending != candidate[name].ending
        ],
        "another value": [
            fault for name in both for fault in _values(present[name], candidate[name])
        ],
        "proven less": [
            f"{name}: a gap of {present[name].gap:.2%} now, {candidate[name].gap:.2%} with it"
            for name in both
            if candidate[name].gap > present[name].gap + AGREES
            or (present[name].settled and not candidate[name].settled)
        ],
        "slower": [found.times] if after > SLOWEST * before else [],
    }
    return found


def _values(now: Answer, then: Answer) -> list[str]:
    """Return the first level at which two answers differ; after it they are of two problems."""
    if now.ending != then.ending:
        return []
    for level, value in now.values.items():
        other = then.values.get(level)
        allowed = max(AGREES, now.gap, then.gap) * max(1.0, abs(value))
        if other is None or abs(other - value) > allowed:
            return [f"{now.name}, {level}: {value!r} now, {other!r} with it"]
    return []
