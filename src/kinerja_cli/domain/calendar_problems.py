"""What can be odd about days without anything being wrong with a file: told once, and nothing is kept out by it."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_W = Severity.WARNING

PERIOD_PAST: Final = ProblemKind(
    "period-past",
    _W,
    N_("{period} is past: its window ended on {ends}."),
    N_("It is open all the same, to fill in what was appraised then. Close it when everybody is rated."),
    N_("Periods of earlier years can be opened to take over what was appraised without kinerja."),
)
PERIOD_EARLY: Final = ProblemKind(
    "period-early",
    _W,
    N_("{period} runs until {ends}: it was closed before its end."),
    N_("If that was a slip, open it again: `kinerja period reopen {period} --reason TEXT`."),
    N_("A closed period takes no ratings, whatever still happens in it. Closing it before its end is not forbidden."),
)
CLOCK_SET_BACK: Final = ProblemKind(
    "clock-set-back",
    _W,
    N_("The clock says {now}, but something was done in this store at {last} already: {day} counts as today."),
    N_(
        "Set the clock of the machine right. If it is right now, and was wrong then, say so once: "
        "`kinerja period rollover --clock-is-right`."
    ),
    N_("Days do not go back: a clock that was set back would let ratings pass whose window has ended."),
)
CLOCK_FAR_AHEAD: Final = ProblemKind(
    "clock-far-ahead",
    _W,
    N_("The clock says {now}; nothing was done for more than {days} days after {last}."),
    N_(
        "Set the clock of the machine right. If it is right, say so once: "
        "`kinerja period rollover --clock-is-right`. Until then rollover opens and closes nothing."
    ),
    N_("A clock that is years ahead would open period after period, which nothing deletes again."),
)
PING_FAILED: Final = ProblemKind(
    "ping-failed",
    _W,
    N_("{host} could not be told how the run went ({reason})."),
    N_("The run itself is not touched by it. Check the address given with --ping-url, and the way there."),
    N_("--ping-url tells a monitoring service that a run began and how it ended. That is all it is told."),
)
