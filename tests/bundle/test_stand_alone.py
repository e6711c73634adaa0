"""A bundle does all that the program does where there is nothing but the bundle.

Made once for these tests, or taken from the folder that OPVANGPLAN_BUNDLE names. It runs in a
namespace without network, below a path with spaces and accents, read-only, without a search path,
a home or Python. Linux only, where a user may make namespaces.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner import __version__
from planner.files.owner_file import owner_file
from planner.files.reading import read_sheets
from tests.code_reading import ROOT

pytestmark = pytest.mark.slow

LARGEST_MB, MEGABYTE = 350, 1_000_000
MAPPING = json.dumps({
    "version": 1,
    "language": "nl",
    "parts": [
        {
            "table": "locations",
            "sheets": ["*"],
            "header_rows": 1,
            "fields": {
                key: {"column": title}
                for key, title in (
                    ("id", "Code"), ("name", "Naam"), ("type", "Soort"), ("beds", "Bedden"),
                )
            },
        }
    ],
})  # fmt: skip
OPENS_S, ENDS_S = 60.0, 10.0
NAMESPACES = (
    "unshare",
    "--user",
    "--map-root-user",
    "--mount",
    "--net",
    "--pid",
    "--fork",
    "--kill-child",
)
CLEAN = Path(__file__).with_name("clean.sh")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = os.environ.get("OPVANGPLAN_BUNDLE")
    if given:
        return Path(given).resolve()
    out = tmp_path_factory.mktemp("bundle")
    subprocess.run([sys.executable, "-m", "bundle", "--out", str(out)], cwd=ROOT, check=True)  # noqa: S603 - ours
    return out / f"opvangplan-{__version__}"


def hidden() -> str:
    """Return the folders that hold this Python and its libraries, unless the system is in them."""
    places = {Path(each).resolve() for each in (sys.prefix, sys.base_prefix)}
    return ":".join(str(each) for each in sorted(places) if each != Path("/usr"))


def clean(bundle: Path, folder: Path, *words: str) -> list[str]:
    """Return the command that runs the bundle's program in a clean place."""
    place = folder / "Map mét spaties" / "opvangplan"
    return [*NAMESPACES, str(CLEAN), str(bundle), str(place), hidden(), "opvangplan", *words]


def done(bundle: Path, folder: Path, *words: str) -> str:
    ran = subprocess.run(  # noqa: S603 - our own words
        clean(bundle, folder, *words), cwd=folder, capture_output=True, text=True, check=False
    )
    assert 0 == ran.returncode, (words, ran.stdout[-2000:], ran.stderr[-2000:])
    assert "Warning" not in ran.stderr, (words, ran.stderr[-2000:])
    return ran.stdout


@pytest.fixture(scope="module")
def demo(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dé mo")
    done(bundle, folder, "demo", "--out", str(folder / "uit"))
    return folder / "uit"


def test_it_is_small_enough_and_its_sums_are_right(bundle: Path) -> None:
    size = sum(file.lstat().st_size for file in bundle.rglob("*") if file.is_file())
    assert size < LARGEST_MB * MEGABYTE
    subprocess.run(["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=bundle, check=True)  # noqa: S607 - of every system


def test_every_library_in_it_is_on_its_bill_and_every_part_has_its_licence(bundle: Path) -> None:
    bill = json.loads((bundle / "opvangplan.cdx.json").read_text(encoding="utf-8"))
    listed = {file["name"] for part in bill["components"] for file in part.get("components", ())}
    inside = bundle / "_internal"
    there = {
        file.relative_to(inside).as_posix()
        for file in inside.rglob("*")
        if file.is_file() and not file.is_symlink() and ".so" in file.name
    }
    assert there == listed
    for part in bill["components"]:
        folder = bundle / "licences" / f"{part['name']}-{part['version'].replace(':', '_')}"
        assert list(folder.iterdir()), part["name"]


def test_it_plans_verifies_and_reports(bundle: Path, demo: Path, tmp_path: Path) -> None:
    plan = str(demo / "plan.xlsx")
    table, mapping = tmp_path / "locaties.csv", tmp_path / "m.json"
    table.write_text("Code;Naam;Soort;Bedden\nA1;Azc Één;azc;400\n", encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    for words in (
        ("verify", plan),
        ("report", plan, "--out", str(tmp_path / "rapport é.pdf"), "--long"),
        ("report", plan, "--out", str(tmp_path / "rapport.odt")),
        ("report", plan, "--out", str(tmp_path / "slides.pptx")),
        ("export", plan, "--out", str(tmp_path / "tabellen"), "--format", "csv-excel"),
        ("check", str(ROOT / "tests/files/gallery/plain.ods")),
        ("check", str(ROOT / "tests/files/gallery/plain.xls")),
        ("template", str(tmp_path / "leeg.xlsx")),
        ("import", str(table), "--mapping", str(mapping), "--out", str(tmp_path / "in.xlsx")),
        ("forecast", str(demo / "demo.xlsx"), "--out", str(tmp_path / "f.xlsx"), "--calibrate"),
        # Plans in children, each with an engine of its own.
        (
            "compare", str(demo / "demo.xlsx"), "--scenarios", "slower_dol,next_peak",
            "--fractions", "--out", str(tmp_path / "both.xlsx"),
        ),
        ("dossier", plan, "--out", str(tmp_path / "dossier.zip")),
        ("why", plan, "emergency"),
        ("margin", plan),
    ):  # fmt: skip
        done(bundle, tmp_path, *words)


def test_its_plan_is_that_of_the_source_to_the_last_digit(demo: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planner", "demo", "--out", str(tmp_path)]
    subprocess.run(["env", "-i", *command], cwd=ROOT, check=True, capture_output=True)  # noqa: S603, S607 - ours
    of_bundle, of_source = (read_sheets(each / "plan.xlsx")[0] for each in (demo, tmp_path))
    assert [each.name for each in of_bundle] == [each.name for each in of_source]
    differing = {
        (one.name, cell)
        for one, other in zip(of_bundle, of_source, strict=True)
        if not one.name.startswith("_")  # packed, with the time in it
        for cell in one.cells.keys() | other.cells.keys()
        if one.cells.get(cell) != other.cells.get(cell)
    }
    assert {"Verantwoording"} >= {sheet for sheet, _ in differing}  # the time
    assert len(differing) <= 2


def test_its_window_opens_a_workbook_with_its_engines(bundle: Path, demo: Path) -> None:
    """An owner file stands beside a workbook once an engine read it and the window holds it."""
    workbook = demo / "demo.xlsx"
    words = clean(bundle, demo, str(workbook))
    with subprocess.Popen(words, cwd=demo, stderr=subprocess.PIPE, text=True) as window:  # noqa: S603 - ours
        until = time.monotonic() + OPENS_S
        while not owner_file(workbook).exists() and time.monotonic() < until:
            assert window.poll() is None, window.stderr and window.stderr.read()
            time.sleep(0.1)
        assert owner_file(workbook).exists()
        window.kill()  # what runs the namespace heeds no other signal, and takes the window along
        window.wait(ENDS_S)
