"""Everything that can be wrong with a row of ratings: a code, its sentence, how to mend it and what it means."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RATING_UNKNOWN: Final = ProblemKind(
    "rating-unknown",
    _E,
    N_("{value} is no rating of {what} ({name}){suggestion}."),
    N_("Write Diatas Ekspektasi, Sesuai Ekspektasi or Dibawah Ekspektasi."),
    N_("Ratings have three values. Words outside the scale are never guessed at."),
)
RATING_HALF: Final = ProblemKind(
    "rating-half",
    _E,
    N_("{name} has a rating of {given} but none of {lacking}."),
    N_("Fill in both ratings, or leave both empty for a person not yet rated."),
    N_("A predikat needs both ratings; half a rating is never completed by guessing."),
)
RATED_EARLY: Final = ProblemKind(
    "rated-early",
    _W,
    N_("The evaluation of {period} begins on {value}; this rating comes before."),
    N_("It was taken. Look at it again when the evaluation has begun, and record what is different then."),
    N_(
        "A period is evaluated from shortly before its end, as the setting window_days_before says. A rating given "
        "before that does not know the whole period; nothing forbids it."
    ),
)
RATED_LATE_ALREADY: Final = ProblemKind(
    "rated-late-already",
    _N,
    N_("{name} has these ratings in {period} already, by the assessor's superior after the window; they stay final."),
    N_("There is nothing to do."),
    N_("What the superior rated after the window is final, and recording the same again does not change that."),
)
RATED_LATE: Final = ProblemKind(
    "rated-late",
    _E,
    N_(
        "{name} was rated {known} by the assessor's superior after the window, which is final; {value} cannot take "
        "its place."
    ),
    N_("A slip of the superior's own is corrected with `kinerja score record {nip} {period} --late`."),
    N_("A rating by the superior after the window is final (PermenPANRB 6/2022 Lampiran IV.A.11)."),
)
STUDY_FAILED_LIFTED: Final = ProblemKind(
    "study-failed-lifted",
    _W,
    N_("{name} was on record in {period} as not having completed a study; with this rating that is so no longer."),
    N_(
        "Its sentence is out of the note. If the study was not completed after all, record the rating again with "
        "`kinerja score record {nip} {period} --study-failed`; only Kurang or Sangat Kurang can be given then."
    ),
    N_(
        "After a study that was not completed only Kurang or Sangat Kurang can be given (PermenPANRB 6/2022 Lampiran "
        "IV.B.3). Another rating says that this does not hold, and takes the mark and the sentence in the note along."
    ),
)
RATED_ELSEWHERE: Final = ProblemKind(
    "rated-elsewhere",
    _N,
    N_("{name}: unit or assessor is another since the last rating; {period} now has {unit}, rated by {assessor}."),
    N_("Nothing to do if {assessor} gave this rating; if not, take it back with `kinerja undo OPERATION`."),
    N_(
        "A rating keeps the unit and the assessor for whom it was given. Recorded anew while the period is open, it is "
        "of where the person counts by then, even where the result is the same (PermenPANRB 6/2022 Lampiran IV.A.13)."
    ),
)
CARRIED_UNDECIDED: Final = ProblemKind(
    "carried-undecided",
    _W,
    N_(
        "The objection of {name} to the result of {source} is not decided, and this result was carried over from there."
    ),
    N_(
        "It was taken. Once the objection is decided, look at `kinerja check {period} --only check-carried-differs`;"
        " where the result was changed, carry it over again or rate anew."
    ),
    N_("The superior can still change a result that is objected to (PermenPANRB 6/2022 Lampiran V.B)."),
)
PREDIKAT_UNKNOWN: Final = ProblemKind(
    "predikat-unknown",
    _E,
    N_("{value} is no predikat of a person ({name}){suggestion}."),
    N_("Write Sangat Baik, Baik, Butuh Perbaikan, Kurang or Sangat Kurang, or leave the cell empty."),
    N_("A predikat has five values; 'Istimewa' belongs to organisations."),
)
PREDIKAT_MISMATCH: Final = ProblemKind(
    "predikat-mismatch",
    _E,
    N_("The predikat {value} of {name} disagrees with the two ratings, which give {expected}."),
    N_("Correct the ratings or the predikat; the two ratings decide (PermenPANRB 6/2022 Lampiran IV.B.3)."),
    N_("The predikat follows from the ratings of hasil and perilaku; a file that says otherwise is wrong."),
)
PREDIKAT_OLD_NAME: Final = ProblemKind(
    "predikat-old-name",
    _N,
    N_("The predikat {value} of {name} was read as {expected}."),
    N_("Nothing to do; {expected} is what the regulation in force calls it."),
    N_("Other regulations have other names for a predikat, such as Cukup for Butuh Perbaikan. They are understood."),
)
PREDIKAT_ALONE: Final = ProblemKind(
    "predikat-alone",
    _E,
    N_("{name} has a predikat ({value}) but no ratings."),
    N_("Fill in the ratings of hasil and perilaku."),
    N_("A predikat cannot be stored without the two ratings it comes from."),
)
SCORE_INVALID: Final = ProblemKind(
    "score-invalid",
    _E,
    N_("{value} is no score of {what} ({name}): {why}"),
    N_("Write a number from 0 to 120, such as 87,5."),
    N_("Scores of the numeric regulation run from 0 to 120."),
)
NIP_UNKNOWN: Final = ProblemKind(
    "nip-unknown",
    _E,
    N_("NIP {value} is not on the roster."),
    N_("Check the NIP, or import the roster that has this person first."),
    N_("Ratings are only taken for people the store knows."),
)
NOT_IN_PERIOD: Final = ProblemKind(
    "not-in-period",
    _E,
    N_("{name} does not take part in {period}."),
    N_("Add the person with `kinerja period open {period} --late-joiners`, or take the row out."),
    N_("The period was opened without this person: not active then, or not yet on the roster."),
)
LEFT_PERIOD: Final = ProblemKind(
    "left-period",
    _E,
    N_("{name} is out of {period} since {day} ({reason})."),
    N_(
        "Take the row out. If the person served until the end of the period, correct the day with `kinerja staff set "
        "{nip} --status STATUS --since DATE`."
    ),
    N_("Who leaves, or is left out, before the end of a period is not rated in it; a rating from before is kept."),
)
LEFT_OUT: Final = N_(
    "Take the row out. If the person is to be rated, end the exclusion before the end of the period with `kinerja "
    "staff exclude {nip} --end DATE`."
)
"""How to mend it where somebody is out of a period by an exclusion."""
PERIOD_OTHER: Final = ProblemKind(
    "period-other",
    _E,
    N_("This sheet is of the period {value}, not of {period}."),
    N_("Import it with its own period, or leave --period away."),
    N_("The period stands in the sheet's title and disagrees with the one asked for."),
)
NAME_OF_ANOTHER: Final = ProblemKind(
    "name-of-another",
    _E,
    N_("NIP {nip} is {name}, but the row names {value}, who is somebody else of the period ({other})."),
    N_("Put NIP, name and ratings of each person back on one row; perhaps columns were sorted or shifted apart."),
    N_("A name that is another person's is no slip of spelling: the rating may be meant for either of them."),
)
RATING_OVERWRITTEN: Final = ProblemKind(
    "rating-overwritten",
    _N,
    N_("{name}: the file says {value} and was taken; on record was {known} ({who})."),
    N_("If the record was right, record it again with `kinerja score record`."),
    N_("A file that is imported replaces the rating on record; a note on record stays unless the file gives another."),
)
NAME_DIFFERS: Final = ProblemKind(
    "name-differs",
    _W,
    N_("NIP {nip} is {name} on the roster and {value} here."),
    N_("Check that the rating is on the right row."),
    N_("The NIP decides whose rating it is; a different name may mean a shifted row."),
)
