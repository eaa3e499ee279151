"""`--problems FILE.xlsx`: the user's own file comes back with what is wrong marked in it, and can be imported again."""

from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.workbooks import annotated
from tests.builders import ANI, BUDI, HEAD, PEOPLE, SIASN, Kinerja, recap, roster, workbook
from tests.workbooks import made

FRONT = "Ringkasan Masalah"
RED, AMBER, BLUE = "FFC7CE", "FFEB9C", "DDEBF7"


def opened(path: Path) -> Workbook:
    return load_workbook(path)


def page_of(path: Path, name: str) -> Worksheet:
    page = load_workbook(path)[name]
    assert isinstance(page, Worksheet)
    return page


def column_a(page: Worksheet) -> list[object]:
    return [page.cell(row, 1).value for row in range(1, page.max_row + 1)]


def colour(page: Worksheet, cell: str) -> str | None:
    fill: Any = page[cell].fill
    return None if fill.fill_type is None else str(fill.start_color.rgb)[-6:]


def texts(page: Worksheet) -> str:
    return "\n".join(str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None)


def shown_rows(page: Worksheet) -> list[int]:
    return [row for row in range(1, page.max_row + 1) if not page.row_dimensions[row].hidden]


def damaged() -> list[list[object]]:
    """The small dinas with a NIP that lost a digit (row 5) and a rank nobody knows (row 6)."""
    people = [list(row) for row in PEOPLE]
    people[1][0] = ANI[:-1]
    people[2][3] = "III.C1"
    return people


@pytest.fixture
def started(kinerja: Kinerja) -> Kinerja:
    assert kinerja("init", "--agency", "Kota Contoh").code == 0
    return kinerja


def test_bad_rows_say_why_and_good_rows_say_so(started: Kinerja, tmp_path: Path) -> None:
    file, out = roster(tmp_path / "bad.xlsx", damaged()), tmp_path / "copy.xlsx"

    ran = started("staff", "import", file, "--problems", out, "--format", "json")

    assert ran.code == 3
    assert ran.data["problems_file"] == str(out)
    assert out.stat().st_mode & 0o777 == 0o600
    book = opened(out)
    assert book.sheetnames == [FRONT, "Sheet1"]
    page = page_of(out, "Sheet1")
    beside = column_a(page)
    assert beside[:4] == [None, None, "Masalah", "diterima"]
    assert beside[6] == "diterima"
    assert str(beside[4]).startswith(
        f"Error: The NIP {ANI[:-1]} (ANI LESTARI) has 17 digits, it must have 18. Compare it"
    )
    assert str(beside[5]).startswith("Warning: The rank III.C1 is not known (BUDI)")
    assert [colour(page, cell) for cell in ("A5", "B5", "A6", "E6", "B6", "A4")] == [RED, RED, AMBER, AMBER, None, None]
    comment = page["B5"].comment
    assert comment is not None
    assert "it must have 18" in comment.text
    assert "type all 18 digits" in comment.text


def test_the_copy_opens_on_the_bad_rows_alone(started: Kinerja, tmp_path: Path) -> None:
    out = tmp_path / "copy.xlsx"
    started("staff", "import", roster(tmp_path / "bad.xlsx", damaged()), "--problems", out)

    page = page_of(out, "Sheet1")
    assert shown_rows(page) == [1, 2, 3, 5, 6]
    assert page.auto_filter.ref == "A3:L7"
    (column,) = page.auto_filter.filterColumn
    criteria = column.customFilters
    assert column.colId == 0
    assert criteria is not None
    assert [(one.operator, one.val) for one in criteria.customFilter] == [("notEqual", "diterima*"), ("notEqual", " ")]
    assert page.freeze_panes == "B4"


def test_the_front_sheet_counts_by_kind_and_leads_to_the_places(started: Kinerja, tmp_path: Path) -> None:
    out = tmp_path / "copy.xlsx"
    started("staff", "import", roster(tmp_path / "bad.xlsx", damaged()), "--problems", out)

    page = page_of(out, FRONT)
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert rows[1][0] == "Rows: 4; with errors: 1, with warnings or notes: 1, without a problem: 2"
    assert rows[2][0] == "Nothing was saved."
    kinds = {row[5]: row for row in rows if row[5]}
    assert kinds["nip-length"][:2] == ["error", 1]
    assert kinds["nip-length"][4] == "Sheet1!B5"
    assert kinds["rank-unknown"][:2] == ["warning", 1]
    links = [cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert "'Sheet1'!B5" in links


def test_what_is_of_no_row_stands_on_the_front_sheet(started: Kinerja, tmp_path: Path) -> None:
    rows = [["NIP", "Nama", "TMT Golongan"], [HEAD, "SURYA", "03/04/2015"], [ANI, "ANI", "04/05/2016"]]
    out = tmp_path / "copy.xlsx"
    ran = started("staff", "import", workbook(tmp_path / "dates.xlsx", rows), "--problems", out)

    assert ran.code == 0
    assert "Dates in this column that could be read two ways: 2" in texts(page_of(out, FRONT))
    assert column_a(page_of(out, "Sheet1")) == ["Masalah", "diterima", "diterima"]


def test_where_nothing_is_wrong_the_copy_says_so_and_hides_nobody(started: Kinerja, tmp_path: Path) -> None:
    out = tmp_path / "copy.xlsx"
    ran = started("staff", "import", roster(tmp_path / "good.xlsx"), "--problems", out)

    assert ran.code == 0
    assert "Nothing is wrong with any row; rows looked at: 4" in ran.err
    page = page_of(out, "Sheet1")
    assert column_a(page)[3:] == ["diterima"] * 4
    assert shown_rows(page) == list(range(1, 8))
    assert page.auto_filter.ref == "A3:L7"
    assert not page.auto_filter.filterColumn
    assert "Saved as operation 2." in texts(page_of(out, FRONT))
    assert "Nothing is wrong" in texts(page_of(out, FRONT))


def test_a_row_with_a_note_alone_is_fine_and_out_of_the_way(started: Kinerja, tmp_path: Path) -> None:
    rows = [["NIP", "Nama"], [BUDI, "BUDI"], [BUDI, "BUDI"], [ANI[:-1], "ANI"]]
    out = tmp_path / "copy.xlsx"
    started("staff", "import", workbook(tmp_path / "twice.xlsx", rows), "--problems", out)

    page = page_of(out, "Sheet1")
    assert page["A2"].value == "diterima"
    assert str(page["A3"].value).startswith("diterima\nNote: BUDI (NIP 199207082019031015) stands in 2 rows alike")
    assert colour(page, "B3") == BLUE
    assert shown_rows(page) == [1, 4]


def test_without_the_option_there_is_no_copy_but_a_word_of_it(started: Kinerja, tmp_path: Path) -> None:
    ran = started("staff", "import", roster(tmp_path / "bad.xlsx", damaged()))

    assert "--problems FILE.xlsx" in ran.err
    assert started("staff", "import", tmp_path / "bad.xlsx", "--format", "json").data["problems_file"] is None


@pytest.mark.parametrize("form", ["accept", "dry"])
def test_it_is_written_however_the_import_ends(started: Kinerja, tmp_path: Path, form: str) -> None:
    out = tmp_path / "copy.xlsx"
    file = roster(tmp_path / "bad.xlsx", damaged())
    options = {"accept": ["--accept-valid"], "dry": ["--accept-valid", "--dry-run"]}[form]
    ran = started("staff", "import", file, "--problems", out, *options)

    assert ran.code == 7
    said = {"accept": "Saved as operation 2.", "dry": "Dry run: nothing was saved."}[form]
    assert said in texts(page_of(out, FRONT))


def dressed(path: Path) -> Path:
    """A roster as an office keeps it: merged title, colours, widths, a hidden column, lists to choose from."""
    roster(path, damaged())
    book = load_workbook(path)
    page = book["Sheet1"]
    assert isinstance(page, Worksheet)
    page.merge_cells("A1:K1")
    page["A1"].font = Font(name="Arial", size=16, bold=True)
    for cell in page[3]:
        cell.fill = PatternFill("solid", start_color="92D050")
    page.column_dimensions["A"].width = 27
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[1].height = 33
    page["B4"].comment = Comment("tanyakan ke BKD", "Siti")
    page["B6"].number_format = "@"
    page["F4"] = date(2020, 3, 7)
    page["F4"].number_format = "dd-mm-yyyy"
    page["L4"] = '=CONCATENATE("a","b")'
    page["L5"] = "=1+1"
    page["L5"].data_type = "s"
    choice = DataValidation(type="list", formula1="Pilihan!$A$1:$A$2", allow_blank=True)
    choice.add("K4:K7")
    page.add_data_validation(choice)
    lists = book.create_sheet("Pilihan")
    lists["A1"], lists["A2"] = "Aktif", "Pensiun"
    lists.sheet_state = "hidden"
    lists.freeze_panes = "A2"
    book.create_sheet("Catatan")["C3"] = "bebas"
    book.save(path)
    return path


def test_the_copy_keeps_the_look_of_the_file(started: Kinerja, tmp_path: Path) -> None:
    out = tmp_path / "copy.xlsx"
    started("staff", "import", dressed(tmp_path / "dressed.xlsx"), "--problems", out)

    book = opened(out)
    assert book.sheetnames == [FRONT, "Sheet1", "Pilihan", "Catatan"]
    assert book["Pilihan"].sheet_state == "hidden"
    assert book["Catatan"]["C3"].value == "bebas"
    page = page_of(out, "Sheet1")
    assert [str(one) for one in page.merged_cells.ranges] == ["B1:L1"]
    assert (page["B1"].font.name, page["B1"].font.size) == ("Arial", 16)
    assert colour(page, "B3") == "92D050"
    assert page.column_dimensions["B"].width == 27
    assert page.column_dimensions["D"].hidden
    assert page.row_dimensions[1].height == 33
    assert page["C4"].comment is not None
    assert page["C4"].comment.text == "tanyakan ke BKD"
    assert page["C6"].number_format == "@"
    assert (page["G4"].is_date, page["G4"].number_format) == (True, "dd-mm-yyyy")
    (choice,) = page.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("L4:L7", "'Pilihan'!$A$1:$A$2")
    assert page["M4"].value is None
    assert (page["M5"].value, page["M5"].data_type) == ("=1+1", "s")


def test_lists_by_name_and_colours_by_content_mean_the_same_cells(started: Kinerja, tmp_path: Path) -> None:
    file = roster(tmp_path / "bad.xlsx", damaged())
    book = load_workbook(file)
    page = book["Sheet1"]
    book.create_sheet("Pilihan")["A1"] = "III/a"
    book.defined_names["GOLONGAN"] = DefinedName("GOLONGAN", attr_text="Pilihan!$A$1:$A$9")
    book.defined_names["BULAN"] = DefinedName("BULAN", attr_text="'[1]Lain'!$A$1")
    for formula in ("GOLONGAN", "BULAN"):
        choice = DataValidation(type="list", formula1=formula)
        choice.add("D4:D7")
        page.add_data_validation(choice)
    page.conditional_formatting.add("D4:D7", Rule(type="expression", formula=['$D4="III/a"']))
    page.add_table(Table(displayName="Pegawai", ref="A3:K7"))
    page["B4"].hyperlink = "mailto:siapa@contoh.invalid"
    page.protection.sheet = True
    book.save(file)
    out = tmp_path / "copy.xlsx"
    started("staff", "import", file, "--problems", out)

    copied = page_of(out, "Sheet1")
    (choice,) = copied.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("E4:E7", "GOLONGAN")
    assert list(opened(out).defined_names) == ["GOLONGAN"]
    (colours,) = copied.conditional_formatting
    assert (str(colours.sqref), colours.rules[0].formula) == ("E4:E7", ['$E4="III/a"'])
    assert not copied.tables
    assert copied["C4"].hyperlink is None
    assert not copied.protection.sheet


def test_a_column_that_holds_a_marked_cell_is_not_hidden(started: Kinerja, tmp_path: Path) -> None:
    file = roster(tmp_path / "bad.xlsx", damaged())
    book = load_workbook(file)
    page = book["Sheet1"]
    page.column_dimensions["D"].hidden = True
    page.row_dimensions[6].hidden = True
    book.save(file)
    out = tmp_path / "copy.xlsx"
    started("staff", "import", file, "--problems", out)

    copied = page_of(out, "Sheet1")
    assert not copied.column_dimensions["E"].hidden
    assert not copied.row_dimensions[6].hidden


def test_a_nip_that_is_a_number_stays_one_in_a_cell_for_text(started: Kinerja, tmp_path: Path) -> None:
    file = workbook(tmp_path / "n.xlsx", [["NIP", "Nama"], [198501152010012001, "ANI"], [BUDI, "BUDI"]])
    out = tmp_path / "copy.xlsx"
    started("staff", "import", file, "--problems", out)

    page = page_of(out, "Sheet1")
    assert page["B2"].data_type == "n"
    assert page["B2"].number_format == "@"
    assert (page["B3"].value, page["B3"].data_type) == (BUDI, "s")


@pytest.mark.parametrize(
    ("make", "name", "sheet"),
    [
        (made.csv_file, "bad.csv", "bad"),
        (made.xls, "bad.xls", "Data"),
        (made.ods, "bad.ods", "Data"),
        (made.xlsb, "bad.xlsb", "Data"),
    ],
)
def test_other_kinds_come_back_as_a_workbook(
    started: Kinerja, tmp_path: Path, make: Callable[..., Path], name: str, sheet: str
) -> None:
    rows = [["NIP", "NAMA", "UNIT KERJA"], [ANI[:-1], "=ANI+LESTARI", "Dinas"], [BUDI, "BUDI", "Dinas"]]
    out = tmp_path / "copy.xlsx"
    ran = started("staff", "import", make(tmp_path / name, rows), "--problems", out)

    assert ran.code == 3
    page = page_of(out, sheet)
    assert column_a(page)[::2] == ["Masalah", "diterima"]
    assert colour(page, "B2") == RED
    assert (page["C2"].value, page["C2"].data_type) == ("=ANI+LESTARI", "s")
    assert (page["B3"].value, page["B3"].data_type) == (BUDI, "s")
    assert shown_rows(page) == [1, 2]
    page["B2"].value = ANI
    _keep(page, tmp_path / "mended.xlsx")
    assert started("staff", "import", tmp_path / "mended.xlsx").code == 0


@pytest.mark.parametrize("how", ["large", "spread", "strange"])
def test_what_cannot_be_copied_with_its_looks_is_rebuilt(
    started: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    file, sheet = tmp_path / "bad.xlsx", "Data"
    if how == "large":
        monkeypatch.setattr(annotated, "STYLED_UP_TO", 100)
        made.xlsx(file, [["NIP", "NAMA"], [ANI[:-1], "ANI"], [BUDI, "BUDI"]])
    elif how == "spread":
        whole = made.SHEET_START + made.roster_xml() + b"</sheetData>"
        made.xlsx_of(file, whole + b'<mergeCells><mergeCell ref="F1:XFD90000"/></mergeCells></worksheet>', whole=True)
    else:
        made.xlsx_of(file, made.roster_xml().replace(b't="inlineStr"', b't="inlineStr" s="77"'))
    out = tmp_path / "copy.xlsx"
    started("staff", "import", file, "--problems", out)

    page = page_of(out, sheet)
    assert column_a(page)[0] == "Masalah"
    assert page["B2"].data_type == "s"
    assert page.column_dimensions["A"].width == 52
    assert page.freeze_panes == "B2"


def test_values_keep_their_kind_when_they_are_rebuilt(
    started: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotated, "STYLED_UP_TO", 100)
    cells = [BUDI, "BUDI", date(2020, 3, 7), datetime(2020, 3, 7, 13, 30), 12.5, True, "@x", "two\nlines"]  # noqa: DTZ001 - a cell's moment bears no zone
    heads = ["NIP", "NAMA", *(f"X{number}" for number in range(6))]
    out = tmp_path / "copy.xlsx"
    started("staff", "import", made.xlsx(tmp_path / "x.xlsx", [heads, cells], Lain=[["=1"]]), "--problems", out)

    page = page_of(out, "Data")
    assert [cell.value for cell in page[2]][1:] == [
        BUDI, "BUDI", datetime(2020, 3, 7), datetime(2020, 3, 7, 13, 30), 12.5, True, "@x", "two\nlines"  # noqa: DTZ001 - a cell's moment bears no zone
    ]  # fmt: skip
    assert (page["D2"].number_format, page["E2"].number_format) == ("dd-mm-yyyy", "dd-mm-yyyy hh:mm")
    assert page["H2"].quotePrefix
    assert opened(out).sheetnames == [FRONT, "Data", "Lain"]


def test_a_folder_comes_back_in_one_workbook(started: Kinerja, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    (folder / "lagi").mkdir(parents=True)
    roster(folder / "a.xlsx", PEOPLE[:1])
    roster(folder / "b.xlsx", damaged()[1:])
    made.csv_file(folder / "c.csv", [["NIP", "NAMA"], ["12", "X"]])
    out = tmp_path / "copy.xlsx"
    ran = started("staff", "import", folder, "--problems", out, "--format", "json")

    assert ran.code == 3
    assert opened(out).sheetnames == [FRONT, "Sheet1", "Sheet1 (2)", "c", "_kinerja_asal"]
    assert column_a(page_of(out, "Sheet1"))[3:] == ["diterima"]
    assert colour(page_of(out, "Sheet1 (2)"), "B4") == RED
    front = texts(page_of(out, FRONT))
    assert "b.xlsx\nSheet1 (2)" in front


def test_files_of_one_name_are_told_apart(started: Kinerja, tmp_path: Path) -> None:
    for name, people in (("dinkes", PEOPLE[:1]), ("dikbud", damaged()[1:])):
        (tmp_path / name).mkdir()
        roster(tmp_path / name / "data.xlsx", people)
    out = tmp_path / "copy.xlsx"
    files = [tmp_path / name / "data.xlsx" for name in ("dinkes", "dikbud")]
    ran = started("staff", "import", *files, "--problems", out, "--format", "json")

    assert [one["file"] for one in ran.data["files"]] == ["dinkes/data.xlsx", "dikbud/data.xlsx"]
    assert {one["file"] for one in ran.data["problems"]} == {"dikbud/data.xlsx"}
    assert column_a(page_of(out, "Sheet1"))[3:] == ["diterima"]
    assert colour(page_of(out, "Sheet1 (2)"), "B4") == RED


def test_ratings_come_back_too(agency: Kinerja, tmp_path: Path) -> None:
    agency("period", "open", "2026-Q1")
    rows = [
        (HEAD, "SURYA DARMA", "Diatas Ekspektasi", "Sesuai Ekspektasi", "Baik"),
        (ANI, "ANI LESTARI", "Bagus Sekali", "Sesuai Ekspektasi", ""),
        (BUDI, "BUDI", "-", "-", "-"),
    ]
    file, out = recap(tmp_path / "rekap.xlsx", rows), tmp_path / "copy.xlsx"
    ran = agency("score", "import", file, "--problems", out, "--format", "json")

    assert ran.code == 3
    assert ran.data["problems_file"] == str(out)
    page = page_of(out, "Sheet1")
    assert column_a(page)[4] == "Masalah"
    assert column_a(page)[5] == "diterima"
    assert str(column_a(page)[6]).startswith("Error: Bagus Sekali is no rating")
    assert colour(page, "F7") == RED
    page["F7"].value = "Diatas Ekspektasi"
    _keep(page, tmp_path / "mended.xlsx")
    again = agency.json("score", "import", tmp_path / "mended.xlsx")
    assert (again["period"], again["recorded"], again["unrated"]) == ("2026-Q1", 2, 1)
    assert again["files"][0]["layout"] == "ekinerja_rekap"
    assert again["files"][0]["unit"] == "DINAS KESEHATAN"


def test_a_sheet_refused_as_a_whole_takes_none_of_its_rows(agency: Kinerja, tmp_path: Path) -> None:
    agency("period", "open", "2026-Q1")
    rows = [(ANI, "ANI LESTARI", "Diatas Ekspektasi", "Sesuai Ekspektasi", "Baik")]
    file = recap(tmp_path / "rekap.xlsx", rows, period="Periode Triwulan 2 Tahun 2026")
    out = tmp_path / "copy.xlsx"
    ran = agency("score", "import", file, "--period", "2026-Q1", "--problems", out)

    assert ran.code == 3
    assert str(column_a(page_of(out, "Sheet1"))[5]).startswith("Error: ")


def test_a_name_that_cannot_be_is_refused_before_anything_happens(started: Kinerja, tmp_path: Path) -> None:
    file = roster(tmp_path / "bad.xlsx", damaged())
    before = started.snapshot(), file.read_bytes()
    for wanted, code in (
        (tmp_path / "copy.csv", 2),
        (file, 2),
        (tmp_path / "none" / "copy.xlsx", 4),
        (tmp_path, 2),
    ):
        ran = started("staff", "import", file, "--problems", wanted, "--accept-valid")
        assert ran.code == code, ran.err
    assert (started.snapshot(), file.read_bytes()) == before


def test_files_refused_at_the_door_leave_no_copy(started: Kinerja, tmp_path: Path) -> None:
    out = tmp_path / "copy.xlsx"
    file = workbook(tmp_path / "x.xlsx", [["Tanggal", "Jumlah"], [1, 2]])
    ran = started("staff", "import", file, "--problems", out, "--format", "json")

    assert ran.code == 3
    assert ran.error["code"] == "heading-missing"
    assert "copy.xlsx was not written" in ran.error["hint"]
    assert not out.exists()


def test_a_closed_period_leaves_no_copy(agency: Kinerja, tmp_path: Path) -> None:
    agency("period", "open", "2026-Q1")
    agency("period", "close", "2026-Q1", "--allow-unrated")
    file = recap(tmp_path / "r.xlsx", [(ANI, "ANI LESTARI", "Bagus", "Sesuai Ekspektasi", "")])
    ran = agency("score", "import", file, "--problems", tmp_path / "copy.xlsx")

    assert ran.code == 5
    assert not (tmp_path / "copy.xlsx").exists()


def test_an_import_is_told_of_although_its_copy_cannot_be_written(
    started: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Workbook, _name: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Workbook, "save", full)
    file = made.csv_file(tmp_path / "two.csv", [["NIP", "Nama"], [BUDI, "BUDI"]])
    ran = started("staff", "import", file, "--problems", tmp_path / "copy.xlsx", "--format", "json")

    assert ran.code == 6
    assert (ran.data["operation"], ran.data["problems_file"]) == (2, None)
    assert not list(tmp_path.glob("*copy*"))


def _keep(page: Worksheet, path: Path) -> Path:
    """Save the workbook of a page as it is, as its user does after correcting it."""
    assert page.parent is not None
    page.parent.save(path)
    return path


def test_the_corrected_copy_is_imported_as_it_is(started: Kinerja, tmp_path: Path) -> None:
    out = tmp_path / "copy.xlsx"
    started("staff", "import", dressed(tmp_path / "dressed.xlsx"), "--problems", out)
    page = page_of(out, "Sheet1")
    page["B5"].value = ANI
    page["E6"].value = "III/a"
    _keep(page, tmp_path / "mended.xlsx")

    ran = started("staff", "import", tmp_path / "mended.xlsx", "--format", "json")
    assert ran.code == 0, ran.err
    assert (ran.data["added"], ran.data["problems"]) == (4, [])
    assert ran.data["files"][0]["layout"] == "siasn"
    told = started("staff", "import", tmp_path / "mended.xlsx")
    assert "Masalah" not in told.err
    assert FRONT not in told.err


def test_a_copy_of_a_copy_has_the_column_once(started: Kinerja, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    started("staff", "import", dressed(tmp_path / "dressed.xlsx"), "--problems", first)
    page = page_of(first, "Sheet1")
    page["B5"].value = ANI
    _keep(page, tmp_path / "half.xlsx")
    ran = started("staff", "import", tmp_path / "half.xlsx", "--problems", second)

    assert ran.code == 0
    assert opened(second).sheetnames == [FRONT, "Sheet1", "Pilihan", "Catatan"]
    again = page_of(second, "Sheet1")
    assert [cell.value for cell in again[3]][:2] == ["Masalah", "NIP BARU"]
    assert [str(one) for one in again.merged_cells.ranges] == ["B1:L1"]
    assert (colour(again, "B5"), again["B5"].comment) == (None, None)
    assert colour(again, "E6") == AMBER
    comment = again["E6"].comment
    assert comment is not None
    assert comment.text.count("III.C1") == 1
    kept = again["C4"].comment
    assert kept is not None
    assert kept.text == "tanyakan ke BKD"
    assert shown_rows(again) == [1, 2, 3, 6]


def test_a_copy_of_text_annotated_again_has_the_column_once(started: Kinerja, tmp_path: Path) -> None:
    rows = [["Masalah", "NIP", "Nama"], ["Error: old", ANI[:-1], "ANI"], ["diterima", BUDI, "BUDI"]]
    out = tmp_path / "copy.xlsx"
    started("staff", "import", made.csv_file(tmp_path / "x.csv", rows), "--problems", out)

    page = page_of(out, "x")
    assert [cell.value for cell in page[1]] == ["Masalah", "NIP", "Nama"]
    assert "old" not in str(page["A2"].value)
    assert page["A3"].value == "diterima"


def test_headings_in_two_rows_and_numbered_columns_come_back(started: Kinerja, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["DAFTAR URUT KEPANGKATAN"],
        ["NO", "NAMA", "NIP", "PANGKAT", None],
        [None, None, None, "GOL/RUANG", "TMT GOLONGAN"],
        [1, 2, 3, 4, 5],
        [1, "ANI LESTARI", ANI[:-1], "III/c", "01-04-2020"],
        [2, "BUDI", BUDI, "III/a", "01-10-2019"],
    ]
    file = workbook(tmp_path / "duk.xlsx", rows)
    book = load_workbook(file)
    for letter in "ABC":
        book["Sheet1"].merge_cells(f"{letter}2:{letter}3")
    book.save(file)
    out = tmp_path / "copy.xlsx"
    ran = started("staff", "import", file, "--problems", out)
    assert ran.code == 3, ran.err

    page = page_of(out, "Sheet1")
    assert [str(cell)[:7] for cell in column_a(page)] == ["None", "None", "Masalah", "None", "Error: ", "diterim"]
    page["D5"].value = ANI
    _keep(page, tmp_path / "mended.xlsx")
    assert started.json("staff", "import", tmp_path / "mended.xlsx")["added"] == 2


DAMAGES: dict[int, Callable[[object], object]] = {
    0: lambda nip: str(nip)[:-1],
    1: lambda _name: "",
    2: lambda _sex: "X",
    3: lambda _rank: "III.C1",
    10: lambda _status: "Entahlah",
}
"""What goes wrong in a column of the SIASN roster (from 0)."""

FIELDS = {"nip", "name", "sex", "rank", "status"}


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spots=st.sets(st.tuples(st.integers(0, len(PEOPLE) - 1), st.sampled_from(sorted(DAMAGES))), max_size=6),
    titles=st.integers(0, 3),
    kind=st.sampled_from(["xlsx", "csv"]),
)
def test_correcting_the_marked_cells_is_as_good_as_correcting_the_original(
    kinerja: Kinerja, tmp_path: Path, spots: set[tuple[int, int]], titles: int, kind: str
) -> None:
    people = [list(row) for row in PEOPLE]
    for row, column in spots:
        people[row][column] = DAMAGES[column](people[row][column])
    rows: list[list[object]] = [[f"JUDUL {number}"] for number in range(titles)]
    rows += [list(SIASN), *people]
    file = tmp_path / f"bad.{kind}"
    (made.csv_file if kind == "csv" else workbook)(file, rows)
    sound = workbook(tmp_path / "sound.xlsx", [*rows[: titles + 1], *map(list, PEOPLE)])
    out, db = tmp_path / "copy.xlsx", kinerja.db
    db.unlink(missing_ok=True)
    kinerja("init", "--agency", "Kota Contoh")
    fresh = copy(db.read_bytes())

    moved = 0
    for _round in range(3):  # behind a bad NIP nothing else of a row is judged, so it takes more than one
        told = kinerja("staff", "import", file, "--problems", out, "--format", "json", "--dry-run").data["problems"]
        page = page_of(out, "bad" if kind == "csv" else "Sheet1")
        for problem in told:
            if problem["field"] in FIELDS:
                column = column_index_from_string(problem["column"]) - moved
                page.cell(problem["row"], column + 1).value = str(PEOPLE[problem["row"] - titles - 2][column - 1])
        file, moved = _keep(page, tmp_path / "mended.xlsx"), 1
    mended = kinerja.json("staff", "import", file)
    assert mended["problems"] == []
    after = kinerja.json("staff", "list")

    db.write_bytes(fresh)
    assert kinerja.json("staff", "import", sound)["added"] == mended["added"] == len(PEOPLE)
    assert kinerja.json("staff", "list") == after


def test_feedback_comes_back_marked_too(agency: Kinerja, tmp_path: Path) -> None:
    rows = [
        ("NIP", "Nama", "Dari", "Umpan Balik"),
        (BUDI, "BUDI", "rekan", "Cepat dan teliti"),
        (ANI, "ANI LESTARI", "tetangga", "Ramah"),
    ]
    out = tmp_path / "masalah.xlsx"
    file = workbook(tmp_path / "umpan.xlsx", rows)
    ran = agency("feedback", "import", file, "--problems", out, "--format", "json")
    assert (ran.code, ran.data["problems_file"]) == (3, str(out))
    page = page_of(out, "Sheet1")
    assert [str(cell).partition("\n")[0][:8] for cell in column_a(page)] == ["Masalah", "diterima", "Error: t"]
    assert colour(page, "D3") == RED
    page["D3"].value = "rekan"
    assert page.parent is not None
    page.parent.save(out)
    assert agency.json("feedback", "import", out)["added"] == 2
