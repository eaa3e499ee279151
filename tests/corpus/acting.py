"""Lists with rows that say where somebody acts: a column of its own, or Plt. and Plh. before the post."""

from pathlib import Path

from tests.corpus.books import one
from tests.corpus.case import Expected, Made, Sheet, case
from tests.corpus.people import (
    DINKES,
    DISDIK,
    RUSDI,
    SEKRETARIAT,
    SIASN_HEADINGS,
    SMP,
    SRI,
    SUPARMI,
    YUNITA,
    Person,
    as_imported,
    day,
    siasn_rows,
    with_,
)

_FACTS = {person.nip: as_imported(person) for person in (SRI, YUNITA)}
_SKP = ("nip", "nama", "jabatan", "unit_kerja", "periode_awal", "periode_akhir", "is_plt_plh")


def _skp(
    person: Person, starts: str, ends: str, mark: object, position: str = "", unit: str = ""
) -> tuple[object, ...]:
    return (person.nip, person.name, position or person.position, unit or person.unit, starts, ends, mark)


@case(
    Expected(
        sheets=(Sheet("generic", 1, 4),),
        people=(RUSDI.nip, SRI.nip),
        counts={"rows": 4, "added": 2, "moved": []},
        facts={SRI.nip: {"unit": SEKRETARIAT, "position": SRI.position}},
        acting=(
            (DISDIK, SRI.nip, "plt", "2026-03-02", "2026-05-31"),
            (DISDIK, SRI.nip, "plh", "2026-06-01", "2026-12-31"),
        ),
    )
)
def skp_export_with_is_plt_plh(folder: Path) -> Made:
    rows = [
        _skp(SRI, "2026-01-01", "2026-12-31", 0),
        _skp(SRI, "2026-03-02", "2026-05-31", 1, "KEPALA DINAS PENDIDIKAN", DISDIK),
        _skp(SRI, "2026-06-01", "2026-12-31", "2", "Plh. Kepala Dinas Pendidikan", DISDIK),
        _skp(RUSDI, "2026-01-01", "2026-12-31", 0, "PENGAWAS SEKOLAH", DISDIK),
    ]
    return one(folder / "skp.xlsx", [_SKP, *rows])


@case(
    Expected(
        sheets=(Sheet("siasn", 1, 3),),
        people=(SRI.nip, YUNITA.nip),
        counts={"rows": 3, "added": 2, "units_added": 2},
        facts=_FACTS,
        acting=((DINKES, SRI.nip, "plh", "2026-02-02", None),),
    )
)
def siasn_with_somebody_acting_elsewhere(folder: Path) -> Made:
    acts = with_(SRI, position="Plh. KEPALA DINAS KESEHATAN", unit=DINKES)
    rows = siasn_rows((SRI, YUNITA, acts))
    rows[2][SIASN_HEADINGS.index("TMT JABATAN")] = "02-02-2026"
    return one(folder / "siasn.xlsx", [SIASN_HEADINGS, *rows])


@case(
    Expected(
        sheets=(Sheet("duk", 3, 3),),
        people=(SRI.nip, SUPARMI.nip),
        problems=("acting-only-post@D5", "acting-not-head@D6"),
        counts={"acting_unused": 1},
        facts={SUPARMI.nip: {"position": "Plt. Kepala Subbagian Umum"}},
    )
)
def duk_with_acting_officials_of_smaller_units(folder: Path) -> Made:
    headings = ("No", "Nama", "NIP", "Jabatan", "TMT Jabatan", "Unit Kerja", "Masa Kerja")
    rows = [
        (1, SRI.titled, SRI.nip, SRI.position, day(SRI.position_since), DISDIK, 12),
        (2, SUPARMI.titled, SUPARMI.nip, "Plt. Kepala Subbagian Umum", day(SUPARMI.position_since), DISDIK, 12),
        (3, SRI.titled, SRI.nip, "Plt. Kepala Bidang Pembinaan", "02-02-2026", DISDIK, 12),
    ]
    return one(folder / "duk.xlsx", [("DAFTAR URUT KEPANGKATAN",), (), headings, *rows])


@case(
    Expected(
        code=7,
        people=(RUSDI.nip, SRI.nip, SUPARMI.nip),
        problems=("acting-conflict@A5", "acting-conflict@A6", "acting-without-post@A7", "acting-name@B8"),
        counts={"rejected": 4},
    ),
    "--accept-valid",
)
def acting_officials_who_cannot_be(folder: Path) -> Made:
    headings = ("NIP", "NAMA", "JABATAN", "UNIT KERJA", "PLT/PLH")
    rows = [
        (RUSDI.nip, RUSDI.name, "PENGAWAS SEKOLAH", DISDIK, "-"),
        (SRI.nip, SRI.name, "SEKRETARIS", SEKRETARIAT, ""),
        (SUPARMI.nip, SUPARMI.name, SUPARMI.position, SMP, 0),
        (SRI.nip, SRI.name, "Kepala Dinas", DISDIK, "Plt."),
        (RUSDI.nip, RUSDI.name, "Kepala Dinas", DISDIK, "Plh."),
        (YUNITA.nip, YUNITA.name, "Kepala Sekolah", SMP, "Plt"),
        (SUPARMI.nip, "SUPARNO", "Kepala Sekolah", SMP, "Plt"),
    ]
    return one(folder / "plt.xlsx", [headings, *rows])
