"""The report of the tests: every run counted, by package, and no failure passed over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from planner import __version__
from tests.reported import Numbers, numbers_by_package, summary

COUNTED = """<testsuites><testsuite>
<testcase classname="tests.rules.test_arrival" name="a" time="0.5" />
<testcase classname="tests.planner.input.test_values" name="b" time="0.25" />
</testsuite></testsuites>"""
REST = """<testsuites><testsuite>
<testcase classname="tests.planner.input.test_crowd" name="c" time="1"><failure /></testcase>
<testcase classname="tests.planner.input.test_crowd" name="d" time="1"><error>no</error></testcase>
<testcase classname="tests.ui.journeys.test_tour.TestTour" name="e" time="2"><skipped /></testcase>
<testcase classname="tests.test_architecture" name="f" time="0" />
</testsuite></testsuites>"""
WHEN = dt.datetime(2026, 11, 29, 3, 5, tzinfo=dt.UTC)


def test_the_runs_are_counted_together_by_package(tmp_path: Path) -> None:
    (tmp_path / "counted.xml").write_text(COUNTED, encoding="utf-8")
    (tmp_path / "rest.xml").write_text(REST, encoding="utf-8")
    assert {
        "tests": Numbers(1, 0, 0, 0.0),
        "tests.planner.input": Numbers(1, 2, 0, 2.25),
        "tests.rules": Numbers(1, 0, 0, 0.5),
        "tests.ui.journeys": Numbers(0, 0, 1, 2.0),
    } == numbers_by_package(tmp_path, ["counted", "rest"])


def test_a_run_that_was_cut_short_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "counted.xml").write_text(COUNTED, encoding="utf-8")
    (tmp_path / "half.xml").write_text(REST[:90], encoding="utf-8")
    for lacking in ("rest", "half"):
        told = numbers_by_package(tmp_path, ["counted", lacking])
        assert Numbers(failed=1) == told[f"(run cut short: {lacking})"]
        assert summary(told, "", WHEN).startswith("# Test report: NOT all passed")


def test_it_says_of_what_it_is_and_that_not_all_passed() -> None:
    told = summary({"tests.rules": Numbers(2, 1, 0, 0.5)}, "1420812c0ffe", WHEN)
    assert told.startswith("# Test report: NOT all passed\n")
    for line in (
        f"| Version | {__version__} |",
        "| Commit | 1420812c0ffe |",
        "| Date | 2026-11-29 03:05 UTC |",
        "| tests.rules | 2 | 1 | 0 | 0.5 |",
        "| Together | 2 | 1 | 0 | 0.5 |",
    ):
        assert line in told.splitlines()


def test_all_passed_is_said_of_tests_that_there_were() -> None:
    assert "# Test report: all passed" in summary({"tests.rules": Numbers(2)}, "", WHEN)
    assert "# Test report: NOT all passed" in summary({}, "", WHEN)
