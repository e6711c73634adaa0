"""Whose fault it is: how a command ends where the machine or its user stands in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner import api
from planner.cli import run
from planner.core.outcome import CancelToken, Progress, Stop
from planner.core.texts import Language, show
from planner.planning import PlanOptions

ROOT = Path(__file__).parents[2]
NO_PROGRAM_FAULT = "het programma maakt een fout"


def _called(
    *arguments: str, before: str = "", **options: object
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, after some Python of ours."""
    code = f"import sys\n{before}\nfrom planner.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    given: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run(  # type: ignore[call-overload,no-any-return] # noqa: S603 - ourselves
        [sys.executable, "-c", code, *arguments], cwd=ROOT, text=True, check=False, **given
    )


# A file of more than so many bytes is refused by the system, as on a full disk.
LITTLE_ROOM = """
sys.dont_write_bytecode = True  # half a compiled module would be kept
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
"""


@pytest.mark.parametrize(
    "command",
    [
        ("template", "{out}/t.xlsx"),
        ("demo", "--out", "{out}/d"),
        ("forecast", "{demo}/demo.xlsx", "--out", "{out}/f.xlsx"),
        ("rules", "--json", "{out}/r.json"),
        ("export", "{demo}/plan.xlsx", "--out", "{out}/e"),
        ("report", "{demo}/plan.xlsx", "--out", "{out}/r.pdf"),
        ("compare", "{demo}/plan.xlsx", "{demo}/plan.xlsx", "--out", "{out}/c.xlsx"),
        (
            "plan",
            "{demo}/demo.xlsx",
            "--out",
            "{out}/p.xlsx",
            "--fractions",
            "--model-dir",
            "{out}/m",
        ),
    ],
)
def test_a_full_disk_is_called_so_and_leaves_no_half_file(
    demo: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    given = [each.format(demo=demo, out=tmp_path) for each in command]
    ended = _called(*given, before=LITTLE_ROOM)
    assert 2 == ended.returncode, ended.stderr
    assert "schijf" in ended.stderr
    assert "Traceback" not in ended.stderr
    written = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert not [each for each in written if each.suffix in {".xlsx", ".pdf", ".part"}]
    assert not [each for each in written if each.name.startswith(".")]


def test_a_folder_that_cannot_be_made_is_no_fault_of_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert 2 == run(["demo", "--out", str(tmp_path / "file" / "demo")])
    told = capsys.readouterr().err
    assert str(tmp_path / "file") in told
    assert NO_PROGRAM_FAULT not in told


@pytest.mark.parametrize("name", ["n" * 300 + ".xlsx", "n" * 300 + "/t.xlsx", "n" * 245 + ".xlsx"])
def test_a_name_longer_than_the_disk_takes_is_told_and_is_open_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    ended = run(["template", str(tmp_path / name)])
    told = capsys.readouterr().err
    fits = len(name) <= 255
    assert (0 if fits else 2) == ended
    assert fits or ("n" * 60 in told and "is te lang" in told)
    assert fits == (tmp_path / name.partition("/")[0][:255]).exists()


def test_too_little_memory_is_no_fault_of_the_program(
    demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill(path: Path) -> None:
        raise MemoryError(path)

    monkeypatch.setattr(api, "open_workbook", fill)
    assert 2 == run(["check", str(demo / "demo.xlsx")])
    assert "te weinig geheugen" in capsys.readouterr().err


@pytest.mark.parametrize("letters", ["ascii", "cp437", "latin-1"])
def test_a_terminal_without_our_letters_shows_the_nearest(demo: Path, letters: str) -> None:
    env = {**os.environ, "PYTHONIOENCODING": letters}
    # Others before it in the same process; one alone is a process in most tests here.
    others = "from planner.cli import run\nassert 0 == run(['rules']) == run(['tables'])"
    ended = _called("check", f"{demo}/demo.xlsx", before=others, env=env, encoding=letters)
    assert (0, "") == (ended.returncode, ended.stderr)


@pytest.mark.parametrize("way", ["closed", "full"])
def test_output_that_goes_nowhere_is_told(demo: Path, way: str) -> None:
    before = "import os\nos.close(1); sys.stdout = None" if way == "closed" else ""
    target = os.open("/dev/full" if way == "full" else os.devnull, os.O_WRONLY)
    ended = _called("check", str(demo / "demo.xlsx"), before=before, stdout=target)
    os.close(target)
    assert 2 == ended.returncode
    assert "De uitvoer is gesloten of vol" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_language_may_stand_before_the_command(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == run(["--language", "en", "--quiet", "verify", str(demo / "plan.xlsx")])
    assert 2 == run(["--language", "en", "verify", str(demo / "none.xlsx")])
    assert "is not there" in capsys.readouterr().err


@pytest.mark.parametrize("limit", ["-5", "nan", "inf"])
def test_a_time_limit_below_0_or_without_an_end_is_refused(
    demo: Path, tmp_path: Path, limit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "plan.xlsx"
    given = ["plan", str(demo / "demo.xlsx"), "--out", str(target), "--time-limit", limit]
    assert 2 == run(given)
    assert "tijdslimiet" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize(
    ("command", "ending"),
    [
        (("plan", "{demo}/demo.xlsx", "--out", "{out}/x.odt"), ".ods"),
        (("template", "{out}/x.docx"), ".xlsx"),
        (("report", "{demo}/plan.xlsx", "--out", "{out}/x.docx"), ".pdf"),
        (("check", "{demo}/demo.xlsx", "--json", "{out}/x.xlsx"), ".json"),
    ],
)
def test_a_file_is_never_named_after_another_kind(
    demo: Path,
    tmp_path: Path,
    command: tuple[str, ...],
    ending: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert 2 == run([each.format(demo=demo, out=tmp_path) for each in command])
    assert ending in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_target_without_a_name_is_refused(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == run(["plan", str(demo / "demo.xlsx"), "--out", ""])
    assert "geen naam" in capsys.readouterr().err


def test_a_device_is_not_written_over(demo: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert 2 == run(["check", str(demo / "demo.xlsx"), "--json", str(pipe)])
    assert pipe.is_fifo()


def test_ctrl_c_while_reading_ends_in_words(demo: Path) -> None:
    # Reading waits until it is stopped, so that it is reading that is stopped.
    before = (
        "import os, signal\nfrom planner.files import reading\n"
        "reading.content_of = lambda path: os.kill(os.getpid(), signal.SIGINT) or b''"
    )
    ended = _called("check", str(demo / "demo.xlsx"), before=before)
    assert 130 == ended.returncode
    assert "Gestopt" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_ctrl_c_while_the_engine_is_loaded_ends_in_words(demo: Path) -> None:
    child = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-X", "importtime", "-m", "planner", "check", str(demo / "demo.xlsx")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    for line in child.stderr:
        if "numpy" in line:
            child.send_signal(signal.SIGINT)
            break
    _, told = child.communicate(timeout=60)
    assert 130 == child.returncode
    assert "Traceback" not in told


def test_who_stops_during_the_explanation_gets_the_plan_and_is_told(demo: Path) -> None:
    cancel, begun = CancelToken(), time.monotonic()

    def stop(at: Progress) -> None:
        if at.step == "explain":
            cancel.cancel()

    book = api.open_workbook(demo / "demo.xlsx")
    made = api.plan(book, options=PlanOptions(), progress=stop, cancel=cancel)
    assert (Stop.CANCELLED, True) == (made.stop, made.found)
    assert time.monotonic() - begun < 60
    first = made.tables["explanation"]["sentence"].iloc[0]
    assert "niet af" in show(first, Language.NL)
    assert made.recomputed


@pytest.mark.parametrize(
    ("sheet", "title", "amount"),
    [
        ("Locaties", "Maximale duur noodopvang", 10**9),
        ("Groepen", "Personeel per 100", 10**12),
    ],
)
def test_an_absurd_number_is_refused_in_its_cell(
    demo: Path, tmp_path: Path, sheet: str, title: str, amount: int
) -> None:
    book = openpyxl.load_workbook(demo / "demo.xlsx")
    page: Any = book[sheet]
    header = next(row for row in page.iter_rows() if title in [cell.value for cell in row])
    column = next(cell.column for cell in header if cell.value == title)
    page.cell(header[0].row + 1, column).value = amount
    book.save(tmp_path / "odd.xlsx")
    findings = api.check(api.open_workbook(tmp_path / "odd.xlsx")).findings
    cells = [each.cell for each in findings if each.severity.value == "error"]
    assert [page.cell(header[0].row + 1, column).coordinate] == cells


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--language", "en", "none.xlsx"], "none.xlsx does not exist"),
        (["none.xlsx", "--language=nl"], "none.xlsx bestaat niet"),
        (["--language", "de"], "is no language of this program"),
    ],
)
def test_a_language_may_be_chosen_for_the_window(given: list[str], told: str) -> None:
    ended = _called(*given)
    assert 2 == ended.returncode
    assert told in ended.stderr
