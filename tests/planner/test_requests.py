"""What the engine's process is asked for and answers is typed; a handler goes by its request."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest

from planner.jobs import file_handlers, file_requests, handlers, requests
from planner.jobs.file_requests import FileTask, Request

BASES = {Request, FileTask, requests.AboutCompared}


def all_requests() -> Iterator[type]:
    for module in (requests, file_requests):
        for _, found in inspect.getmembers(module, inspect.isclass):
            if (
                issubclass(found, Request)
                and found not in BASES
                and found.__module__ == module.__name__
            ):
                yield found


def answer_of(request: Any) -> str:
    (base,) = [each for each in request.__orig_bases__ if hasattr(each, "__args__")]
    (argument,) = base.__args__
    return getattr(argument, "__forward_arg__", str(argument))


@pytest.mark.parametrize("request_type", list(all_requests()), ids=lambda each: each.__name__)
def test_the_handler_of_a_request_has_its_name_and_answers_what_it_says(request_type: type) -> None:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", request_type.__name__).lower()
    module = file_handlers if issubclass(request_type, FileTask) else handlers
    handler = getattr(module, name)
    assert answer_of(request_type) == inspect.signature(handler).return_annotation


def test_no_handler_goes_by_no_name() -> None:
    for module in (handlers, file_handlers):
        assert not hasattr(module, "_")
