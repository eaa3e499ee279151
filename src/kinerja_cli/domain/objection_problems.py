"""What can be odd about objections and annual ratings without forbidding them: a code, its sentence and its remedy."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

PARTS_MISSING: Final = ProblemKind(
    "parts-missing",
    Severity.WARNING,
    N_("{name} has no rating of {value}."),
    N_("Record what is missing if the person was rated then; the annual rating stands either way."),
    N_(
        "An annual rating is a review of the whole year. Months or quarters that are missing do not forbid it, but "
        "may be a slip."
    ),
)
ANNUAL_UNLIKE_PARTS: Final = ProblemKind(
    "annual-unlike-parts",
    Severity.WARNING,
    N_("{name}: the annual predikat {value} differs from that of every part of the year ({parts})."),
    N_("If it is meant so, say why: record it again with --note TEXT."),
    N_(
        "The annual predikat is a fresh rating and never computed from months or quarters (PermenPANRB 6/2022 Pasal "
        "25). One unlike all of them is asked for a reason, and taken without."
    ),
)
DECISION_LATE: Final = ProblemKind(
    "decision-late",
    Severity.WARNING,
    N_("The objection of {name} was decided on {value}; the last day was {last}."),
    N_("Nothing to do here; the decision is recorded and marked as late."),
    N_("An objection is decided within 7 working days of its receipt (PermenPANRB 6/2022 Lampiran V.B.6)."),
)
DECISION_STANDS: Final = ProblemKind(
    "decision-stands",
    Severity.ERROR,
    N_("Objection {number} of {name} was decided on {day} ({decision}), so that the result on record stands."),
    N_(
        "Leave the rating out, in a file its row, or give the ratings on record: {known}. A decision that was written "
        "down wrongly is taken back with `kinerja undo OPERATION` and recorded anew."
    ),
    N_(
        "What was decided on an objection is the end of it (PermenPANRB 6/2022 Lampiran V.B): neither "
        "`kinerja score record` nor an import changes the result any more. `kinerja history --nip NIP` shows the "
        "number of the operation that recorded a decision."
    ),
)
RECEIPT_MOVED: Final = ProblemKind(
    "receipt-moved",
    Severity.WARNING,
    N_(
        "{name} received the document on {value}, not on {before}, so the last day to object was {last}: objection "
        "{number}, filed on {filed}, is {state}."
    ),
    N_("Nothing to do if the day is right; else correct it with `kinerja score dates`."),
    N_("An objection is in time within 14 working days of the receipt; when the day of receipt changes, so does that."),
)
OBJECTION_IN_CLOSED: Final = ProblemKind(
    "objection-in-closed",
    Severity.NOTE,
    N_("{period} is closed, so the result of {name} cannot be changed there now."),
    N_(
        "If the result stands there is nothing to do. A decision that changes it needs `kinerja period reopen {period} "
        "--reason TEXT` first."
    ),
    N_(
        "An objection can be filed, and the result be upheld, in a closed period; a changed result would change what "
        "was closed, so the period is reopened for it first."
    ),
)
OBJECTION_OPEN: Final = ProblemKind(
    "objection-open",
    Severity.ERROR,
    N_("{name} has objected to the rating on record; the objection {number} is not decided yet."),
    N_("Decide it with `kinerja objection decide {number}`, which can also change the rating."),
    N_("A rating that somebody objects to is changed by the decision on the objection and by nothing else."),
)
CARRIED_ON: Final = ProblemKind(
    "carried-on",
    Severity.WARNING,
    N_("The result of {name} in {source} was carried over into {period}, which keeps it as it was."),
    N_(
        "If both units agree to the new one, carry it over again: `kinerja score record {nip} {period} --carry {source}"
        " --note TEXT` (after the window with --rated-on DATE); otherwise it is rated anew."
    ),
    N_("A decision changes the result objected to and no other; `check-carried-differs` finds it again."),
)
