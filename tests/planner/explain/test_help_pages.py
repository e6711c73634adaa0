"""The help: generated pages are fresh, hand-written ones are there in both languages."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from planner.cli import NAMES
from planner.input.parameters import supplied
from planner.input.records import TABLES
from planner.model.rules import RULES
from planner.result.help_pages import pages, write

HELP = Path(str(files("resources"))) / "help"
LINK = re.compile(r"\]\(([^)#]+)\)")

# The pages of the help in both languages, those that are generated included.
PAIRS = {
    "start": "start",
    "werkmap": "workbook",
    "plan-lezen": "reading-a-plan",
    "regels": "rules",
    "kolommen": "columns",
    "parameters": "parameters",
}


@pytest.mark.parametrize("name", pages())
def test_a_generated_page_is_fresh(name: str) -> None:
    stands = (HELP / name).read_text(encoding="utf-8")

    assert pages()[name] == stands, "run: python -m planner.result.help_pages"


def test_every_page_is_there_in_both_languages() -> None:
    assert set(PAIRS) <= {each.stem for each in (HELP / "nl").glob("*.md")}
    assert set(PAIRS.values()) <= {each.stem for each in (HELP / "en").glob("*.md")}
    assert {*pages()} <= {f"nl/{name}.md" for name in PAIRS} | {
        f"en/{name}.md" for name in PAIRS.values()
    }


@pytest.mark.parametrize("page", sorted(HELP.rglob("*.md")), ids=lambda page: page.stem)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = [each for each in LINK.findall(page.read_text("utf-8")) if "://" not in each]

    assert not [link for link in links if not (page.parent / link).is_file()]


def test_a_generated_page_leaves_nothing_out() -> None:
    made = pages()

    for rule in RULES:
        assert f"`{rule.name}`" in made["nl/regels.md"]
        assert rule.sentence.en in made["en/rules.md"]
    for table in TABLES:
        for column in table.columns:
            assert f"`{column.key}`" in made["nl/kolommen.md"]
    for name in supplied():
        assert f"`{name}`" in made["en/parameters.md"]


def test_no_field_of_a_text_is_left_open() -> None:
    assert not [name for name, text in pages().items() if re.search(r"\{\w+\}", text)]


def test_pages_are_written_below_a_folder(tmp_path: Path) -> None:
    write(tmp_path)

    assert set(pages()) == {
        each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*.md")
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_help_explains_every_command(language: str) -> None:
    told = "\n".join(each.read_text(encoding="utf-8") for each in (HELP / language).glob("*.md"))

    assert [] == [name for name in NAMES if not re.search(rf"(`|opvangplan ){name}\b", told)]


def test_the_readme_names_every_command_and_leads_somewhere() -> None:
    root = HELP.parent.parent
    readme = (root / "README.md").read_text(encoding="utf-8")
    links = [each for each in LINK.findall(readme) if not each.endswith(".png")]

    assert not [name for name in NAMES if f"`opvangplan {name} " not in readme]
    assert not [link for link in links if not (root / link).exists()]
    assert len(readme.splitlines()) < 150
