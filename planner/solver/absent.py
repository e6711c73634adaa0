"""What stands in for the solver library where it is not installed: only solving needs it."""

from __future__ import annotations

from typing import Any, NoReturn

from planner.core.errors import UnusableInputError
from planner.core.texts import message


class _Absent:
    """Any name of the library; it may be passed on and compared, and cannot be called."""

    def __getattr__(self, name: str) -> _Absent:
        return self

    def __int__(self) -> int:
        return 0

    def __call__(self, *given: object) -> NoReturn:  # noqa: ARG002 - as the library would be called
        raise UnusableInputError(message("plan.no_solver"))


def __getattr__(name: str) -> Any:  # noqa: ANN401, ARG001 - as the library would be read
    return _Absent()
