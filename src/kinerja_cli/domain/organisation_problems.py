"""Everything that can be odd about an organisation predikat that is recorded: a code, its sentence and its remedy."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

ORGANISATION_UNKNOWN: Final = ProblemKind(
    "organisation-unknown",
    _E,
    N_("{value} is no predikat of an organisation ({unit}){suggestion}."),
    N_("Write Istimewa, Baik, Butuh Perbaikan, Kurang or Sangat Kurang."),
    N_("An organisation predikat has five values; Sangat Baik belongs to people."),
)
ORGANISATION_NOTED: Final = ProblemKind(
    "organisation-noted",
    _W,
    N_("{value} was taken as {expected} for {unit}."),
    N_("Write {expected}; {value} is a predikat of people."),
    N_("The regulation itself once writes Sangat Baik where it means the organisation predikat Istimewa."),
)
ORGANISATION_LATE: Final = ProblemKind(
    "organisation-late",
    _W,
    N_("The result of {unit} for {period} does not count, since it was issued on {day}, after {deadline}."),
    N_("If it was issued earlier, say so with --issued DATE and --reason; else that of {last} counts, if on record."),
    N_(
        "An annual result that comes after the annual evaluation has ended gives way to that of the year before"
        " (PermenPANRB 6/2022 Lampiran IV.B.1.f)."
    ),
)
ORGANISATION_UNIT_UNKNOWN: Final = ProblemKind(
    "organisation-unit-unknown",
    _E,
    N_("There is no unit {value}{suggestion}."),
    N_("Give the code of the unit, as `kinerja unit list` shows it, or its name in full."),
    N_("A list of organisation predikat names units by their code, or by a name that only one unit bears."),
)
ORGANISATION_UNIT_AMBIGUOUS: Final = ProblemKind(
    "organisation-unit-ambiguous",
    _E,
    N_("{count} units are called {value}: {codes}."),
    N_("Give the code of the one that is meant."),
    N_("Names of units repeat, so a list that names one of several must give its code."),
)
ORGANISATION_TWICE: Final = ProblemKind(
    "organisation-twice",
    _E,
    N_("{unit} stands in the list twice, with different predikat ({value} and {other})."),
    N_("Keep the right row."),
    N_("A unit has one organisation predikat in a period; two rows that disagree are never chosen between."),
)
ORGANISATION_DAY: Final = ProblemKind(
    "organisation-day",
    _E,
    N_("{value} is no day on which the result of {unit} can have been issued."),
    N_("Write a day such as 30-1-2026, not before the period began and not in the future."),
    N_("The day decides whether an annual result came in time, so it is never guessed."),
)
ORGANISATION_REASON: Final = ProblemKind(
    "organisation-reason",
    _E,
    N_("{unit} has {before} on record; {value} would replace it without a reason."),
    N_("Give the reason with --reason, or in the column Alasan."),
    N_("A result that was issued and changes again has a reason, which stays on record."),
)
ORGANISATION_STANDS: Final = ProblemKind(
    "organisation-stands",
    _E,
    N_(
        "{unit} has {before} on record for {period}, issued on {issued}; {value}, issued on {day}, comes after"
        " {deadline} and cannot take its place."
    ),
    N_(
        "If it was issued earlier, say so with --issued DATE and --reason. If the one on record was not issued by then,"
        " correct its day first: `kinerja unit rate {period} {code} {known} --issued DATE --reason TEXT`."
    ),
    N_(
        "What was issued by the end of the annual evaluation counts; what comes later gives way"
        " (PermenPANRB 6/2022 Lampiran IV.B.1.f)."
    ),
)
