"""Every kind of problem by its code, from whichever file of kinds it stands in."""

from collections.abc import Mapping
from typing import Final

from kinerja_cli.domain import feedback_problems, problems, rating_problems
from kinerja_cli.errors import ProblemKind

_FILES = (problems, rating_problems, feedback_problems)

PROBLEMS: Final[Mapping[str, ProblemKind]] = {
    kind.code: kind for file in _FILES for kind in vars(file).values() if isinstance(kind, ProblemKind)
}
"""The kinds by code; a code means one thing."""
