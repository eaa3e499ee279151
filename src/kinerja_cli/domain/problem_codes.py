"""Every kind of problem by its code, from whichever file of kinds it stands in."""

from collections.abc import Mapping
from types import ModuleType
from typing import Final

from kinerja_cli.domain import (
    feedback_problems,
    problems,
    rating_problems,
    reconcile_problems,
    sheet_problems,
    unit_problems,
)
from kinerja_cli.errors import ProblemKind

_FILES = (problems, rating_problems, reconcile_problems, sheet_problems, feedback_problems, unit_problems)


def _kinds_of(file: ModuleType) -> list[ProblemKind]:
    """The kinds that a file of kinds names."""
    return [kind for kind in vars(file).values() if isinstance(kind, ProblemKind)]


PROBLEMS: Final[Mapping[str, ProblemKind]] = {kind.code: kind for file in _FILES for kind in _kinds_of(file)}
"""The kinds by code; a code means one thing."""

CHECKED: Final[frozenset[str]] = frozenset(kind.code for kind in _kinds_of(reconcile_problems))
"""The codes that only a check finds: they keep nothing out, since a check takes nothing in."""
