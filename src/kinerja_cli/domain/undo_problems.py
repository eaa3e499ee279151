"""What stands in the way of taking an operation back: later work, each with a code, its sentence and its remedy."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

CHANGED_LATER: Final = ProblemKind(
    "undo-changed-later",
    Severity.ERROR,
    N_("Operation {value} ({summary}) changed {rows} of the same rows: {example}."),
    N_("Take that one back first: `kinerja undo {value}`."),
    N_(
        "What was changed again after an operation would be lost if the operation were taken back. The later one has "
        "to be taken back first."
    ),
)
REFERRED_TO: Final = ProblemKind(
    "undo-referred-to",
    Severity.ERROR,
    N_("Operation {value} ({summary}) left {rows} rows that refer to what would go: {example}."),
    N_("Take that one back first: `kinerja undo {value}`."),
    N_(
        "People, units and periods that an operation added stay while anything refers to them: a part in a period, "
        "feedback, a unit's head. What refers to them has to be taken back first."
    ),
)
ABOUT_RATING: Final = ProblemKind(
    "undo-about-rating",
    Severity.ERROR,
    N_("Operation {value} ({summary}) is about ratings that would change: {example}."),
    N_("Take that one back first: `kinerja undo {value}`."),
    N_(
        "An objection, the days of an evaluation document and a result carried into another period are about one "
        "rating. While they are there, that rating is not taken back."
    ),
)
GONE_SINCE: Final = ProblemKind(
    "undo-gone-since",
    Severity.ERROR,
    N_("Operation {value} ({summary}) took away what {rows} rows would refer to again: {example}."),
    N_("Take that one back first: `kinerja undo {value}`."),
    N_("A row can only come back if the people, units and periods that it names are still there."),
)
CLOSED_SINCE: Final = ProblemKind(
    "undo-closed-since",
    Severity.ERROR,
    N_("Operation {value} ({summary}) closed or reopened the period since then."),
    N_("That cannot be taken back. Correct what is wrong by a new entry; the history keeps both."),
    N_(
        "The opening of a period can be taken back until the period was closed for the first time, and not after "
        "that, even if it was reopened: what was closed once has been known to others."
    ),
)
