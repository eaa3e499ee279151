"""Every rule that `check` looks at: a code, its sentence, the command that mends it, and what it means."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

NO_UNIT: Final = ProblemKind(
    "check-no-unit",
    _W,
    N_("{name} stands in no unit."),
    N_("Place them with `kinerja staff set {nip} --unit CODE`."),
    N_("Somebody in service without a unit has no assessor and stands in no unit's recap."),
)
NO_ASSESSOR: Final = ProblemKind(
    "check-no-assessor",
    _E,
    N_("Nobody is found who rates {name}: {reason}."),
    N_("Run `kinerja staff set {nip} --assessor NIP`, or name a head: `kinerja unit set {unit} --head NIP`."),
    N_("The roster names no assessor, and no unit above has a head in service (PermenPANRB 6/2022 Pasal 1 (9))."),
)
ASSESSOR_LEFT: Final = ProblemKind(
    "check-assessor-left",
    _E,
    N_("{assessor}, whom the roster names as the assessor of {name}, is not in service ({status})."),
    N_("Run `kinerja staff set {nip} --assessor NIP`, or `kinerja staff delegate {assessor_nip} --to NIP`."),
    N_("The superior's superior or an acting official takes over by record: another link, or a delegation."),
)
CIRCLE: Final = ProblemKind(
    "check-assessor-circle",
    _E,
    N_("These people would appraise each other in turn: {chain}."),
    N_("Run `kinerja staff set {nip} --assessor NIP`."),
    N_("Links in the roster, heads of units and delegations together must lead upwards."),
)
UNFIT: Final = ProblemKind(
    "check-assessor-unfit",
    _W,
    N_("{assessor} is {why}. People they rate: {people}."),
    N_("Run `{command}`, or correct the post: `kinerja staff set {nip} --position-type TYPE`."),
    N_(
        "The assessor is the direct superior, at least pejabat pengawas, or an official with delegated authority; a "
        "functional official only where they lead a unit (PermenPANRB 6/2022 Pasal 1 (9), Lampiran IV.A.7)."
    ),
)
NO_HEAD: Final = ProblemKind(
    "check-no-head",
    _W,
    N_("{unit_name} has nobody who leads it (people in it: {people})."),
    N_("Run `kinerja unit set {unit} --head NIP`, or `kinerja unit acting {unit} --nip NIP`."),
    N_("Its people are rated from the nearest unit above that has a head."),
)
NOT_IN_PERIOD: Final = ProblemKind(
    "check-not-in-period",
    _W,
    N_("{name} is in service but not in {period}."),
    N_("Run `kinerja period open {period} --late-joiners`."),
    N_("Whoever comes after a period was opened is in it once added."),
)
UNRATED: Final = ProblemKind(
    "check-unrated",
    _E,
    N_("{name} is not rated; {assessor} rates."),
    N_("Run `kinerja score record {nip} {period} --hasil RATING --perilaku RATING`."),
    N_("A period is closed once everybody in it is rated; a missing rating is never guessed."),
)
UNRATED_LATE: Final = N_(
    "The window has ended: run `kinerja score record {nip} {period} --hasil RATING --perilaku RATING --late{by}` for"
    " the superior's rating, or with --rated-on DATE in place of --late if the assessor rated in time."
)
"""What to do of somebody not rated once the window has ended."""

PREDIKAT_DISAGREES: Final = ProblemKind(
    "check-predikat-disagrees",
    _E,
    N_("The predikat of {name} on record ({known}) is not what the ratings give ({expected})."),
    N_("Run `kinerja score record {nip} {period} --hasil RATING --perilaku RATING{how}`."),
    N_("The predikat follows from the two ratings alone; another program has changed the store, or it is damaged."),
)
RATED_BY_SELF: Final = ProblemKind(
    "check-rated-by-self",
    _E,
    N_("{name} is on record as having rated themself."),
    N_("Run `kinerja score record {nip} {period} --hasil RATING --perilaku RATING --by NIP{how}`."),
    N_("The assessor is the direct superior (PermenPANRB 6/2022 Pasal 1 (9))."),
)
RATED_BY_OTHER: Final = ProblemKind(
    "check-rated-by-other",
    _W,
    N_("{name} was rated by {rater}, who is neither the assessor nor a delegate, nor the assessor's superior."),
    N_("Where that was meant, run `kinerja staff delegate {assessor_nip} --to NIP --for {nip} --from DATE`."),
    N_("A rating by somebody else needs a delegation on record."),
)
MOVED_SINCE_RATED: Final = ProblemKind(
    "check-moved-since-rated",
    _W,
    N_("{name} was rated in {unit_kept}; by what is recorded since they count in {unit_now}, rated by {assessor_now}."),
    N_(
        "If {assessor_now} rates, run `kinerja score record {nip} {period} --hasil RATING --perilaku RATING{how}`, also"
        " for the same result."
    ),
    N_(
        "A rating keeps the unit and the assessor for whom it was given until it is recorded anew while the period is "
        "open. Who moves before the end of a month or quarter is rated by the new assessor (PermenPANRB 6/2022 "
        "Lampiran IV.A.13)."
    ),
)
CARRIED_DIFFERS: Final = ProblemKind(
    "check-carried-differs",
    _W,
    N_("The result of {name} ({known}) was carried over from {source}, where it is another by now ({now})."),
    N_("Carry it over again: `kinerja score record {nip} {period} --carry {source} --note TEXT{how}`, or rate anew."),
    N_(
        "A result carried over is that of the period before as both units agreed; where that one has changed since, by "
        "an objection for instance, the agreement was about another result (PermenPANRB 6/2022 Lampiran IV.A.13)."
    ),
)
OBJECTION_OPEN: Final = ProblemKind(
    "check-objection-open",
    _E,
    N_("The objection of {name} is not decided."),
    N_("Run `kinerja objection decide {nip} {period}` with --upheld or --changed."),
    N_("An objection is decided within 7 working days (PermenPANRB 6/2022 Lampiran V.B.6)."),
)
ORGANISATION_MISSING: Final = ProblemKind(
    "check-organisation-missing",
    _W,
    N_("{unit_name} has no organisation predikat, nor has any unit above it."),
    N_("Run `kinerja unit rate {period} {unit} VALUE`."),
    N_("The pattern of predikat follows that of the unit which the assessor leads (PermenPANRB 6/2022 Lampiran IV.B)."),
)
PATTERN: Final = ProblemKind(
    "check-distribution",
    _W,
    N_("{unit_name} differs from its pattern: {finding}"),
    N_("Look at the ratings again, or run `kinerja unit justify {period} {unit} --reason TEXT`."),
    N_("The pattern of SE MenPANRB 3/2023 is guidance: keep to it, or record why not."),
)
PARTS_MISSING: Final = ProblemKind(
    "check-parts-missing",
    _W,
    N_("{name} has an annual result, but {parts} is not rated."),
    N_("See `kinerja score show {nip}`."),
    N_("The annual result is a fresh rating; its parts should all be there to look at."),
)
UNLIKE_PARTS: Final = ProblemKind(
    "check-unlike-parts",
    _W,
    N_("The annual result of {name} ({predikat}) is unlike every part of the year ({parts}), and no note says why."),
    N_("Run `kinerja score record {nip} {period}` again with --note TEXT."),
    N_("Nothing is wrong with that, but somebody will ask."),
)
ONE_FOR_ALL: Final = ProblemKind(
    "check-one-rating-for-all",
    _W,
    N_("{assessor} gave all {people} people the same ratings ({ratings})."),
    N_("See `kinerja score list {period}`."),
    N_("One rating for everybody tells nobody apart; auditors look for it."),
)
IN_SECONDS: Final = ProblemKind(
    "check-rated-in-seconds",
    _W,
    N_("{people} ratings for {assessor} were entered within {seconds} seconds."),
    N_("See `kinerja history --period {period}`."),
    N_("Ratings typed in one breath were perhaps never weighed; those of an imported file are not counted."),
)
SAME_NOTES: Final = ProblemKind(
    "check-notes-identical",
    _W,
    N_("{people} people have the same note from {assessor}: “{note}”."),
    N_("See `kinerja score list {period} -o nilai.xlsx`."),
    N_("A note says something of one person; the same words for many are perhaps filling."),
)
SAME_AS_LAST: Final = ProblemKind(
    "check-same-as-last",
    _W,
    N_("All {people} ratings by {assessor} are those of {last}."),
    N_("See `kinerja score list {period}`."),
    N_("Ratings carried over unchanged were perhaps not given anew."),
)
