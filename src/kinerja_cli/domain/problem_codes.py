"""Every kind of problem by its code, from whichever file of kinds it stands in."""

from collections.abc import Mapping
from types import ModuleType
from typing import Final

from kinerja_cli.domain import (
    acting_problems,
    arrangement_problems,
    audit_problems,
    backup_problems,
    calendar_problems,
    check_problems,
    doctor_problems,
    feedback_problems,
    holiday_problems,
    objection_problems,
    organisation_problems,
    problems,
    rating_problems,
    read_problems,
    reconcile_problems,
    roster_problems,
    sheet_problems,
    undo_problems,
    unit_problems,
)
from kinerja_cli.errors import ProblemKind

_FILES = (
    problems,
    roster_problems,
    unit_problems,
    rating_problems,
    reconcile_problems,
    read_problems,
    sheet_problems,
    feedback_problems,
    organisation_problems,
    holiday_problems,
    calendar_problems,
    check_problems,
    objection_problems,
    acting_problems,
    arrangement_problems,
    backup_problems,
    doctor_problems,
    audit_problems,
    undo_problems,
)


def _kinds_of(file: ModuleType) -> list[ProblemKind]:
    """The kinds that a file of kinds names."""
    return [kind for kind in vars(file).values() if isinstance(kind, ProblemKind)]


PROBLEMS: Final[Mapping[str, ProblemKind]] = {kind.code: kind for file in _FILES for kind in _kinds_of(file)}
"""The kinds by code; a code means one thing."""

CHECKED: Final[frozenset[str]] = frozenset(
    kind.code
    for file in (reconcile_problems, read_problems, check_problems, backup_problems, doctor_problems, audit_problems)
    for kind in _kinds_of(file)
)
"""The codes that only a check finds: they keep nothing out, since a check takes nothing in."""
