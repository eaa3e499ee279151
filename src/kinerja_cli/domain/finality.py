"""When a result is final, so that no objection can be made against it.

PermenPANRB 6/2022 Lampiran IV.A.11-12: a result is final where the assessor missed the window and the superior
rated instead, and where the head of the region rated.
"""

from typing import Final

from kinerja_cli.errors import N_

LATE: Final = "late"
"""The assessor missed the window; the assessor's superior rated."""

REGION_HEAD: Final = "region_head"
"""The head of the region (Kepala Daerah) rated."""

FINAL_RULES: Final = (LATE, REGION_HEAD)
"""Why a result is final."""

FINAL_LABELS: Final = {
    LATE: N_("rated by the assessor's superior after the window (PermenPANRB 6/2022 Lampiran IV.A.11)"),
    REGION_HEAD: N_("rated by the head of the region (PermenPANRB 6/2022 Lampiran IV.A.12)"),
}
"""The same in words."""
