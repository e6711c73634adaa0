"""What tests of the window find by what a user sees or hears of it, not by where code keeps it."""

from __future__ import annotations

from typing import TypeVar

Thing = TypeVar("Thing")


def there(thing: Thing | None) -> Thing:
    """Return what has to be there."""
    assert thing is not None
    return thing
