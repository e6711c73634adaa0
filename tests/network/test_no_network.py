"""No connection is ever opened: the source asks for none, and the whole journey goes without."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.code_reading import ROOT, imported, named, nodes
from tests.network.sitecustomize import STATUS

# What connects; `socket` itself is asked for the name of this machine, and for nothing else.
CONNECTING = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "requests", "selectors", "smtplib",
    "socketserver", "ssl", "telnetlib", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
OF_THIS_MACHINE = {"gethostname"}
BOTH = "middle,slower_dol"  # scenarios to compare
QT_CONNECTING = ("PySide6.QtNetwork", "PySide6.QtWebEngine", "PySide6.QtWebSockets")


def test_nothing_imports_what_connects() -> None:
    assert set() == imported("planner", "ui", "seeds", "resources") & CONNECTING
    of_urllib = {
        node.module
        for _, node in nodes("planner", "ui", "seeds")
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("urllib")
    }
    assert of_urllib <= {"urllib.parse"}
    of_qt = [
        node.module
        for _, node in nodes("planner", "ui")
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(QT_CONNECTING)
    ]
    assert [] == of_qt


def test_a_socket_is_only_asked_for_the_name_of_this_machine() -> None:
    asked = {
        named(node)
        for _, node in nodes("planner", "ui")
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        if node.func.value.id == "socket"
    }
    assert OF_THIS_MACHINE == asked


def done(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python where the first connection ends it, in all of its children too."""
    paths = os.pathsep.join((str(ROOT / "tests" / "network"), str(ROOT)))
    settings = {**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, *words], cwd=cwd, env=settings, capture_output=True, text=True, check=False
    )


def test_the_watch_sees_a_connection(tmp_path: Path) -> None:
    seen = done("-c", "import socket; socket.socket(socket.AF_INET)", cwd=tmp_path)
    assert STATUS == seen.returncode
    assert "a connection was asked for" in seen.stderr
    assert 0 == done("-c", "import socket; socket.socket(socket.AF_UNIX)", cwd=tmp_path).returncode


@pytest.mark.slow
def test_the_whole_journey_goes_without_a_connection(tmp_path: Path) -> None:
    plan, program = "demo/plan.xlsx", ("-m", "planner")
    journey = [
        (*program, "demo", "--out", "demo"),
        (*program, "check", "demo/demo.xlsx"),
        (*program, "verify", plan),
        (*program, "report", plan, "--out", "report.pdf"),
        (*program, "export", plan, "--out", "tables"),
        (*program, "why", plan, "emergency"),
        (*program, "compare", "demo/demo.xlsx", "--scenarios", BOTH, "--out", "both.xlsx"),
        (*program, "dossier", plan, "--out", "dossier.zip"),
        ("-m", "tests.network.window_that_plans", "demo/demo.xlsx"),
    ]
    for step in journey:
        ended = done(*step, cwd=tmp_path)
        assert 0 == ended.returncode, (step, ended.stdout[-2000:], ended.stderr[-2000:])
