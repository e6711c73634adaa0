"""The tests, as one package."""

import planner  # noqa: F401 - before any test has openpyxl choose how it reads XML
