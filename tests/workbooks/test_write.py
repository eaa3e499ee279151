"""Workbooks we send out: text stays text, a failure leaves the old file, and they are set up for print."""

import stat
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kinerja_cli.domain.text import STEERING
from kinerja_cli.workbooks.layouts import ROSTER_TEMPLATE
from kinerja_cli.workbooks.read import Purpose, SheetReading, read_sheets
from kinerja_cli.workbooks.templates import write_roster_template
from kinerja_cli.workbooks.write import Chart, Column, Sheet, write_workbook

NIP = "198501152010011001"
PEOPLE = (Column("nip", "NIP", "nip"), Column("name", "Nama"))
COUNTS = (
    Column("label", "Unit Kerja"),
    Column("sangat_baik", "Sangat Baik", "number"),
    Column("other", "Lain", "number"),
    Column("share", "Persen", "percent"),
)


def summary(**changes: object) -> Sheet:
    values: dict[str, object] = {
        "name": "Ringkasan",
        "columns": COUNTS,
        "rows": [("Dinas A", 3, 0, 0.25), ("Dinas B", 1, 2, Decimal("0.5"))],
        "title": "Ringkasan",
        "subtitle": "Triwulan I 2026",
        "total": ("Jumlah", 4, 2, 0.3),
        "chart": Chart("Sebaran", "label", ("sangat_baik", "other")),
        "notes": ("Dasar: PermenPANRB 6/2022.",),
    }
    return Sheet(**(values | changes))  # type: ignore[arg-type]  # the cases give their arguments loosely


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Sheet("Pegawai", PEOPLE, [(NIP, "BUDI"), (None, "SITI")], title="Daftar")])
    (reading,) = read_sheets(path, Purpose.ROSTER)
    assert isinstance(reading, SheetReading)
    assert reading.source.header_row == 3
    assert [(row.number, row.get("nip"), row.get("name")) for row in reading.rows] == [
        (4, NIP, "BUDI"),
        (5, None, "SITI"),
    ]


def test_titles_header_rows_total_notes_and_chart(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [summary()])
    book = load_workbook(path)
    assert book.sheetnames == ["Ringkasan", "Grafik"]
    page = book["Ringkasan"]
    assert [tuple(v for v in row if v is not None) for row in page.iter_rows(values_only=True)] == [
        ("Ringkasan",),
        ("Triwulan I 2026",),
        (),
        ("Unit Kerja", "Sangat Baik", "Lain", "Persen"),
        ("Dinas A", 3, 0, 0.25),
        ("Dinas B", 1, 2, 0.5),
        ("Jumlah", 4, 2, 0.3),
        (),
        ("Dasar: PermenPANRB 6/2022.",),
    ]
    assert page.auto_filter.ref == "A4:D6"
    assert page.freeze_panes == "A5"
    assert page.print_title_rows == "$4:$4"
    assert page["A7"].font.bold
    assert page["D5"].number_format == "0.0%"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 14)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter is not None
    assert page.oddFooter.right.text == "Halaman &P dari &N"
    (chart,) = book["Grafik"]._charts  # type: ignore[attr-defined]  # openpyxl has no public name for it
    assert chart.grouping == "stacked"
    assert [series.val.numRef.f for series in chart.series] == [
        "'Ringkasan'!$B$5:$B$6",
        "'Ringkasan'!$C$5:$C$6",
    ]


def test_a_chart_of_nothing_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [summary(rows=[], total=None, notes=())])
    assert load_workbook(path).sheetnames == ["Ringkasan"]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+62", "-5", "@x", "\t=1", "{=1}", "#REF!", "007", "1E5", " x "]
)
def test_text_is_never_a_formula_nor_a_number(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    columns = (*PEOPLE, Column("n", "Nilai", "number"), Column("d", "Tanggal", "date"))
    write_workbook(path, [Sheet(text, columns, [(text, text, text, text)], title=text, notes=(text,))])
    page = load_workbook(path).worksheets[0]
    for row, columns_filled in ((1, 1), (4, 4), (6, 1)):
        for cell in page[row][:columns_filled]:
            assert (cell.value, cell.data_type) == (text, "s")
    assert page["B4"].quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_numbers_and_dates_keep_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    columns = (Column("n", "Nilai", "number"), Column("m", "Nilai", "number"), Column("d", "Tanggal", "date"))
    write_workbook(path, [Sheet("x", columns, [(1234, Decimal("87.55"), date(2026, 3, 7)), (None, "", None)])])
    page = load_workbook(path).active
    assert page is not None
    assert (page["A2"].value, page["A2"].number_format) == (1234, "#,##0")
    assert (page["B2"].value, page["B2"].number_format) == (87.55, "#,##0.00")
    assert page["C2"].is_date
    assert page["C2"].number_format == "[$-421]d mmmm yyyy"
    assert [cell.value for cell in page[3]] == [None, None, None]


@given(text=st.text(max_size=40))
def test_any_text_can_be_written_and_comes_back_but_for_what_nobody_sees(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("text") / "a.xlsx"
    write_workbook(path, [Sheet("x", PEOPLE, [(NIP, text)])])
    value = load_workbook(path)["x"]["B2"].value
    kept = STEERING.sub("", text)
    assert (value or "").replace("\r\n", "\n").replace("\r", "\n") == kept.replace("\r\n", "\n").replace("\r", "\n")


def test_names_of_sheets_are_made_legal_and_unique(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    names = ["Dinas A/B: [x]*?", "", "y" * 40, "Y" * 40, "'kutip'"]
    write_workbook(path, [Sheet(name, PEOPLE, []) for name in names])
    found = load_workbook(path).sheetnames
    assert found == ["Dinas A B x", "Data", "y" * 31, "Y" * 27 + " (2)", "kutip"]


def test_widths_follow_the_content_within_bounds_and_long_texts_make_their_row_higher(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    columns = (Column("a", "A"), Column("b", "B"), Column("c", "C", width=12), Column("nip", "NIP", "nip"))
    write_workbook(path, [Sheet("x", columns, [("ab", "kata " * 40, "y", NIP), ("ab", "x", "baris\nbaris", NIP)])])
    page = load_workbook(path)["x"]
    widths = [page.column_dimensions[letter].width for letter in "ABCD"]
    assert widths[0] < 10
    assert widths[1] == 46
    assert widths[2] == 12
    assert widths[3] > 18
    assert page.row_dimensions[2].height > page.row_dimensions[3].height > 20


def test_wide_tables_keep_nip_and_name_in_sight(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    more = tuple(Column(f"c{n}", f"C{n}") for n in range(8))
    write_workbook(path, [Sheet("x", (*PEOPLE, *more), []), Sheet("y", more, [])])
    book = load_workbook(path)
    assert (book["x"].freeze_panes, book["y"].freeze_panes) == ("C2", "B2")


def test_choices_become_drop_downs_from_a_hidden_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    choices = tuple(f"Pilihan nomor {n}" for n in range(100))
    columns = (
        Column("nip", "NIP", "nip"),
        Column("a", "A", choices=choices),
        Column("b", "B", choices=choices),
    )
    write_workbook(path, [Sheet("x", columns, [(NIP, choices[0], None)], entry_rows=10)])
    book = load_workbook(path)
    assert book["_pilihan"].sheet_state == "hidden"
    rules = {str(rule.sqref): rule for rule in book["x"].data_validations.dataValidation}
    assert set(rules) == {"A2:A12", "B2:B12", "C2:C12"}
    assert rules["B2:B12"].formula1 == rules["C2:C12"].formula1 == "'_pilihan'!$A$1:$A$100"
    assert book["x"].column_dimensions["A"].number_format == "@"


def test_the_file_is_private_and_a_failure_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Sheet("x", PEOPLE, [(NIP, "BUDI")])])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()

    def broken() -> Iterator[tuple[str, str]]:
        yield (NIP, "SITI")
        raise RuntimeError("cut")

    with pytest.raises(RuntimeError, match="cut"):
        write_workbook(path, [Sheet("x", PEOPLE, broken())])
    with pytest.raises(OSError, match="none"):
        write_workbook(tmp_path / "none" / "a.xlsx", [Sheet("x", PEOPLE, [])])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_long_table_is_streamed_past_the_look_ahead(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Sheet("x", PEOPLE, ((NIP, f"n{n}") for n in range(1_500)))])
    page = load_workbook(path)["x"]
    assert page.max_row == 1_501
    assert page.auto_filter.ref == "A1:B1501"


def test_the_roster_template_is_recognised_and_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_roster_template(path)
    (reading,) = read_sheets(path, Purpose.ROSTER)
    assert isinstance(reading, SheetReading)
    assert reading.source.layout == "kinerja_roster"
    assert reading.source.is_template
    assert tuple(reading.source.columns) == tuple(field for field, _ in ROSTER_TEMPLATE)
    assert reading.ignored == ()
    assert list(reading.rows) == []


def test_a_filled_in_template_is_read(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_roster_template(path)
    book = load_workbook(path)
    page = book["Pegawai"]
    assert page.column_dimensions["A"].number_format == "@"
    page["A2"], page["B2"], page["I2"] = NIP, "BUDI", "III/c"
    book.save(path)
    reading = next(iter(read_sheets(path, Purpose.ROSTER)))
    assert isinstance(reading, SheetReading)
    assert [(row.number, row.get("nip"), row.get("rank")) for row in reading.rows] == [(2, NIP, "III/c")]
