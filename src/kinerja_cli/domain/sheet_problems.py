"""Everything that can be odd about a rating workbook of ours that comes back."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

AGENCY_OTHER: Final = ProblemKind(
    "agency-other",
    _E,
    N_("This sheet was written for another agency, or from another store than this one."),
    N_(
        "Check that it is the right file. If it is, write new sheets with `kinerja score sheets` and copy the entries"
        " into them."
    ),
    N_("A rating workbook bears the mark of the store it was written from and is only read back by that one."),
)
PERIOD_RETITLED: Final = ProblemKind(
    "period-retitled",
    _E,
    N_("This sheet was written for {value}, but its title now names another period."),
    N_("Write sheets of the other period with `kinerja score sheets`; a title alone does not make them."),
    N_("A rating workbook belongs to the period it was written for; retitled, nobody knows what its entries mean."),
)
STAMP_CHANGED: Final = ProblemKind(
    "stamp-changed",
    _W,
    N_("The hidden sheet that says what this workbook is was changed or is of another version; it was left aside."),
    N_("Check that all people of the unit are here: the sheet was read like any list of ratings."),
    N_("Without its hidden sheet a rating workbook is a plain list: missing people and old entries go unnoticed."),
)
NIP_CHANGED: Final = ProblemKind(
    "nip-changed",
    _E,
    N_("This row was sent for {name} (NIP {nip}), but its NIP is now {value}."),
    N_("Write {nip} into the NIP cell again; put the other person's rating on the row sent for them."),
    N_("The key of a row and its NIP disagree, so it is not clear whose rating it is."),
)
LOCKED_CHANGED: Final = ProblemKind(
    "locked-changed",
    _W,
    N_("The locked cell {what} of NIP {nip} was changed to “{value}”; on record it is “{known}”."),
    N_("The NIP decides whose rating it is. If the record is wrong, correct it with a new roster."),
    N_("Cells of a rating workbook outside the yellow ones are for reading; what is written there is not taken."),
)
ROW_PASTED: Final = ProblemKind(
    "row-pasted",
    _W,
    N_("The row of {name} (NIP {nip}) is not one of those this sheet was sent with."),
    N_("Check with the unit that the rating is meant; it is taken, since the person belongs to the period."),
    N_("The row was added, pasted in, or lost its hidden key; the NIP alone says whose it is."),
)
ROWS_GONE: Final = ProblemKind(
    "rows-gone",
    _N,
    N_("Taken out of this sheet since it was sent: {names} ({count})."),
    N_("Ask the unit why. Nobody leaves a period because a row was deleted; they stay as they are on record."),
    N_("Rows were taken out of a rating workbook."),
)
RATED_IN_ONE: Final = ProblemKind(
    "rated-in-one",
    _N,
    N_("{name} stands in several rows; the one that was filled in is taken, not {others}."),
    N_("Nothing to do, unless the empty one is meant."),
    N_("Two copies of a sheet came back, and only one of them was filled in for this person."),
)
ENTRY_EMPTIED: Final = ProblemKind(
    "entry-emptied",
    _W,
    N_("An entry of {name} was sent filled in and came back empty; what is on record stays."),
    N_("Nothing is deleted by an empty cell. Ask the unit, and record what is meant."),
    N_("A rating or note was deleted in the sheet."),
)
NOTE_ALONE: Final = ProblemKind(
    "note-alone",
    _W,
    N_("The note on {name} was not taken, since the person is not rated: “{value}”."),
    N_("A note belongs to a rating; it is taken when the row has one."),
    N_("A row has a note but no rating."),
)
KEPT_NEWER: Final = ProblemKind(
    "kept-newer",
    _N,
    N_("{name}: the sheet still says {value} as it was sent; on record is now {known} ({who}), which stays."),
    N_("Nothing to do, unless the sheet is meant: then record its rating with `kinerja score record`."),
    N_("The rating was changed after the sheet went out, and nobody touched it in the sheet."),
)
OVERWRITES_NEWER: Final = ProblemKind(
    "overwrites-newer",
    _W,
    N_("{name}: the sheet says {value}; on record was {known} ({who}), given after the sheet went out."),
    N_("The sheet wins. If the record was right, record it again with `kinerja score record`."),
    N_("The rating was changed both in the sheet and on record since the sheet was sent."),
)
FEEDBACK_CLOSED: Final = ProblemKind(
    "feedback-closed",
    _W,
    N_("The feedback on {name} was not taken: its day, {day}, lies in {period}, which is closed."),
    N_("Reopen {period} for it, or give it with `kinerja feedback add` on another day."),
    N_("Feedback is kept by its day; a closed period takes none."),
)
