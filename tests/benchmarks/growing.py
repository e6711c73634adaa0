"""A plan's phases apart, over three sizes, and with whole locations beside shares of them.

Each prints its phases: seconds at the size in between, ratios to it, and what power of the
problem's size the time grows with. What is not measured at a size has a dash.
"""

from __future__ import annotations

import math
from pathlib import Path

from tests.benchmarks.benchmark import Bench, Benchmark, Phased
from tests.benchmarks.phases import FILE_TO_FILE, TOGETHER, WHOLE

# How long the doubled demo may be solved; what had no plan by then counts as far as it came.
SOLVED_S = 600


def small_over_national(bench: Bench) -> float:
    """Return the time of the small plan over that of the national one, file to file."""
    return _grown(bench, small=bench.phased(bench.small_workbook))


def double_over_national(bench: Bench) -> float:
    """Return the time of the doubled national plan over that of the national one."""
    small = bench.phased(bench.small_workbook)
    return _grown(bench, small, bench.phased(bench.double_workbook, str(SOLVED_S)))


def whole_over_shares_small(bench: Bench) -> float:
    """Return the time of the small plan of whole locations over that of one of shares."""
    return _whole_over_shares(bench, bench.small_workbook)


def whole_over_shares(bench: Bench) -> float:
    """Return the time of the national plan of whole locations over that of one of shares."""
    return _whole_over_shares(bench, bench.workbook)


def _whole_over_shares(bench: Bench, workbook: Path) -> float:
    shares, whole = bench.phased(workbook), bench.phased(workbook, WHOLE)
    print(f"{'phase':<22}{'shares, s':>10}{'whole, ratio':>14}")
    for name in _names(shares, whole):
        print(f"{name:<22}{_seconds(shares, name):>10}{_ratio(whole, shares, name):>14}")
    print(f"ended: shares {shares.ending}; whole {whole.ending}", flush=True)
    return together(whole) / together(shares)


def _grown(bench: Bench, small: Phased, double: Phased | None = None) -> float:
    """Print the phases of two or three sizes and return the last over the national one."""
    national = bench.phased(bench.workbook)
    others = [("small", small), *([] if double is None else [("double", double)])]
    told = "".join(f"{name + ', ratio':>15}{'grows with':>13}" for name, _ in others)
    print(f"{'phase':<22}{'national, s':>12}{told}")
    for name in _names(national, *(each for _, each in others)):
        cells = (
            f"{_ratio(each, national, name):>15}{_power(each, national, name):>13}"
            for _, each in others
        )
        print(f"{name:<22}{_seconds(national, name):>12}{''.join(cells)}")
    sizes = ((each.size / national.size, each) for _, each in others)
    told = "".join(f"{ratio:>15.3f}{'':>13}" for ratio, _ in sizes)
    print(f"{'nonzeros':<22}{national.size:>12}{told}")
    for name, each in (("national", national), *others):
        print(f"{name} ended: {each.ending}", flush=True)
    return together(others[-1][1]) / together(national)


def together(each: Phased) -> float:
    """Return the seconds from file to file, as far as it came."""
    return sum(each.phases.get(name, 0.0) for name in FILE_TO_FILE)


def _names(*measured: Phased) -> list[str]:
    """Return the phases in the order they come, the sum last."""
    most = max((each.phases for each in measured), key=len)
    others = (name for each in measured for name in each.phases)
    names = dict.fromkeys((*most, *others))
    return [*(name for name in names if name != TOGETHER), TOGETHER]


def _seconds(each: Phased, name: str) -> str:
    return f"{each.phases[name]:.3f}" if name in each.phases else "-"


def _ratio(each: Phased, base: Phased, name: str) -> str:
    grown = _over(each, base, name)
    return "-" if grown is None else f"{grown:.3f}"


def _power(each: Phased, base: Phased, name: str) -> str:
    """Return which power of the number of nonzeros a phase grows with."""
    grown = _over(each, base, name)
    return "-" if not grown else f"n^{math.log(grown) / math.log(each.size / base.size):.2f}"


def _over(each: Phased, base: Phased, name: str) -> float | None:
    if not base.phases.get(name) or name not in each.phases:
        return None
    return each.phases[name] / base.phases[name]


GROWING = (
    Benchmark(
        "small_over_national",
        "",
        "plan small over plan national, file to file, with each phase apart",
        small_over_national,
    ),
    Benchmark(
        "double_over_national",
        "",
        f"the same of national twice over 36 months, solved for at most {SOLVED_S} s",
        double_over_national,
    ),
    Benchmark(
        "whole_over_shares_small",
        "",
        "plan small with whole locations over plan small, with each phase apart",
        whole_over_shares_small,
    ),
    Benchmark("whole_over_shares", "", "the same of national", whole_over_shares),
)
