"""The window: how soon it is there, how long it stands still, how fast it takes a paste."""

from __future__ import annotations

from statistics import median

from tests.benchmarks.benchmark import Bench, Benchmark

TIMES = 7


def start_over_empty_window(bench: Bench) -> float:
    """Return the time until the first paint over that of an empty Qt window, started in turn."""

    def once(_: int) -> float:
        took = [float(bench.child("starting", what)) for what in ("program", "empty")]
        return took[0] / took[1]

    once(0)  # so that the modules of both are compiled
    return median(map(once, range(TIMES)))


def heartbeat_solve_ms(bench: Bench) -> float:
    """Return the longest time between two beats of 5 ms while the national demo is planned."""
    return float(bench.child("beating", "solve", str(bench.workbook)))


def cancel_ms(bench: Bench) -> float:
    """Return the longest time from asking to stop until a national calculation has stopped."""
    return float(bench.child("beating", "cancel", str(bench.workbook)))


def heartbeat_load_ms(bench: Bench) -> float:
    """Return the longest time between two beats of 5 ms while the national workbook is opened."""
    return float(bench.child("beating", "load", str(bench.workbook)))


def heartbeat_load_20000_ms(bench: Bench) -> float:
    """Return the same while a workbook with 20,000 rows on one sheet is opened."""
    return float(bench.child("beating", "load", str(bench.large_workbook)))


def scroll_20000_ms(bench: Bench) -> float:
    """Return the longest time that a step of scrolling through 20,000 rows takes."""
    return float(bench.child("beating", "scroll", str(bench.large_workbook)))


def paste_2000_s(bench: Bench) -> float:
    """Return the seconds that pasting 2,000 new locations of 14 columns takes, until painted."""
    return float(bench.child("beating", "paste_new", str(bench.workbook)))


def paste_over_2000_s(bench: Bench) -> float:
    """Return the same where they go over the locations that are there, and below them."""
    return float(bench.child("beating", "paste_over", str(bench.workbook)))


def heartbeat_paste_ms(bench: Bench) -> float:
    """Return the longest time between two beats of 5 ms while they are pasted and checked."""
    return float(bench.child("beating", "paste_heart", str(bench.workbook)))


def heartbeat_import_ms(bench: Bench) -> float:
    """Return the longest stall while a workbook of 20,000 rows is taken into the open book."""
    return float(bench.child("beating", "import_heart", str(bench.large_workbook)))


def answer_small_s(bench: Bench) -> float:
    """Return the median seconds from an edit of the small demo and F5 to its figures in view.

    They are the figures of the tiles, still provisional.
    """
    return float(bench.child("answering", "edit", str(bench.small_workbook)))


def plan_small_s(bench: Bench) -> float:
    """Return the same to the whole plan: whole locations, explained and verified."""
    return float(bench.child("answering", "edit_plan", str(bench.small_workbook)))


def early_over_plan(bench: Bench) -> float:
    """Return the part of a national calculation after which its provisional tiles are in view."""
    return float(bench.child("answering", "early", str(bench.workbook)))


def open_plan_s(bench: Bench) -> float:
    """Return the seconds from opening the national plan to its answer, the median of five."""
    return median(
        float(bench.child("answering", "open_plan", str(bench.plan_workbook))) for _ in range(5)
    )


def heartbeat_open_plan_ms(bench: Bench) -> float:
    """Return the longest stall while the national plan is opened, shown and recomputed."""
    return float(bench.child("answering", "open_plan_heart", str(bench.plan_workbook)))


def tab_switch_s(bench: Bench) -> float:
    """Return the longest seconds of going to a view of the national plan for the first time."""
    return float(bench.child("answering", "switch", str(bench.plan_workbook)))


WINDOWED = (
    Benchmark(
        "start_over_empty_window",
        "",
        "the window's first paint over that of an empty Qt window",
        start_over_empty_window,
    ),
    Benchmark(
        "heartbeat_solve_ms", "ms", "longest stall of the window while planning", heartbeat_solve_ms
    ),
    Benchmark("cancel_ms", "ms", "longest wait for a calculation to stop, at 9 steps", cancel_ms),
    Benchmark(
        "heartbeat_load_ms", "ms", "longest stall of the window while opening", heartbeat_load_ms
    ),
    Benchmark(
        "heartbeat_load_20000_ms",
        "ms",
        "the same while opening 20,000 rows",
        heartbeat_load_20000_ms,
    ),
    Benchmark("scroll_20000_ms", "ms", "longest step of scrolling 20,000 rows", scroll_20000_ms),
    Benchmark("paste_2000_s", "s", "pasting 2,000 new rows of 14 columns", paste_2000_s),
    Benchmark("paste_over_2000_s", "s", "the same over rows that are there", paste_over_2000_s),
    Benchmark("heartbeat_paste_ms", "ms", "longest stall while pasting them", heartbeat_paste_ms),
    Benchmark("heartbeat_import_ms", "ms", "longest stall while importing", heartbeat_import_ms),
    Benchmark("answer_small_s", "s", "an edit of the small demo and its tiles", answer_small_s),
    Benchmark("plan_small_s", "s", "the same and its plan, explained, verified", plan_small_s),
    Benchmark("early_over_plan", "", "provisional tiles over the whole plan", early_over_plan),
    Benchmark("open_plan_s", "s", "opening the national plan to its answer", open_plan_s),
    Benchmark(
        "heartbeat_open_plan_ms", "ms", "longest stall while opening it", heartbeat_open_plan_ms
    ),
    Benchmark("tab_switch_s", "s", "longest switch to a view of that plan", tab_switch_s),
)
