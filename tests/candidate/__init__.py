"""A new version of a library held against the present one: `python -m tests.candidate NAME==X`."""
