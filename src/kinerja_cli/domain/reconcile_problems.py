"""Everything in which a recap and the store can disagree: a code, its sentence, how to mend it and what it means."""

from dataclasses import replace
from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Cases:
    """The kinds of one code, told apart by the case at hand: another sentence, perhaps another severity."""

    def __init__(self, kind: ProblemKind, **others: tuple[Severity, str, str]) -> None:
        self.kind = kind
        self._others = {
            name: replace(kind, severity=severity, message=message, fix=fix)
            for name, (severity, message, fix) in others.items()
        }

    def __getitem__(self, case: str) -> ProblemKind:
        """The kind in a case that is not the usual one."""
        return self._others[case]


_LEFT = N_(
    "An import does not take it: have it taken out of e-Kinerja. If they served until the end of the period, correct "
    "the day with `kinerja staff set {nip} --status STATUS --since DATE` while {period} is open, then import the recap."
)
_EXCLUDED = N_(
    "An import does not take it: have it taken out of e-Kinerja. If they are to be rated, end the exclusion before the "
    "end of the period with `kinerja staff exclude {nip} --end DATE` while {period} is open, then import the recap."
)
NOT_RATED_IN_RECAP: Final = ProblemKind(
    "not-rated-in-recap",
    _E,
    N_("{name} is in service but stands in none of the recaps given."),
    N_("Add the person to their unit in e-Kinerja; if they have left, import a newer roster."),
    N_("Somebody on the roster who is to be appraised has no rating in e-Kinerja: a row without ratings, or no row."),
)
SHEET_LEFT_ALONE: Final = ProblemKind(
    "sheet-left-alone",
    _N,
    N_("The sheet was not read: {value}."),
    N_("Nothing to do if it holds no ratings; else give it headings such as NIP, Hasil Kerja and Perilaku Kerja."),
    N_("A sheet that is hidden, empty or without the headings of a recap is left out, and named."),
)
NOT_RATED: Final = Cases(
    NOT_RATED_IN_RECAP,
    empty=(
        _W,
        N_("{name} stands in the recap but is not rated yet."),
        N_("Remind the assessor; the ratings of e-Kinerja are still to come."),
    ),
)
NOT_ON_ROSTER_KIND: Final = ProblemKind(
    "not-on-roster",
    _E,
    N_("{name} (NIP {nip}) is rated in the recap but is not on the roster."),
    N_("Check the NIP, or import the roster that has this person."),
    N_(
        "Somebody is rated in e-Kinerja whom the agency does not know, who is not in service any more, or who takes "
        "no part in the period."
    ),
)
NOT_ON_ROSTER: Final = Cases(
    NOT_ON_ROSTER_KIND,
    unrated=(
        _N,
        N_("{name} (NIP {nip}) stands in the recap, not rated, and is not on the roster."),
        N_("Check the NIP, or import the roster that has this person."),
    ),
    away=(
        _E,
        N_("{name} is rated in the recap but is not in service ({status})."),
        N_("Have the person taken out of e-Kinerja; if they are back, use `kinerja staff set NIP --status active`."),
    ),
    outside=(
        _E,
        N_("{name} is rated in the recap and in service, but takes no part in {period}."),
        N_("Add the person with `kinerja period open {period} --late-joiners`."),
    ),
    shut=(
        _E,
        N_("{name} is rated in the recap and in service, but takes no part in {period}."),
        N_(
            "If they belong in it, first `kinerja period reopen {period} --reason TEXT`, then `kinerja period open "
            "{period} --late-joiners`; otherwise have the person taken out of e-Kinerja."
        ),
    ),
)
UNIT_DIFFERS: Final = ProblemKind(
    "unit-differs",
    _W,
    N_("{name} stands in the recap of {there}; here the unit is {here}."),
    N_("If the person has moved, import a newer roster; otherwise have the unit corrected in e-Kinerja."),
    N_(
        "The unit of the recap is neither the person's unit nor one above or below it. The unit of a recap is a unit "
        "penilaian, so one above or below agrees."
    ),
)
RECAP_UNIT_UNKNOWN: Final = ProblemKind(
    "recap-unit-unknown",
    _W,
    N_("No unit is called {value}, as this recap is{suggestion}."),
    N_("Rename the unit with `kinerja unit set CODE --name NAME`, or import the list of units."),
    N_("The recap names a unit that the store does not know, so its people's units were not compared."),
)
UNIT_WITHOUT_RECAP: Final = ProblemKind(
    "unit-without-recap",
    _W,
    N_("None of the recaps given is of {unit}, where {count} people are to be appraised."),
    N_("Download the recap of that unit from e-Kinerja and give it too, or choose units with --unit."),
    N_("A whole unit is missing from the recaps, so its people were not looked for one by one."),
)
ASSESSOR_KIND: Final = ProblemKind(
    "assessor-differs",
    _W,
    N_("The assessor of {name} is {there} in the recap and {here} here."),
    N_("Correct it in e-Kinerja, or here with `kinerja staff set NIP --assessor NIP`."),
    N_("e-Kinerja and the store name different assessors of one person."),
)
ASSESSOR_DIFFERS: Final = Cases(
    ASSESSOR_KIND,
    nobody=(
        _W,
        N_("The assessor of {name} is {there} in the recap; here nobody is on record."),
        N_("Name the assessor with `kinerja staff set NIP --assessor NIP`, or set the head of the unit."),
    ),
    unreadable=(
        _W,
        N_("The assessor {value} of {name} in the recap is no NIP, so it could not be compared."),
        N_("Format the column as text and export the recap again."),
    ),
)
TWICE_KIND: Final = ProblemKind(
    "twice",
    _E,
    N_("{name} is rated differently in {count} rows: {places}."),
    N_("Find out which rating holds, and have the other row corrected in e-Kinerja."),
    N_(
        "One person stands in several rows of the recaps. Rows that agree do no harm; rows that disagree are not "
        "compared with the store."
    ),
)
TWICE: Final = Cases(
    TWICE_KIND,
    alike=(
        _N,
        N_("{name} stands in {count} rows that do not contradict each other: {places}."),
        N_("Nothing to do; the person counts once."),
    ),
)
MATRIX_DISAGREES: Final = ProblemKind(
    "matrix-disagrees",
    _E,
    N_("{name}: the recap says {value}, but its two ratings give {expected}."),
    N_("Have the rating entered again in e-Kinerja; the ratings decide (PermenPANRB 6/2022 Lampiran IV.B.3)."),
    N_("The predikat of a recap is not the one that its ratings of hasil and perilaku give."),
)
_DIFFERS = N_("{name} is rated {there} in the recap and {here} here.")
_DIFFERS_OUT = N_(
    "{name} is rated {there} in the recap and {here} here, and is out of {period} since {day} ({reason})."
)
RATING_DIFFERS_KIND: Final = ProblemKind(
    "rating-differs",
    _E,
    _DIFFERS,
    N_("If e-Kinerja is right, import the recap with `kinerja score import`; otherwise have it corrected there."),
    N_("The ratings of a person in e-Kinerja and in the store are not the same."),
)
RATING_DIFFERS: Final = Cases(
    RATING_DIFFERS_KIND,
    closed=(
        _E,
        _DIFFERS,
        N_(
            "If e-Kinerja is right, first `kinerja period reopen {period} --reason TEXT`, then import the recap with "
            "`kinerja score import`; otherwise have it corrected there."
        ),
    ),
    left=(_E, _DIFFERS_OUT, _LEFT),
    excluded=(_E, _DIFFERS_OUT, _EXCLUDED),
    objected=(
        _E,
        N_("{name} is rated {there} in the recap and {here} here; objection {number} to that is not decided yet."),
        N_(
            "Decide it with `kinerja objection decide {number}`, which can also change the rating here, in an open "
            "period; then have e-Kinerja corrected where it still differs."
        ),
    ),
    decided=(
        _E,
        N_("{name} is rated {there} in the recap and {here} here, as objection {number} was decided on {day}."),
        N_(
            "What is on record here stands, and an import changes nothing of it: have it corrected in e-Kinerja. A "
            "decision that was written down wrongly is taken back with `kinerja undo OPERATION`."
        ),
    ),
    late=(
        _E,
        N_(
            "{name} is rated {there} in the recap and {here} here, by the assessor's superior after the window, which "
            "is final."
        ),
        N_(
            "What is on record here stands, and an import changes nothing of it: have it corrected in e-Kinerja. A "
            "slip of the superior's own is corrected with `kinerja score record {nip} {period} --late`."
        ),
    ),
)
RATED_HERE_ONLY_KIND: Final = ProblemKind(
    "rated-here-only",
    _W,
    N_("{name} is rated {here} here, and not yet in the recap."),
    N_("Have the ratings entered in e-Kinerja."),
    N_("The store has a rating that e-Kinerja does not have: a row without ratings, or no row."),
)
RATED_HERE_ONLY: Final = Cases(
    RATED_HERE_ONLY_KIND,
    absent=(
        _W,
        N_("{name} is rated {here} here, but stands in none of the recaps given."),
        N_("Have the person and the ratings entered in e-Kinerja; or give the recap in which they stand."),
    ),
)
_THERE_ONLY_OUT = N_("{name} is rated {there} in the recap, but is out of {period} since {day} ({reason}) here.")
RATED_THERE_ONLY_KIND: Final = ProblemKind(
    "rated-there-only",
    _W,
    N_("{name} is rated {there} in the recap, and not yet here."),
    N_("Import the recap with `kinerja score import`."),
    N_("e-Kinerja has a rating that the store does not have."),
)
RATED_THERE_ONLY: Final = Cases(
    RATED_THERE_ONLY_KIND,
    closed=(
        _W,
        N_("{name} is rated {there} in the recap, and not here, where {period} is closed."),
        N_(
            "If the rating is to be taken in, first `kinerja period reopen {period} --reason TEXT`, then import the "
            "recap with `kinerja score import`."
        ),
    ),
    left=(_W, _THERE_ONLY_OUT, _LEFT),
    excluded=(_W, _THERE_ONLY_OUT, _EXCLUDED),
)
