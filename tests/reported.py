"""A report of the tests for who takes the program in: what was tried, of what, when and where.

`.ci/run` has pytest write down each test as JUnit does, one file for each run of it. The command
`python -m tests.reported FOLDER RUN...` adds `summary.md`: the numbers of all runs together, by
package. A run that left no file was cut short, and counts as failed.
"""

from __future__ import annotations

import datetime as dt
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from planner import __version__
from tests.code_reading import ROOT

SUMMARY = "summary.md"
# The parts of a test's name that name its package: `tests.planner.input`.
DEPTH = 3


@dataclass(frozen=True)
class Numbers:
    """How many tests ended how, and the seconds of all processes together."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def __add__(self, other: Numbers) -> Numbers:
        return Numbers(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.seconds + other.seconds,
        )


def numbers_by_package(folder: Path, runs: Sequence[str]) -> Mapping[str, Numbers]:
    """Return what the files of some runs tell, by the package of the tests, in the order of names.

    A run of which there is no file, or half a file, is a failure under its own name.
    """
    found: dict[str, Numbers] = {}
    for run in runs:
        try:
            tree = ET.parse(folder / f"{run}.xml")  # noqa: S314 - pytest wrote it just now
        except (OSError, ET.ParseError):
            found[f"(run cut short: {run})"] = Numbers(failed=1)
            continue
        for case in tree.iter("testcase"):
            package = _package(case.get("classname", ""))
            found[package] = found.get(package, Numbers()) + _ended(case)
    return dict(sorted(found.items()))


def _package(of: str) -> str:
    """Return the package of a module of tests, by its name with dots."""
    return ".".join(of.split(".")[:-1][:DEPTH]) or of


def _ended(case: ET.Element) -> Numbers:
    ended = {each.tag for each in case}
    failed = not ended.isdisjoint({"failure", "error"})
    skipped = "skipped" in ended and not failed
    return Numbers(
        int(not failed and not skipped), int(failed), int(skipped), float(case.get("time", 0))
    )


def summary(numbers: Mapping[str, Numbers], commit: str, when: dt.datetime) -> str:
    """Return the report as Markdown: what was tested, and its numbers in all and by package."""
    together = sum(numbers.values(), Numbers())
    verdict = "all passed" if together.passed and not together.failed else "NOT all passed"
    return "\n".join(
        [
            f"# Test report: {verdict}",
            "",
            *_table(
                ("", ""),
                [
                    ("Version", __version__),
                    ("Commit", commit),
                    ("Date", f"{when:%Y-%m-%d %H:%M} UTC"),
                    ("Python", platform.python_version()),
                    ("System", platform.platform()),
                ],
            ),
            "",
            *_table(
                ("Package", "Passed", "Failed", "Skipped", "Seconds"),
                [_row(name, each) for name, each in (*numbers.items(), ("Together", together))],
            ),
            "",
        ]
    )


def _row(name: str, of: Numbers) -> tuple[str, ...]:
    return name, str(of.passed), str(of.failed), str(of.skipped), f"{of.seconds:.1f}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def commit_here() -> str:
    """Return the commit that stands here, and whether something was changed since."""
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        told = subprocess.run(  # noqa: S603 - our own words
            asked, cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return "unknown: there is no git"
    return told.stdout.strip() or "unknown: this is no git checkout"


if __name__ == "__main__":
    where, *names = sys.argv[1:]
    told = numbers_by_package(Path(where), names)
    text = summary(told, commit_here(), dt.datetime.now(dt.UTC))
    (Path(where) / SUMMARY).write_text(text, encoding="utf-8")
