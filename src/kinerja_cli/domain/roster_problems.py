"""What can be wrong with the days and the names of a roster, and with files that are left out of an import."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W = Severity.ERROR, Severity.WARNING

SPAN_BACKWARDS: Final = ProblemKind(
    "span-backwards",
    _E,
    N_("The days of {name} in the unit end on {value}, before they begin on {starts}."),
    N_("Correct one of the two days; perhaps they were exchanged."),
    N_("Nobody can leave a unit before having come to it."),
)
SPAN_ENDED: Final = ProblemKind(
    "span-ended",
    _W,
    N_("By the file the last days of {name} in a unit ended on {value}; nothing says where they are now."),
    N_("Add a row with the unit they are in now, or correct the day. Until then the last unit stays."),
    N_("All days that a roster gives for a person have passed. Nobody leaves the agency by that: they stay."),
)
NAME_SUSPICIOUS: Final = ProblemKind(
    "name-suspicious",
    _E,
    N_("The name of NIP {nip} is {value}, which holds no letter."),
    N_("Fill in the name; perhaps columns were shifted."),
    N_("A name without a single letter is something else that came into its column."),
)
NAME_UNUSUAL: Final = ProblemKind(
    "name-unusual",
    _W,
    N_("The name of NIP {nip} is {value}: a single letter, or with digits in it. It was taken as it stands."),
    N_("Compare it with the decree or SIASN."),
    N_("Some names are a single letter, but mostly the rest was cut off; digits mostly stand for letters."),
)
LEAVERS_KEPT: Final = ProblemKind(
    "leavers-kept",
    _W,
    N_("Nobody was retired for being absent: a file could not be read, and who stands in it is not known."),
    N_("Mend the file and import all of them again with --leavers retire."),
    N_("--leavers retire needs every file to be read. Otherwise people would be retired for a damaged file."),
)
