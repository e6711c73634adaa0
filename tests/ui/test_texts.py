"""The window's texts: each that is said exists, each that exists is said, none is forgotten."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from planner.core.texts import Text, catalogue, texts_of
from ui.actions import ACTIONS
from ui.state import Menu

UI = Path(__file__).parents[2] / "ui"
FAMILIES = (
    "why_not.", "scenarios.why_not.",
    "tab.",
    "action", "menu", "undo", "start", "demo", "calculate", "ending", "step", "settled",
    "settled_none", "figure", "results", "runoff", "dol", "column", "unit", "ask",
    "failed", "step_", "why.", "rule_fact.", "rule_theme.", "scenario_form", "scenarios_act.",
    "scenarios_do.", "count.", "map.shows.", "location", "capacity.", "forecast.tab.", "hangs.",
    "forecast_people.", "flows.lead", "fit.lead", "look_back.lead", "import.",
    "tile.", "comparison.", "standing.", "what_if.card.", "what_if.contract.", "timeline.legend.",
    "timeline.said.", "timeline.edge.", "timeline.moved.", "tour.", "phrase.", "phrase_all.",
    "answer.since.", "phrase_said.", "phrase_field.", "futures.",
)  # fmt: skip


def said() -> set[str]:
    """Every piece of text in the window's code that could be a key."""
    found: set[str] = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_key_that_is_said_is_in_the_catalogue() -> None:
    keys = {
        key
        for path in UI.rglob("*.py")
        for key in re.findall(r"words\.say\(\s*\"([^\"]+)\"", path.read_text(encoding="utf-8"))
    }
    assert set() == {key for key in keys if f"window.{key}" not in catalogue()}


def test_every_text_of_the_window_is_used() -> None:
    used = said()
    unused = [
        key
        for key in catalogue()
        if key.startswith("window.")
        and key.removeprefix("window.") not in used
        and key not in used
        and not key.removeprefix("window.").startswith(FAMILIES)
    ]
    assert [] == unused


def test_every_action_and_menu_has_its_text() -> None:
    for action in ACTIONS:
        assert f"window.action.{action.id}" in catalogue()
    for menu in Menu:
        assert f"window.menu.{menu.value}" in catalogue()


def test_no_shortcut_is_given_twice() -> None:
    given = [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(set(given)) == len(given)


def test_both_languages_fill_in_the_same_fields() -> None:
    for key, text in catalogue().items():
        # A verb may follow what is counted in one language and not in the other.
        dutch, english = (
            sorted(re.findall(r"{(\w+)(?::(?!~)[^}]*)?}", part)) for part in (text.nl, text.en)
        )
        assert dutch == english, key


def test_a_catalogue_file_is_read_as_toml_however_it_is_written() -> None:
    plain = '# about\n\n["a.b"]\nnl = "één"\nen = "one"\n'
    nested = "[a.b]\nnl = \"één\"\nen = 'one'\n"
    expected = [("a.b", Text("één", "one"))]
    assert [expected, expected] == [list(texts_of(each)) for each in (plain, nested)]
    for file in sorted((UI.parent / "resources" / "texts").glob("*.toml")):
        content = file.read_text(encoding="utf-8")
        read = {".".join(path): text for path, text in branches(tomllib.loads(content))}
        assert read == {key: (text.nl, text.en) for key, text in texts_of(content)}


def test_what_is_seen_at_the_start_is_read_from_one_file() -> None:
    there = (UI.parent / "resources" / "texts" / "window.toml").read_text(encoding="utf-8")
    first = ("window.action.", "window.menu.", "window.start.", "window.band.", "window.status.")
    keys = [each for each in catalogue() if each.startswith(first)]
    assert len(keys) > 50
    assert [] == [each for each in keys if f'["{each}"]' not in there]


def test_the_texts_of_the_window_are_written_so_that_they_are_read_soon() -> None:
    """One file that is written otherwise costs the start a library and a tenth of its time."""
    asked = """
import sys
from planner.core.texts import catalogue
catalogue()["window.title"]
print("tomllib" in sys.modules)
"""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", asked], check=True, stdout=subprocess.PIPE, text=True
    )
    assert "False" == done.stdout.strip()


def branches(
    tree: Mapping[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    """Yield every text of a TOML tree with the names that lead to it."""
    if isinstance(tree.get("nl"), str):
        yield path, (tree["nl"], tree["en"])
        return
    for name, below in tree.items():
        yield from branches(below, (*path, name))
