"""A rule is added to a copy of the program in six places, and everything else follows from them.

The six are the recipe of planner/README.md, written out for a rule that keeps everybody from being
in one place: no location has more than a part of all people.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RULE = "one_place"

Change = Callable[[str], str]


def before(mark: str, added: str) -> Change:
    """Return how a text gets something before the one place where a mark stands."""

    def change(text: str) -> str:
        assert text.count(mark) == 1, mark
        return text.replace(mark, added + mark)

    return change


def at_end(added: str) -> Change:
    return lambda text: text + added


LAW = '''

@rule(
    standing=Standing.CHOICE,
    source=INPUT.at("parameter one_place_most"),
    unit="persons",
    level=Level.NORM,
    parameters=("one_place_most",),
    limit=OfParameter("one_place_most", unit="points", step=PERCENT, repairs=True),
    by_people=True,
)
def one_place(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People at a location stay within a part of everybody who is expected."""
    for month in case.months:
        most = case.parameters.optional("one_place_most", month)
        everybody = sum(choose.demand[group, month] for group in case.groups)
        for location in case.locations.values():
            people = list(choose.people_at(case, location, month))
            if most is not None and people:
                key = Key(location=location.id, month=month)
                yield at_most(total(people), most * everybody, key)
'''

SECOND_COUNT = '''

@recounted("norm", "location", "month")
def one_place(tally: Tally) -> Iterator[Owed]:
    """People at a location beyond their part of everybody."""
    for (place, month), people in tally.at.items():
        most = tally.case.parameters.optional("one_place_most", month)
        everybody = sum(count for (_, each), count in tally.demand.items() if each == month)
        if most is not None:
            yield from over(BreachPlace(place, month=month), people, most * everybody)
'''

TINY_CASE = """

def test_one_place_has_no_more_than_its_part_of_everybody() -> None:
    of = case(location(), groups=[MEN, WOMEN], one_place_most=0.25)
    # Ten men and ten women: a quarter of them is five.
    left = {"people men azc regular jul": 1, "people women azc regular jul": 1}
    assert [Expected("azc jul", left, "≤", 5)] == rows_of(one_place, of)


JUST_NOT["one_place"] = case(location(), groups=[MEN, WOMEN], one_place_most=None)
"""

WORDS = """["rule.one_place.title"]
nl = "Niet iedereen bij elkaar"
en = "Not everybody in one place"
["rule.one_place.sentence"]
nl = "Op één locatie woont niet meer dan een deel van alle mensen."
en = "No more than a part of all people live at one location."
["rule.one_place.applies"]
nl = "als er een deel is opgegeven"
en = "where a part is given"
["rule.one_place.without"]
nl = "er is geen deel opgegeven"
en = "no part is given"

"""

PARAMETER = (
    'one_place_most,0.6,share of people,"Choice of the planner",,,Meeste op één plaats,Most in one '
    "place,Deel van alle mensen dat op één locatie mag wonen.,Part of all people who may live at "
    "one location.\n"
)

SIX_PLACES: Mapping[str, tuple[Change, ...]] = {
    "planner/model/rules/placement.py": (at_end(LAW),),
    "planner/model/rules/__init__.py": (
        before("    people_within_places,\n    places_within_beds,\n)\n", "    one_place,\n"),
        before("    emergency_others,\n    emergency_path,\n    emergency_term,\n",
               "    one_place,\n"),
    ),
    "planner/verify/system_rules.py": (at_end(SECOND_COUNT),),
    "tests/rules/test_placement.py": (
        before("    people_within_places,\n    places_within_beds,\n)\n", "    one_place,\n"),
        at_end(TINY_CASE),
    ),
    "resources/texts/rule_words.toml": (before('["rule.emergency_others.title"]', WORDS),),
    "seeds/parameters.csv": (at_end(PARAMETER),),
}  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the rule added in the six places, and nowhere else."""
    root = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__", "notes", "demo_*", "map", "icons")
    for name in ("planner", "resources", "seeds", "tests/rules"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in ("__init__.py", "tables.py"):
        shutil.copy(ROOT / "tests" / name, root / "tests" / name)
    assert 6 == len(SIX_PLACES)
    for name, changes in SIX_PLACES.items():
        text = (root / name).read_text(encoding="utf-8")
        for change in changes:
            text = change(text)
        (root / name).write_text(text, encoding="utf-8")
    return root


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - this Python, in the copy
        [sys.executable, *words], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def seen(copy: Path) -> dict[str, Any]:
    done = run(copy, "-m", "tests.rules.new_rule_seen", RULE)
    assert not done.returncode, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_is_solved_and_its_second_count_agrees(seen: dict[str, Any]) -> None:
    # The small place is full with 20 of the 100 people; in the big one are 80, where 60 may be.
    assert 20 == seen["short"]
    assert 20 == seen["level"]
    assert [] == seen["breaches"]


def test_a_forged_plan_is_caught(seen: dict[str, Any]) -> None:
    for how in ("left out", "understated"):
        assert ["shortfall"] == seen["forged"][how]
    assert "shortfall" in seen["forged"]["people moved"]


def test_it_is_registered_with_its_parameter_and_its_switch(seen: dict[str, Any]) -> None:
    registered = seen["register"]
    assert "Not everybody in one place" == registered["title_en"]
    assert "rule_one_place" == registered["switch"]
    assert ["one_place_most"] == [each["name"] for each in registered["parameters"]]
    assert ("norm", False, 2) == tuple(registered[name] for name in ("level", "hard", "rows"))
    assert seen["switch"]
    assert seen["off"]
    assert ["nl/regels.md", "en/rules.md"] == seen["help"]


def test_its_shortfall_is_explained_in_both_languages(seen: dict[str, Any]) -> None:
    (line,) = seen["shortfall"]
    assert "Niet iedereen bij elkaar" in line["nl"]
    assert "“Not everybody in one place”" in line["en"]
    assert "big" in line["en"]
    assert 20 == round(line["used"], 6)


def test_its_limit_has_a_price(seen: dict[str, Any]) -> None:
    # A point more of everybody is one person more at the big place.
    (line,) = seen["limit"]
    assert ("one_place", 1) == (line["sort"], round(line["worth"], 6))
    assert line["nl"].startswith("Meeste op één plaats")
    assert line["en"].startswith("Most in one place")


def test_what_would_repair_it_is_found_by_solving(seen: dict[str, Any]) -> None:
    by_sort = {each["sort"]: each for each in seen["repair"]}
    # Twenty points more, from 0.6 to 0.8 of 100.
    assert 20 == by_sort["one_place"]["used"]
    assert "20 procentpunten meer ruimte bij " in by_sort["one_place"]["nl"]
    assert "20 percentage points more room at “Most in one place”" in by_sort["one_place"]["en"]


def test_the_lists_of_the_tests_hold_without_being_told(copy: Path) -> None:
    done = run(
        copy, "-m", "pytest", "-q", "-c", "/dev/null", "--rootdir", str(copy), "-p",
        "no:cacheprovider", "tests/rules/test_every_rule.py", "tests/rules/test_placement.py",
    )  # fmt: skip
    assert not done.returncode, done.stdout
