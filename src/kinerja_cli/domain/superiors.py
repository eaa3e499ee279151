"""Who stands above an assessor: who steps in where the assessor missed the window, and who decides objections.

PermenPANRB 6/2022 Pasal 29, Lampiran IV.A.11 and V.B: the atasan Pejabat Penilai, who is the assessor's own assessor.
Above the heads of perangkat daerah stands the head of the region, who has no NIP.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kinerja_cli.domain.assessors import assessor_of
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.units import UnitTree

_RATED_BY_REGION_HEAD: Final = ("jpt_madya", "jpt_pratama")


@dataclass(frozen=True, slots=True)
class Superior:
    """Whoever stands above an assessor: somebody with a NIP, the head of the region, or nobody who is known."""

    nip: str | None = None
    is_region_head: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the rules say who it is."""
        return self.is_region_head or self.nip is not None


NOBODY: Final = Superior()
"""The rules name nobody."""

THE_REGION_HEAD: Final = Superior(is_region_head=True)
"""The head of the region."""


def superior_of(
    assessor: Employee, tree: UnitTree, heads: Mapping[str, str], staff: Mapping[str, Employee]
) -> Superior:
    """Who stands above an assessor by the rules that give everybody an assessor."""
    if assessor.assessor_rule != "roster" and assessor.position_type in _RATED_BY_REGION_HEAD:
        return THE_REGION_HEAD
    nip, _rule = assessor_of(assessor, tree, heads, staff)
    return NOBODY if nip is None else Superior(nip)
