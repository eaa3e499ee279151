"""A damaged NIP among ratings is refused, and whom it may be is proposed by what else stands in the row."""

from pathlib import Path

import pytest

from tests.builders import ANI, BUDI, PEOPLE, Kinerja, recap, workbook

SHEET = ("NIP", "Nama", "Unit Kerja", "Rating Hasil Kerja", "Rating Perilaku Kerja")
RATED = ("Sesuai Ekspektasi", "Sesuai Ekspektasi")
OTHER_BUDI = "198811122014031003"
SHOWN = "19920708 201903 1 015"


def _fix(kinerja: Kinerja, *arguments: str | Path) -> str:
    ran = kinerja("score", "import", *arguments, "--format", "json")
    assert ran.code == 3, ran.err
    (problem,) = [one for one in ran.error["problems"] if one["severity"] == "error"]
    assert problem["code"].startswith("nip-")
    return str(problem["fix"])


def _sheet(path: Path, nip: object, name: str, unit: str = "") -> Path:
    return workbook(path, [["Periode Triwulan 1 Tahun 2026"], SHEET, (nip, name, unit, *RATED)])


@pytest.fixture
def opened(agency: Kinerja) -> Kinerja:
    assert agency("period", "open", "2026-Q1").code == 0
    return agency


@pytest.mark.parametrize("nip", [float(BUDI), "1.99207E+17", f"{BUDI[:15]}000", f"{BUDI}.0", BUDI[:-1], ""])
def test_whom_a_damaged_nip_may_mean_is_proposed_by_name(opened: Kinerja, tmp_path: Path, nip: object) -> None:
    fix = _fix(opened, _sheet(tmp_path / "x.xlsx", nip, "Budi, S.Kep"))
    assert f"Perhaps {SHOWN} of BUDI is meant: the name agrees." in fix


def test_in_a_recap_too_and_the_unit_counts(opened: Kinerja, tmp_path: Path) -> None:
    file = recap(tmp_path / "r.xlsx", [(float(ANI), "ANI LESTARI", *RATED, "Baik")])
    assert "name and unit agree" in _fix(opened, file)


def test_nobody_is_proposed_against_the_digits_that_are_left(opened: Kinerja, tmp_path: Path) -> None:
    assert "Perhaps" not in _fix(opened, _sheet(tmp_path / "x.xlsx", float(ANI), "BUDI"))
    assert "Perhaps" not in _fix(opened, _sheet(tmp_path / "y.xlsx", float(ANI), "Nobody"))


def test_of_namesakes_the_unit_tells_who_is_meant(kinerja: Kinerja, tmp_path: Path) -> None:
    twin = (OTHER_BUDI, "BUDI", "M", "III/a", "Fungsional", "PERAWAT", "", "U9", "DINAS SOSIAL", "", "Aktif")
    kinerja.begin([*PEOPLE, twin])
    assert kinerja("period", "open", "2026-Q1").code == 0
    assert "Perhaps" not in _fix(kinerja, _sheet(tmp_path / "x.xlsx", "", "BUDI"))
    assert "198811" in _fix(kinerja, _sheet(tmp_path / "y.xlsx", "", "BUDI", "Dinas Sosial"))
    assert SHOWN in _fix(kinerja, _sheet(tmp_path / "z.xlsx", "", "BUDI", "Dinas Kesehatan"))
