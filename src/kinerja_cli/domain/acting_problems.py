"""What can be wrong with the rows of a roster that say where somebody acts (Plt., Plh.)."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W = Severity.ERROR, Severity.WARNING

ACTING_MARK_UNKNOWN: Final = ProblemKind(
    "acting-mark-unknown",
    _W,
    N_("{value} does not say whether {name} only acts here (Plt., Plh.); the row was read without it."),
    N_("Write Plt, Plh or 0 there, or record it with `kinerja unit acting CODE --nip NIP`."),
    N_("A column PLT/PLH holds Plt, Plh, 0 (the own post), or another number where the kind is not given."),
)
ACTING_ONLY_POST: Final = ProblemKind(
    "acting-only-post",
    _W,
    N_("{name} (NIP {nip}) stands only as {value}; it was taken as the person's own post."),
    N_("Add a row with the post that is their own, or leave it if there is none."),
    N_(
        "Plt. and Plh. come on top of a post of one's own. Where no row and nothing known tells that one, the only "
        "post there is is kept, so that nobody is lost."
    ),
)
ACTING_WITHOUT_POST: Final = ProblemKind(
    "acting-without-post",
    _E,
    N_("{name} (NIP {nip}) stands only in rows that are marked as acting; the post that is their own is not known."),
    N_("Add the row with their own post, or import the roster that has it as well."),
    N_("A row marked as acting says what somebody leads for a time, and not which unit and post are theirs."),
)
ACTING_NAME: Final = ProblemKind(
    "acting-name",
    _E,
    N_("NIP {nip} acts here under the name {value} and is known as {name}."),
    N_("Correct the NIP or the name; until then nobody acts by this row."),
    N_("With another person's NIP somebody else would come to rate."),
)
ACTING_AWAY: Final = ProblemKind(
    "acting-away",
    _W,
    N_("{name} (NIP {nip}) is to act here and is not in service ({value}); nothing was recorded of it."),
    N_("Name somebody in service, or correct the standing."),
    N_("Who is retired, dismissed, on CLTN or gone leads no unit."),
)
ACTING_UNIT_UNKNOWN: Final = ProblemKind(
    "acting-unit-unknown",
    _W,
    N_("It is not known which unit {name} leads for a time ({value}); nothing was recorded of it."),
    N_("Write the unit as it is known, or record it with `kinerja unit acting CODE --nip {nip}`."),
    N_("A row marked as acting makes no new unit: its unit must stand in another row, or be known."),
)
ACTING_NOT_HEAD: Final = ProblemKind(
    "acting-not-head",
    _W,
    N_("{value} is not seen to lead {unit}, so {name} was not recorded as acting."),
    N_("Write the unit that is led into the row, or record it with `kinerja unit acting CODE --nip {nip}`."),
    N_(
        "Whoever acts rates the people of the unit. Where the file gives the dinas alone, a Plt. Kepala Bidang would "
        "come to rate all of it; so the words of the post must fit those of the unit."
    ),
)
ACTING_CONFLICT: Final = ProblemKind(
    "acting-conflict",
    _E,
    N_("{unit} has several acting officials on the same days, this row and {other}; none was taken."),
    N_("Delete the row that is wrong, or give each its days (MULAI, SELESAI)."),
    N_("One unit has one acting official at a time."),
)
ACTING_OVERLAPS: Final = ProblemKind(
    "acting-overlaps",
    _E,
    N_("{name} is to act for {unit} from {value} on; NIP {holder} does already from {starts} to {ends}."),
    N_("Correct the day of the row, or end the other: `kinerja unit acting {code} --end DATE`."),
    N_(
        "Whoever follows ends what ran without a last day. What begins on the same day or later, or has a last day "
        "of its own, is not overruled by a file."
    ),
)
ACTING_CIRCLE: Final = ProblemKind(
    "acting-circle",
    _E,
    N_("With {name} acting for {unit}, people would appraise each other in turn ({chain})."),
    N_("Change the link of one of them first: `kinerja staff set NIP --assessor NIP`."),
    N_("Nobody appraises, in the end, themself (PermenPANRB 6/2022 Pasal 1)."),
)
ACTING_BESIDE_HEAD: Final = ProblemKind(
    "acting-beside-head",
    _W,
    N_("{unit} has a Plt., {name}, and also {head} as its head; the Plt. is the one who rates there."),
    N_("If the post is filled again, end it: `kinerja unit acting {value} --end DATE`."),
    N_("A Plt. leads a vacant post. It runs on until it is ended, also when the post is filled."),
)
