"""What is odd about a link, a delegation or an acting official that was just recorded; nothing of it is refused."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

ASSESSOR_UNFIT: Final = ProblemKind(
    "assessor-unfit",
    Severity.WARNING,
    N_("{name} is to rate others and is {why}."),
    N_("Name somebody else, or correct the post: `kinerja staff set {nip} --position-type TYPE`."),
    N_(
        "The assessor is the direct superior, at least pejabat pengawas, or an official with delegated authority; a "
        "functional official only where they lead a unit (PermenPANRB 6/2022 Pasal 1 (9), Lampiran IV.A.7). "
        "`kinerja check --only check-assessor-unfit` finds all of them."
    ),
)
DELEGATION_IDLE: Final = ProblemKind(
    "delegation-idle",
    Severity.WARNING,
    N_("On {day} {delegate} does not rate {name} all the same."),
    N_("See who does, and by which rule: `kinerja explain {nip} --on {day}`."),
    N_(
        "Only who rates somebody can hand that rating on, and not to anybody whom the person rates: nobody is rated "
        "by somebody they rate."
    ),
)
