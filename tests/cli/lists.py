"""Lists of people as tests of units need them: sheets, people of one line, and what became of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja

HEADINGS = ("No", "Nama", "NIP", "Gol", "Jabatan")
UNTOLD = frozenset({"units-without-parents", "rows-about-nobody", "date-ambiguous"})


def line(nip: str, name: str) -> tuple[object, ...]:
    return ("-", name, nip, "III/a", "Staf")


SURYA, ANNE, BOBBY, CHIT = (
    line(nip, name) for nip, name in ((HEAD, "Surya"), (ANI, "Ani"), (BUDI, "Budi"), (CITRA, "Citra"))
)


def book(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], *merged: str, hidden: str = "") -> Path:
    """A workbook of several sheets; the ranges are merged in all of them."""
    made = Workbook()
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
        for cells in merged:
            page.merge_cells(cells)
        page.sheet_state = "hidden" if name == hidden else "visible"
    made.remove(made.worksheets[0])
    made.save(path)
    return path


def units(kinerja: Kinerja) -> dict[str, str | None]:
    return {row["name"].split()[0].title(): row["unit_path"] for row in kinerja.json("staff", "list")}


def told(data: Mapping[str, Any]) -> list[tuple[str, int | None]]:
    """What an import warns of, and where."""
    return [(one["code"], one["row"]) for one in data["problems"] if one["code"] not in UNTOLD]
