"""The rules of the house that no linter knows: what may import what, and that nothing is loose."""

import ast
import csv
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType

import grimp

import planner.input.checks
import planner.model.rules
from planner.core.texts import catalogue
from planner.input.checks import CHECKS
from planner.input.parameters import supplied
from planner.model import measures
from planner.model.measures import MEASURES, TIE_BREAKS, Measure
from planner.model.objective import LEVELS
from planner.model.rules import RULES
from planner.model.rules.rule import Rule
from tests.code_reading import ROOT, imported, named, nodes, pattern, sources, strings

LONGEST_FILE = 500
MOST_LOOKED_INSIDE = 50
MOST_OF_ANY_TYPE = 19
ENGINE, WINDOW = ("planner",), ("ui",)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = {"planner", "ui", "seeds", "resources", "bundle"}
TEXT_FILES = {".py", ".toml", ".md", ".csv", ".svg", ".json", ".txt", ""}

# Everything but a mark of unfinished work is written without the mark standing in this file.
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
LEFT_OUT = re.compile(r"pytest\.(skip|xfail|mark\.(skip|skipif|xfail))\b|@unittest\.skip")

# A path from the root of somebody's disk, or out of the checkout, means nothing elsewhere.
OUTSIDE = re.compile(r"(?<![\w/.:<>(){}*\\\"'|+-])/[a-z]+/\w[\w./-]*|(?<![\w.])\.\./[a-z]\w+")
EVERYWHERE = ("/usr/bin/env", "/usr/share/doc", "/dev/null")
# How documents are numbered in somebody's own pile; ours are named by title and date.
PILE_NUMBER = re.compile(r"\bS0\d\d\b")


def test_import_contracts_hold() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", command, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Imports for type checking alone count as well: who reads a module follows those too."""
    graph = grimp.build_graph("planner", "ui", cache_dir=None)
    circles = {
        tuple(sorted((module, imported)))
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
        if graph.chain_exists(importer=imported, imported=module)
    }
    assert set() == circles


def test_the_engine_works_where_qt_cannot_be_imported() -> None:
    program = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "ui"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, NoQt())
from planner.cli import run
sys.exit(run(["tables", "--language", "en"]))
"""
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "" == done.stderr
    assert 0 == done.returncode
    assert "Locations" in done.stdout


def test_no_file_is_longer_than_can_be_overseen() -> None:
    lengths = {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in (*sources(), *sources("tests"))
    }
    assert {} == {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE}


def test_the_engine_s_top_holds_packages_and_the_verbs_alone() -> None:
    modules = {path.stem for path in (ROOT / "planner").glob("*.py")}
    assert {"__init__", "__main__", "api", "planning", "verifying"} == modules


def test_no_two_classes_share_a_name() -> None:
    """What stands behind an underscore is read in its own module only, and may."""
    named: dict[str, list[str]] = {}
    for file in sources():
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(file.relative_to(ROOT).as_posix())
    assert {} == {name: files for name, files in named.items() if len(files) > 1}


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for part in (*ENGINE, *WINDOW)
        for path in (ROOT / part).rglob("__init__.py")
        if len((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split()) < 5
    ]
    assert [] == silent


def test_every_package_stands_in_its_readme() -> None:
    missing = [
        f"{part}/{package.name}"
        for part in (*ENGINE, *WINDOW)
        for package in (ROOT / part).iterdir()
        if (package / "__init__.py").exists()
        and f"`{package.name}/`" not in (ROOT / part / "README.md").read_text(encoding="utf-8")
    ]
    assert [] == missing


def test_no_module_is_named_after_nothing() -> None:
    assert [] == [
        file for file in sources() if file.stem in {"utils", "util", "helpers", "constants", "misc"}
    ]


def test_nothing_is_printed_but_by_the_console() -> None:
    assert [] == [
        f"{file}:{node.lineno}"
        for file, node in nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and named(node) == "print"
    ]


def text_files() -> Iterator[Path]:
    """Yield every text file of the project; what tools leave behind is no part of it."""
    for top in (*OWN, "tests", ".ci"):
        for file in sorted((ROOT / top).rglob("*")):
            if file.is_file() and file.suffix in TEXT_FILES and "__pycache__" not in file.parts:
                yield file
    yield from (ROOT / name for name in ("README.md", "CHANGELOG.md", "pyproject.toml"))


def lines_with(mark: re.Pattern[str]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{number}: {found[0]}"
        for file in text_files()
        if file.exists()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        for found in mark.finditer(line)
        if not found[0].startswith(EVERYWHERE)
    ]


def looked_inside() -> list[str]:
    """Return where tests reach for what is private to a class or a library."""
    return [
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.attr}"
        for file, node in nodes("tests")
        if isinstance(node, ast.Attribute) and re.match(r"_(?!_)", node.attr)
        if not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls", "os"})
    ]


def test_tests_reach_for_what_a_user_or_a_caller_sees() -> None:
    """Each exception has its reason beside it: ruff asks for the mark, and RUF100 for its use."""
    assert len(found := looked_inside()) <= MOST_LOOKED_INSIDE, found
    without = [
        line
        for file in sources("tests")
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"noqa:.*\bSLF001(?!.* - \w)", line)
    ]
    assert [] == without


def test_few_things_are_of_any_type() -> None:
    """Each has its reason beside it: ruff asks for the mark, and RUF100 for its use."""
    marked = re.compile(r"# noqa:.*\bANN401\b(?P<reason>.* - \w)?")
    found = [
        match for file in sources() for match in marked.finditer(file.read_text(encoding="utf-8"))
    ]
    assert len(found) <= MOST_OF_ANY_TYPE
    assert [] == [each[0] for each in found if each["reason"] is None]


def test_nothing_is_left_unfinished() -> None:
    assert [] == lines_with(UNFINISHED)


def test_no_test_is_left_out() -> None:
    this = f"tests/{Path(__file__).name}"
    assert [] == [line for line in lines_with(LEFT_OUT) if not line.startswith(this)]


def test_nothing_points_outside_the_checkout() -> None:
    assert [] == lines_with(OUTSIDE)
    assert [] == lines_with(PILE_NUMBER)


def modules_in(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def test_every_note_stands_once_in_the_index() -> None:
    notes = sorted(path.name for path in (ROOT / "planner/notes").glob("[0-9]*.md"))
    index = (ROOT / "planner/notes/README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[(\d{4})\]\((\d{4}[\w.-]+)\) \|", index, re.MULTILINE)
    assert notes == sorted(name for _, name in listed)
    assert len(notes) == len({name[:4] for name in notes}), "two notes have one number"
    assert [] == [name for number, name in listed if not name.startswith(number)]


def test_every_rule_that_is_declared_is_in_the_register() -> None:
    declared = {
        id(value): name
        for module in modules_in(planner.model.rules)
        for name, value in vars(module).items()
        if isinstance(value, Rule)
    }
    registered = {id(rule): rule.name for rule in RULES}
    assert registered == declared


def test_every_rule_says_what_it_is_and_where_it_comes_from() -> None:
    for rule in RULES:
        for text in (rule.title, rule.sentence, rule.applies, rule.source.label):
            assert text.nl, rule.name
            assert text.en, rule.name


def test_every_measure_that_is_declared_is_in_the_list() -> None:
    declared = {each.name for each in vars(measures).values() if isinstance(each, Measure)}
    assert declared <= {each.name for each in (*MEASURES, *TIE_BREAKS)}
    # Those of one list hang together by name alone, so no name may stand twice.
    assert len((*MEASURES, *TIE_BREAKS)) == len({each.name for each in (*MEASURES, *TIE_BREAKS)})


def test_every_measure_that_is_made_is_in_the_list() -> None:
    made = {
        pattern(node.args[0])
        for _, node in nodes("planner")
        if isinstance(node, ast.Call) and named(node) == "Measure"
    }
    assert made == {each.name for each in (*MEASURES, *TIE_BREAKS)}


def test_every_check_is_in_the_list() -> None:
    declared = {
        function
        for module in modules_in(planner.input.checks)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == module.__name__
    }
    assert declared == set(CHECKS)


def keys_asked_for() -> Iterator[tuple[str, ast.Call, str]]:
    """Yield every text that code asks for: where, the call, and its key as a pattern.

    The window's words stand under `window.` without saying so.
    """
    for file, node in nodes(*ENGINE, *WINDOW):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        asked = named(node)
        if asked not in {"message", "say", "worded", "note", "_say_both"}:
            continue
        window = file.is_relative_to(ROOT / "ui") and isinstance(node.func, ast.Attribute)
        if window and not ast.unparse(node.func).endswith("words.say"):
            continue
        first = node.args[0]
        for each in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
            key = pattern(each)
            if key is not None:
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                yield where, node, f"window\\.{key}" if window else key


def test_every_text_that_is_asked_for_exists() -> None:
    keys = tuple(catalogue())
    asked = list(keys_asked_for())
    assert len(asked) > len(keys) / 4
    assert [] == [
        f"{where} {key}"
        for where, _, key in asked
        if not any(re.fullmatch(key, each) for each in keys)
    ]


def steps_told() -> set[str]:
    """Return the steps that a calculation tells it has come to."""
    return {
        argument.value
        for _, node in nodes("planner")
        if isinstance(node, ast.Call) and named(node) in {"tell", "_tell", "lap"}
        # A lap tells the step that begins, its second part.
        for argument in (node.args[1:] if named(node) == "lap" else node.args[:1])
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    } - {"level"}


def test_every_step_of_a_calculation_has_its_words() -> None:
    steps = steps_told()
    assert {"check", "build", "first_basis", "verify"} <= steps
    assert [] == [
        key
        for step in sorted(steps)
        for key in (f"progress.{step}", f"window.step.{step}")
        if key not in catalogue()
    ]


def test_every_level_has_its_words() -> None:
    families = ("progress.level", "window.settled", "window.settled_none")
    assert [] == [
        key
        for content in LEVELS
        for family in families
        if (key := f"{family}.{content.level.value}") not in catalogue()
    ]


def fields_of(text: str) -> set[str]:
    """Return the names that stand between braces in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_text_that_is_asked_for_gets_its_fields() -> None:
    plain = {re.escape(key): text for key, text in catalogue().items()}
    missing = [
        f"{where} {key} lacks {lacking}"
        for where, call, key in keys_asked_for()
        if key in plain and all(keyword.arg for keyword in call.keywords)
        if (lacking := fields_of(plain[key].nl) - {keyword.arg for keyword in call.keywords})
    ]
    assert [] == missing


NAMING = ("inflow", "scenarios")


def supplied_names() -> set[str]:
    """Return the names of the groups, streams, stages and scenarios that the program supplies."""
    names: set[str] = set()
    files = ["groups.csv", "streams.csv", "stages.csv"]
    files += [f"demo_{size}/{name}.csv" for size in ("small", "national") for name in NAMING]
    for file in files:
        with (ROOT / "seeds" / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                columns = ("group", "stream", "stage", "scenario")
                names |= {row[column] for column in columns if row.get(column)}
    return names


def test_every_supplied_name_is_called_something() -> None:
    assert {f"called.{name}" for name in supplied_names()} <= set(catalogue())


def test_every_text_is_used_somewhere() -> None:
    made = strings(*ENGINE, *WINDOW)
    # Options of the command line stand there with their dashes.
    made.whole |= {text.lstrip("-") for text in made.whole if text.startswith("--")}
    # Units of the supplied parameters are worded too.
    made.whole |= {each.parameter.unit for each in supplied().values()}
    # So is a unit that only plans of the version before write.
    made.whole.add("spread of the logarithm")
    # So are the names of the supplied groups, streams and scenarios.
    made.whole |= {f"called.{name}" for name in supplied_names()}
    # A pattern without words of its own would make anything.
    made.patterns = {each for each in made.patterns if re.search("[a-z]{2}", each)}
    assert [] == [
        key
        for key in catalogue()
        if not made.make(key) and not made.make(key.removeprefix("window."))
    ]


def test_a_text_has_the_same_fields_in_both_languages() -> None:
    texts = catalogue()
    assert [] == [key for key, each in texts.items() if not (each.nl.strip() and each.en.strip())]
    assert [] == [key for key, each in texts.items() if fields_of(each.nl) != fields_of(each.en)]


def required(requirements: list[str]) -> set[str]:
    """Return the names that requirements are imported under."""
    names = {re.split(r"[^\w-]", each, maxsplit=1)[0].lower() for each in requirements}
    under = {"pyside6-essentials": "PySide6", "python-pptx": "pptx"}
    return {under.get(name, name.replace("-", "_")) for name in names}


def test_what_is_declared_as_needed_is_what_is_imported() -> None:
    optional = required(PROJECT["optional-dependencies"]["cluster"])
    wanted = required(PROJECT["dependencies"])
    assert wanted == imported() - sys.stdlib_module_names - OWN - optional


def test_tests_import_nothing_that_is_not_declared() -> None:
    beside = {file.stem for file in (ROOT / "tests").glob("*")} | {"tests"}
    wanted = required(PROJECT["optional-dependencies"]["test"]) | {"pytestqt"}
    known = wanted | required(PROJECT["dependencies"]) | OWN | beside
    assert set() == imported("tests") - sys.stdlib_module_names - known


def test_the_second_solver_is_for_tests_alone() -> None:
    assert "swiglpk" not in imported()
