"""The report for support: enough to help by, and nothing of the workbook."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from planner import __version__
from tests.ui.conftest import Answers
from tests.ui.onscreen import action, there
from ui.fault_log import FaultLog
from ui.window import Window

PERSON = "Jan Jansen 123456782"
# A cell of one of these may stand in the name of a library or of a table by chance.
LONGER_THAN = 6


def test_the_report_tells_versions_rows_and_faults_and_nothing_of_the_workbook(
    small: Window, answers: Answers, tmp_path: Path
) -> None:
    frame = there(small.session.sheet("locations")).frame
    cells = {str(cell) for name in frame for cell in frame[name] if len(str(cell)) > LONGER_THAN}
    assert "Demo col Veenkamp" in cells
    cells -= {time.strftime("%Y-%m-%d")}  # today stands in the log
    handler = FaultLog(tmp_path / "data")  # where the window keeps its own
    logging.getLogger("ui").addHandler(handler)
    try:
        int(PERSON)
    except ValueError:
        logging.getLogger("ui.test").exception("a task failed")
    finally:
        logging.getLogger("ui").removeHandler(handler)
        handler.close()
    answers.save = tmp_path / "support.txt"

    action(small, "support").trigger()

    text = answers.save.read_text(encoding="utf-8")
    for told in (f"Opvangplan {__version__}", f"rows of locations: {len(frame)}", "a task failed"):
        assert told in text
    assert "ValueError" in text
    assert PERSON not in text
    assert [] == [each for each in cells if each in text]
    assert "support.txt" in answers.told[-1]

    answers.save = tmp_path / "gone" / "support.txt"
    action(small, "support").trigger()
    assert "gone" in answers.told[-1]
