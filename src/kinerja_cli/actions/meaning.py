"""What one refusal means, as `kinerja explain CODE` tells it."""

from dataclasses import dataclass

from kinerja_cli.errors import Exit


@dataclass(frozen=True, slots=True)
class Refusal:
    """What ends a command: its exit code, what it says, and what that means and asks for."""

    exit: Exit
    message: str = ""
    meaning: str = ""
