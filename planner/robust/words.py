"""What a plan for several scenarios says in half a page, in people and euros; and its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from planner.core.display_names import called
from planner.core.over_months import SHARES, as_read
from planner.core.texts import Message, Text, message, month_words
from planner.model.measures import MEASURES
from planner.result.plan import Plan
from planner.robust.robust import WITHIN, Found, Robust, ended_best, first_difference, weight_words
from planner.robust.verdict import WRONG, Apart, RobustVerdict
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.robust_tables import ROBUST, ROBUST_DECISIONS
from planner.sheets.units import figure_text, rough_money
from planner.sheets.without_place import SOMEBODY
from planner.solver.whole import PROVEN_GAP

SHOWN = ("unplaced", "emergency", "cost")
_NO_EURO = 0.5
# How certain, in per cent, the mean of a level lies in the interval that is told.
_CERTAIN = round(100 * (1 - WRONG))
# Plans of whole choices are proven to within this part of a level; a difference of less is little.
_LITTLE = PROVEN_GAP

# By whether the plan for all is better, and whether that makes little difference.
_WORTH = {
    (True, False): "worth_it",
    (True, True): "worth_it_little",
    (False, False): "base_better",
    (False, True): "base_better_little",
}


def sentences(found: Robust, verdict: RobustVerdict | None) -> tuple[Message, ...]:
    """Return the half page: whether it is worth it, the plan, what it comes to, what else would."""
    return tuple(_sentences(found, verdict))


def _sentences(found: Robust, verdict: RobustVerdict | None) -> Iterator[Message]:
    yield message("robust.told.common", scenarios=tuple(map(weight_words, found.scenarios)))
    if found.until is not None:
        yield message("robust.told.until", month=month_words(found.until))
    if found.worst:
        yield message("robust.told.worst")
    if verdict is not None:
        yield from _judged(found, verdict)
    names = [each.name for each in found.scenarios]
    base = called(found.base)
    if found.how is not Found.TOGETHER:
        yield message(f"robust.told.{found.how.value}", percent=100 * PROVEN_GAP)
    yield _decided("robust.told.decided", found.of_base)
    yield _decided("robust.told.decided_base", found.foresight[names.index(found.base)], base=base)
    yield from _expected(found)
    if len(names) > 1:
        yield from _beside(found)
    if not ended_best((*found.plans, *found.foresight)):
        yield message("robust.told.not_proven")
    elif found.whole:
        yield message("robust.told.whole")


def _expected(found: Robust) -> Iterator[Message]:
    """Yield what is expected over all months, and how many people at a time that is."""
    amounts = {name: _amount(found.measure(found.plans, name), name) for name in SHOWN}
    months = len(found.scenarios[0].case.months)
    yield message("robust.told.expected", months=months, **amounts)
    at_once = (found.measure(found.plans, "emergency") or 0.0) / months
    if months > 1 and at_once >= SOMEBODY:
        yield message("robust.told.person_months", mean=round(at_once))


def _beside(found: Robust) -> Iterator[Message]:
    """Yield what planning on the base alone would cost, and what foresight would save."""
    base = called(found.base)
    for each, middle in zip(found.scenarios, found.middle, strict=True):
        if middle is None:
            yield message("robust.told.impossible", base=base, scenario=called(each.name))
    ours, theirs = found.expected(found.plans), found.expected(found.middle)
    best = found.expected(found.foresight)
    assert ours is not None and best is not None  # noqa: S101, PT018 - every scenario has a plan
    if theirs is not None:
        yield _difference("robust.told.base", theirs, ours, found, found.middle, base=base)
    yield _difference("robust.told.foresight", ours, best, found, found.foresight)


def _difference(
    key: str,
    more: Mapping[str, float],
    less: Mapping[str, float],
    found: Robust,
    other: Sequence[Plan | None],
    **fields: object,
) -> Message:
    """Return how much more one comes to than another, at the first level where they differ."""
    differs = first_difference(more, less)
    if differs is None:
        return message(f"{key}.none", **fields)
    level, amount = differs
    return message(
        key,
        level=message(f"progress.level.{level}").both,
        amount=_read(amount, _unit_of(found, level)),
        cost=_cost_words(found, other),
        **fields,
    )


def _cost_words(found: Robust, other: Sequence[Plan | None]) -> Text:
    """Return how much more or less other plans are expected to cost than those found."""
    theirs, ours = (found.measure(each, "cost") or 0.0 for each in (other, found.plans))
    if abs(theirs - ours) < _NO_EURO:
        return message("robust.cost.same").both
    key = "robust.cost.more" if theirs > ours else "robust.cost.less"
    return message(key, cost=rough_money(abs(theirs - ours))).both


def _judged(found: Robust, verdict: RobustVerdict) -> Iterator[Message]:
    """Yield whether it is worth it in sampled futures, at what cost, and how many failed."""
    yield _verdict_words(found, verdict)
    if (cost := _cost_apart(verdict)) is not None:
        yield cost
    if verdict.failed:
        yield message("robust.told.failed", count=verdict.failed)


def _verdict_words(found: Robust, verdict: RobustVerdict) -> Message:
    decisive = verdict.decisive
    fields: dict[str, object] = {"count": verdict.tried, "base": called(found.base)}
    if not verdict.tried:
        return message("robust.verdict.nothing")
    if decisive is None:
        widest: Apart = next(
            (each for each in verdict.apart if each.low < each.high), verdict.apart[0]
        )
        key = "robust.verdict.not_clear" if widest.low < widest.high else "robust.verdict.same"
        return message(key, **fields, **_interval(found, widest, 1.0))
    key = _WORTH[decisive.mean > 0, decisive.part < _LITTLE]
    # More than all of it is said in its own unit alone: of next to nothing anything is many times.
    percent = as_read(100 * decisive.part)
    part = message("robust.verdict.part", percent=percent) if decisive.part <= 1 else ""
    interval = _interval(found, decisive, 1.0 if decisive.mean > 0 else -1.0)
    return message(f"robust.verdict.{key}", part=part, **fields, **interval)


def _cost_apart(verdict: RobustVerdict) -> Message | None:
    """Return how much dearer or cheaper the plan is in the futures; none where that decides."""
    cost, decisive = verdict.cost, verdict.decisive
    if cost is None or decisive is None or decisive.level == cost.level:
        return None
    key = "dearer" if cost.mean < 0 else "cheaper"
    if abs(cost.mean) < _NO_EURO:
        key = "same"
    low, high = sorted(abs(each) for each in (cost.low, cost.high))
    amounts = {"mean": abs(cost.mean), "low": low, "high": high}
    return message(
        f"robust.verdict.cost.{key}" if cost.is_clear or key == "same" else "robust.verdict.cost",
        certain=_CERTAIN,
        **{name: _read(amount, "euro") for name, amount in amounts.items()},
    )


def _interval(found: Robust, each: Apart, sign: float) -> dict[str, object]:
    unit = _unit_of(found, each.level)
    low, high = sorted((sign * each.low, sign * each.high))
    return {
        "level": message(f"progress.level.{each.level}").both,
        "mean": _read(sign * each.mean, unit),
        "low": _read(low, unit),
        "high": _read(high, unit),
        "certain": _CERTAIN,
    }


def _read(amount: float, unit: str) -> Text:
    """Return an amount as it is read: whole people, places and months of them, parts as they are.

    What is less than half a one and not nothing stands as it is, so that it does not look so.
    """
    if unit == "euro" and abs(amount) >= SOMEBODY:
        return rough_money(amount)
    whole = unit not in SHARES and abs(amount) >= SOMEBODY
    return figure_text(float(round(amount)) if whole else amount, unit)


def _unit_of(found: Robust, level: str) -> str:
    return next(each.unit for each in found.plans[0].levels if each.name == level)


def _amount(value: float | None, name: str) -> Text:
    unit = next(each.unit for each in MEASURES if each.name == name)
    return _read(float(round(value or 0.0)), unit)


def _decided(key: str, plan: Plan, **fields: object) -> Message:
    """Return how many locations are opened and extended, and DOL places fitted out."""
    table = plan.tables["decisions"]
    sums = {
        name: float(table[table["decision"] == name]["value"].sum())
        for name in ("open", "extend", "prepare_dol")
    }
    return message(
        key,
        opened=round(sums["open"], 1),
        extended=round(sums["extend"], 1),
        dol=round(sums["prepare_dol"]),
        **fields,
    )


def sheets(found: Robust, verdict: RobustVerdict | None) -> tuple[ResultSheet, ResultSheet]:
    """Return the sheets that stand beside the plan: what it is worth, and its decisions."""
    rows = [*_scenario_rows(found), *_expected_rows(found)]
    frame = pd.DataFrame(rows, columns=[each.key for each in ROBUST.columns])
    frame["lost"] = _apart(frame["middle"], frame["plan"])
    frame["saved"] = _apart(frame["plan"], frame["foresight"])
    return (
        ResultSheet(ROBUST, frame, sentences(found, verdict)),
        ResultSheet(ROBUST_DECISIONS, _decisions(found)),
    )


def _apart(more: pd.Series, less: pd.Series) -> pd.Series:
    """Return by how much figures differ; what is within the rounding of their size is nothing."""
    one, other = more.astype(float), less.astype(float)
    differs = (one - other).abs() > WITHIN * np.maximum(1.0, one.abs())
    return (one - other).where(differs | one.isna() | other.isna(), 0.0)


def _row(*cells: object) -> dict[str, object]:
    keys = ("scenario", "weight", "title", "unit", "plan", "middle", "foresight")
    return dict(zip(keys, cells, strict=True))


def _scenario_rows(found: Robust) -> Iterator[dict[str, object]]:
    for scenario, plan, middle, best in zip(
        found.scenarios, found.plans, found.middle, found.foresight, strict=True
    ):
        for measure in MEASURES:
            if measure.name in SHOWN:
                yield _row(
                    called(scenario.name),
                    scenario.weight,
                    measure.title,
                    measure.unit,
                    plan.measures[measure.name].value,
                    None if middle is None else middle.measures[measure.name].value,
                    best.measures[measure.name].value,
                )


def _expected_rows(found: Robust) -> Iterator[dict[str, object]]:
    ours, theirs, best = (
        found.expected(each) for each in (found.plans, found.middle, found.foresight)
    )
    for level in found.plans[0].levels:
        yield _row(
            message("robust.expected").both,
            1.0,
            message(f"progress.level.{level.name}").both,
            level.unit,
            None if ours is None else ours[level.name],
            None if theirs is None else theirs[level.name],
            None if best is None else best[level.name],
        )


def _decisions(found: Robust) -> pd.DataFrame:
    keys = ["location", "decision", "month"]
    at = [each.name for each in found.scenarios].index(found.base)
    rows: dict[tuple[Any, ...], dict[str, float]] = {}
    for name, plan in (("plan", found.of_base), ("middle", found.foresight[at])):
        table = plan.tables["decisions"]
        for *key, value in table[[*keys, "value"]].itertuples(index=False):
            known = tuple(None if pd.isna(each) else each for each in key)
            rows.setdefault(known, {})[name] = float(value)
    lines = [
        (*key, each.get("plan", 0.0), each.get("middle", 0.0))
        for key, each in sorted(rows.items(), key=lambda each: tuple(map(str, each[0])))
    ]
    return pd.DataFrame(lines, columns=[*keys, "plan", "middle"])


def record(found: Robust, verdict: RobustVerdict | None) -> dict[str, object]:
    """Return what is found as the object of the file that `--json` writes."""
    return {
        "base": found.base,
        "worst": found.worst,
        "until": None if found.until is None else f"{found.until:%Y-%m}",
        "scenarios": [
            {
                "name": scenario.name,
                "weight": scenario.weight,
                "plan": _figures(plan),
                "base_alone": None if middle is None else _figures(middle),
                "foresight": _figures(best),
            }
            for scenario, plan, middle, best in zip(
                found.scenarios, found.plans, found.middle, found.foresight, strict=True
            )
        ],
        "expected": {
            "plan": found.expected(found.plans),
            "base_alone": found.expected(found.middle),
            "foresight": found.expected(found.foresight),
        },
        "futures": None
        if verdict is None
        else {
            "tried": verdict.tried,
            "failed": verdict.failed,
            "apart": [vars(each) for each in verdict.apart],
            "decisive": None if verdict.decisive is None else verdict.decisive.level,
        },
    }


def _figures(plan: Plan) -> dict[str, object]:
    return {
        "ending": plan.ending.value,
        "levels": plan.level_values,
        "measures": {name: each.value for name, each in plan.measures.items()},
    }
