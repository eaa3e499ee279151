"""What can be odd about noting who read people's data."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

UNRECORDED: Final = ProblemKind(
    "read-unrecorded",
    Severity.WARNING,
    N_("That data of people was read here could not be recorded: {reason}"),
    N_("What you asked for is there. Where such reads must be on record, write it down, or run the command again."),
    N_(
        "Lists and files of people are recorded with who took them and when. The store could not be written to just"
        " now: it is on a medium that may only be read, or another run was busy with it."
    ),
)
