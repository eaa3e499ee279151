"""Lists that say who appraises whom: by NIP, by name, further down, in a circle."""

from collections.abc import Sequence
from pathlib import Path

from tests.corpus.books import one
from tests.corpus.case import Expected, Made, case
from tests.corpus.people import AHMAD, BAMBANG, DISDIK, RUSDI, SRI, SUPARMI, Person, with_

_HEADINGS = ("NIP", "NAMA", "UNIT KERJA", "NIP PENILAI", "NAMA PENILAI")


def _list(folder: Path, *rows: tuple[Person, object, object]) -> Path:
    lines: list[Sequence[object]] = [(p.nip, p.name, DISDIK, nip, name) for p, nip, name in rows]
    return one(folder / "penilai.xlsx", [_HEADINGS, *lines])


@case(
    Expected(
        people=(SRI.nip, SUPARMI.nip, RUSDI.nip),
        facts={SRI.nip: {"assessor_nip": RUSDI.nip}, SUPARMI.nip: {"assessor_nip": SRI.nip}},
    )
)
def assessors_further_down_by_nip_and_by_name(folder: Path) -> Made:
    spaced = f"{RUSDI.nip[:8]} {RUSDI.nip[8:14]} {RUSDI.nip[14]} {RUSDI.nip[15:]}"
    return _list(folder, (SUPARMI, "", SRI.titled), (SRI, spaced, ""), (RUSDI, "", "-"))


_TWIN = with_(AHMAD, name=RUSDI.name)


@case(
    Expected(
        people=(SRI.nip, RUSDI.nip, _TWIN.nip),
        problems=("assessor-ambiguous@E2",),
    )
)
def an_assessor_whose_name_two_people_bear(folder: Path) -> Made:
    return _list(folder, (SRI, "", RUSDI.name), (RUSDI, "", ""), (_TWIN, "", ""))


@case(
    Expected(
        people=(SRI.nip, RUSDI.nip, BAMBANG.nip, SUPARMI.nip),
        problems=("assessor-self@D2", "assessor-unknown@D3", "assessor-damaged@D4"),
    )
)
def assessors_that_cannot_be(folder: Path) -> Made:
    return _list(
        folder,
        (RUSDI, RUSDI.nip, ""),
        (SRI, "196001011985031001", ""),
        (BAMBANG, float(RUSDI.nip), ""),
        (SUPARMI, "", ""),
    )


@case(
    Expected(
        people=(RUSDI.nip, SRI.nip, BAMBANG.nip),
        problems=("assessor-loop@D2", "assessor-loop@D3", "assessor-loop@D4"),
    )
)
def assessors_in_a_circle(folder: Path) -> Made:
    return _list(folder, (RUSDI, SRI.nip, ""), (SRI, BAMBANG.nip, ""), (BAMBANG, RUSDI.nip, ""))
