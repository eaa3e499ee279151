"""The annual rating through the front door: fresh, with its quarters beside it, never computed."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import BUDI, CITRA, Kinerja, workbook

RATINGS = {
    "sangat_baik": ("diatas", "diatas"),
    "baik": ("sesuai", "sesuai"),
    "butuh_perbaikan": ("dibawah", "sesuai"),
}
QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")


@pytest.fixture
def year(agency: Kinerja) -> Kinerja:
    """A small agency with a past year and its quarters open."""
    for code in ("2025", *QUARTERS):
        agency.json("period", "open", code)
    return agency


def rate(kinerja: Kinerja, code: str, predikat: str | None) -> None:
    """Rate Budi in a quarter, or leave him unrated."""
    if predikat is not None:
        hasil, perilaku = RATINGS[predikat]
        kinerja.json("score", "record", BUDI, code, "--hasil", hasil, "--perilaku", perilaku)


@pytest.mark.parametrize(
    ("quarters", "ratings", "predikat", "asked"),
    [
        (("baik", "sangat_baik", "butuh_perbaikan", "baik"), ("sesuai", "sesuai"), "baik", []),
        (("baik",) * 4, ("diatas", "diatas"), "sangat_baik", ["annual-unlike-parts"]),
        (("sangat_baik",) * 4, ("sesuai", "dibawah"), "kurang", ["annual-unlike-parts"]),
        (("baik", "baik", "baik", None), ("sesuai", "sesuai"), "baik", ["parts-missing"]),
    ],
)
def test_the_annual_predikat_comes_from_annual_ratings_only(
    year: Kinerja, quarters: tuple[str | None, ...], ratings: tuple[str, str], predikat: str, asked: list[str]
) -> None:
    for code, value in zip(QUARTERS, quarters, strict=True):
        rate(year, code, value)
    found = year.json("score", "record", BUDI, "2025", "--hasil", ratings[0], "--perilaku", ratings[1])
    assert found["predikat"] == predikat
    assert found["parts"] == dict(zip(QUARTERS, quarters, strict=True))
    assert [one["code"] for one in found["problems"]] == asked
    assert all(one["severity"] == "warning" for one in found["problems"])
    assert year.json("explain", BUDI, "2025")["parts"] == found["parts"]


def test_without_annual_ratings_there_is_no_predikat(year: Kinerja) -> None:
    for code in QUARTERS:
        rate(year, code, "baik")
    shown = year.json("score", "show", BUDI, "2025")
    assert (shown["predikat"], shown["state"], shown["parts"]) == (None, "unrated", dict.fromkeys(QUARTERS, "baik"))
    assert year("score", "record", BUDI, "2025", "--hasil", "sesuai").code == 2
    assert year.json("explain", BUDI, "2025")["predikat"] is None


def test_a_note_is_the_reason_that_is_asked_for(year: Kinerja) -> None:
    for code in QUARTERS:
        rate(year, code, "baik")
    ran = year("score", "record", BUDI, "2025", "--hasil", "diatas", "--perilaku", "diatas")
    assert (ran.code, "warning[annual-unlike-parts]" in ran.err, "--note" in ran.err) == (0, True, True)
    found = year.json("score", "record", BUDI, "2025", "--hasil", "1", "--perilaku", "1", "--note", "Juara nasional")
    assert found["problems"] == []


def test_the_quarters_are_told_wherever_the_year_is(year: Kinerja) -> None:
    rate(year, "2025-Q1", "baik")
    rate(year, "2025", "baik")
    line = "2025-Q1 Baik · 2025-Q2 – · 2025-Q3 – · 2025-Q4 –"
    for words in (["score", "show", BUDI], ["report", "staff", BUDI]):
        ran = year(*words, "--format", "table")
        assert line in ran.out + ran.err
    assert any("never computed" in step for step in year.json("explain", BUDI, "2025")["steps"])
    assert year.json("explain", BUDI, "2025-Q1")["parts"] is None
    assert "parts" not in year.json("score", "record", CITRA, "2025-Q1", "--hasil", "2", "--perilaku", "2")


def test_rating_sheets_of_a_year_show_the_quarters_and_come_back(year: Kinerja, tmp_path: Path) -> None:
    for code, value in zip(QUARTERS, ("baik", "baik", "sangat_baik", None), strict=True):
        rate(year, code, value)
    year.json("score", "sheets", "2025", "--output", tmp_path / "lembar")
    (file,) = (path for path in (tmp_path / "lembar").iterdir() if "u2" in path.name)
    book = load_workbook(file)
    page = book["Penilaian"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    heading = next(row for row in rows if "NIP" in row)
    at, of = heading.index("Predikat per Triwulan 2025"), heading.index("NIP")
    told = {row[of]: row[at] for row in rows[rows.index(heading) + 1 :] if row[of]}
    assert told[BUDI] == "I–II: Baik; III: Sangat Baik; IV: –"
    assert told[CITRA] == "I–IV: –"
    for row in page.iter_rows():
        if row[of].value == BUDI:
            for title in ("Rating Hasil Kerja", "Rating Perilaku Kerja"):
                row[heading.index(title)].value = "Sesuai Ekspektasi"
    book.save(file)
    found = year.json("score", "import", file)
    asked = [(one["code"], one["sheet"], one["value"]) for one in found["problems"]]
    assert (found["period"], found["recorded"], asked) == ("2025", 1, [("parts-missing", "Penilaian", "2025-Q4")])


def test_the_months_of_a_year_stand_together_where_they_are_alike(agency: Kinerja, tmp_path: Path) -> None:
    for code in ("2025", "2025-01", "2025-02", "2025-03"):
        agency.json("period", "open", code)
    rate(agency, "2025-02", "baik")
    agency.json("score", "sheets", "2025", "--output", tmp_path / "lembar", "--unit", "U2")
    (file,) = (tmp_path / "lembar").iterdir()
    cells = {str(cell.value) for row in load_workbook(file)["Penilaian"].iter_rows() for cell in row}
    assert {"Predikat per Bulan 2025", "Jan: –; Feb: Baik; Mar: –", "Jan–Mar: –"} <= cells


def test_annual_ratings_in_a_file_are_asked_about_as_typed_ones_are(year: Kinerja, tmp_path: Path) -> None:
    for code, value in zip(QUARTERS, ("baik", "baik", "baik", None), strict=True):
        rate(year, code, value)
    rows = [
        ["Periode: 2025"],
        ["NIP", "Nama", "Hasil Kerja", "Perilaku Kerja", "Catatan"],
        [BUDI, "BUDI", "Diatas Ekspektasi", "Diatas Ekspektasi", ""],
        [CITRA, "CITRA DEWI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "x"],
    ]
    found = year.json("score", "import", workbook(tmp_path / "tahun.xlsx", rows))
    told = [(one["code"], one["file"], one["sheet"], one["row"], one["column"]) for one in found["problems"]]
    assert told == [
        ("parts-missing", "tahun.xlsx", "Sheet1", 3, "C"),
        ("annual-unlike-parts", "tahun.xlsx", "Sheet1", 3, "C"),
        ("parts-missing", "tahun.xlsx", "Sheet1", 4, "C"),
    ]
    assert found["recorded"] == 2
    rows[2][4] = "Juara nasional"
    again = year.json("score", "import", workbook(tmp_path / "tahun.xlsx", rows))
    assert (again["changed"], again["problems"]) == (1, [])
