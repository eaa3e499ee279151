"""Who stands above an assessor: who steps in where the assessor missed the window, and who decides objections.

PermenPANRB 6/2022 Pasal 29, Lampiran IV.A.11 and V.B: the atasan Pejabat Penilai, who is the assessor's own assessor.
Above the heads of perangkat daerah stands the head of the region, who has no NIP.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from kinerja_cli.domain.rating_order import REGION_HEAD, Order
from kinerja_cli.domain.staff import Employee


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


def superior_of(assessor: Employee, order: Order, involved: Collection[str] = ()) -> Superior:
    """Who stands above an assessor by the rules that give everybody an assessor.

    Whoever is `involved` in the matter, as the person rated is, is passed over for the next one up.
    """
    rater = order.above(assessor, involved)
    if rater.rule == REGION_HEAD:
        return THE_REGION_HEAD
    return NOBODY if rater.nip is None else Superior(rater.nip)
