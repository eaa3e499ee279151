"""What the tree of commands says of each command."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One command: its group ("" at the top), its name, its function, its help and an example."""

    group: str
    name: str
    function: Callable[..., Any]
    help: str
    example: str
