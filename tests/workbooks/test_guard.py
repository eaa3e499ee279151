"""Hostile, broken and mistaken files end in a sentence, never in a traceback or a dead process."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja_cli.errors import Exit
from kinerja_cli.workbooks import apart, sources
from kinerja_cli.workbooks.guard import DEFAULT_LIMITS, FileKind, Limits, check_file
from kinerja_cli.workbooks.read import Purpose, SheetReading, read_sheets
from kinerja_cli.workbooks.refusals import FileRefused, FileTooLarge, NoHeading
from tests.workbooks.made import (
    SHEET_END,
    SHEET_START,
    cell,
    csv_file,
    ods,
    ole,
    roster_xml,
    xls,
    xlsb,
    xlsx,
    xlsx_of,
)


def refusal(path: Path, limits: Limits = DEFAULT_LIMITS) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        check_file(path, limits)
    assert caught.value.message
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("make", "name", "kind"),
    [
        (xlsx, "a.xlsx", FileKind.XLSX),
        (xlsx, "wrong-ending.xls", FileKind.XLSX),
        (xls, "a.xls", FileKind.XLS),
        (xlsb, "a.xlsb", FileKind.XLSB),
        (ods, "a.ods", FileKind.ODS),
        (csv_file, "a.csv", FileKind.CSV),
        (csv_file, "a.txt", FileKind.CSV),
    ],
)
def test_the_kind_is_told_by_the_content_not_by_the_name(
    tmp_path: Path, make: Callable[[Path], Path], name: str, kind: FileKind
) -> None:
    assert check_file(make(tmp_path / name)) is kind


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    error = refusal(tmp_path / "none.xlsx")
    assert (error.code, error.exit) == ("file-missing", Exit.NOT_FOUND)


def test_a_folder_is_unreadable(tmp_path: Path) -> None:
    error = refusal(tmp_path)
    assert (error.code, error.exit) == ("file-unreadable", Exit.REJECTED)


def test_a_file_that_may_not_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path / "a.xlsx")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    error = refusal(path)
    assert error.code == "file-unreadable"
    assert "Permission denied" in error.message


@pytest.mark.parametrize("content", [b"", b"  \r\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert refusal(tmp_path / "a.csv").code == "file-empty"


@pytest.mark.parametrize(
    ("content", "seems"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"MIME-Version: 1.0\r\n", "web archive"),
        (b'{"nip": 1}', "JSON"),
        (b"SQLite format 3\x00", "database"),
        (b"\x7fELF\x02\x01\x01\x00", "another program"),
        (b"PK\x05\x06" + b"\0" * 18, "empty archive"),
    ],
)
def test_another_kind_of_file_is_named(tmp_path: Path, content: bytes, seems: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    error = refusal(tmp_path / "a.xlsx")
    assert error.code == "file-kind"
    assert seems in error.message


@pytest.mark.parametrize(("part", "seems"), [("word/document.xml", "Word"), ("ppt/x.xml", "PowerPoint"), ("a", "ZIP")])
def test_another_kind_of_archive_is_named(tmp_path: Path, part: str, seems: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, "x")
    error = refusal(tmp_path / "a.xlsx")
    assert error.code == "file-kind"
    assert seems in error.message


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        ("EncryptedPackage", "file-encrypted"),
        ("WordDocument", "file-kind"),
        ("SomethingElse", "file-kind"),
    ],
)
def test_compound_files_are_told_apart(tmp_path: Path, stream: str, code: str) -> None:
    assert refusal(ole(tmp_path / "a.xlsx", stream)).code == code


def test_an_encrypted_ods(tmp_path: Path) -> None:
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = ods(tmp_path / "a.ods", manifest=locked)
    assert refusal(path).code == "file-encrypted"


def test_an_encrypted_archive(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 8] |= 1
    path.write_bytes(data)
    assert refusal(path).code == "file-encrypted"


@pytest.mark.parametrize(
    ("part", "content"),
    [("xl/vbaProject.bin", b"x"), ("xl/VBAPROJECT.BIN", b"x")],
)
def test_macros_are_refused(tmp_path: Path, part: str, content: bytes) -> None:
    assert refusal(xlsx_of(tmp_path / "a.xlsm", roster_xml(), {part: content})).code == "file-macro"


def test_a_macro_content_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(path).code == "file-macro"


FAR = [
    pytest.param(cell("XFD1048576", "x"), id="far corner"),
    pytest.param(cell("A1048576", "x"), id="far row"),
    pytest.param(cell("XFD1", "x"), id="far column"),
    pytest.param(cell("SS1", "x"), id="one column too many"),
    pytest.param(cell("A500001", "x"), id="one row too many"),
    pytest.param(b"<c r='XFD1048576'><v>1</v></c>", id="single quotes"),
    pytest.param(b'<c r = "XFD1048576"><v>1</v></c>', id="blanks round the equals sign"),
    pytest.param(b'<c\n\tr="XFD1048576"><v>1</v></c>', id="line break"),
    pytest.param(b'<c t="n" r="XFD1048576"><v>1</v></c>', id="another attribute first"),
    pytest.param(b'<c t="n"r="XFD1048576"><v>1</v></c>', id="no blank between attributes"),
    pytest.param(b'<c r="xfd1048576"><v>1</v></c>', id="small letters"),
    pytest.param(b'<x:c r="XFD1048576"><v>1</v></x:c>', id="prefix"),
    pytest.param(b'<c r="A0001048576"><v>1</v></c>', id="leading zeros"),
    pytest.param(b'<row r="1048576"><c><v>1</v></c></row>', id="row only"),
    pytest.param(b"<row>" + b"<c><v>1</v></c>" * 600 + b"</row>", id="no references at all"),
]


@pytest.mark.parametrize("stray", FAR)
def test_a_far_cell_is_refused_before_any_reader_sees_it(tmp_path: Path, stray: bytes) -> None:
    body = roster_xml(50)
    for place, content in (("before", stray + body), ("after", body + stray), ("alone", stray)):
        error = refusal(xlsx_of(tmp_path / f"{place}.xlsx", content))
        assert isinstance(error, FileTooLarge), place
        assert error.code == "file-too-large"


def test_a_far_cell_across_the_seam_of_two_pieces_is_seen(tmp_path: Path) -> None:
    stray = cell("XFD1048576", "x")
    for shift in range(0, len(stray), 7):
        filler = b" " * ((1 << 20) - len(SHEET_START) - shift)
        path = xlsx_of(tmp_path / "a.xlsx", SHEET_START + filler + stray + SHEET_END, whole=True)
        assert refusal(path, Limits(ratio=10_000)).code == "file-too-large"


def test_a_block_that_is_nearly_all_empty_is_refused_though_no_row_or_column_is_too_far(
    tmp_path: Path,
) -> None:
    error = refusal(xlsx_of(tmp_path / "a.xlsx", roster_xml() + cell("SR500000", "x")))
    assert error.code == "file-too-large"
    assert "256.000.000" in error.message
    assert "5.000.000" in error.message


def test_a_far_cell_in_a_part_that_only_the_relations_call_a_sheet(tmp_path: Path) -> None:
    path = xlsx_of(tmp_path / "a.xlsx", roster_xml(), {"xl/media/image1.png": SHEET_START + cell("XFD1048576", "x")})
    assert refusal(path).code == "file-too-large"


def test_a_far_cell_of_a_binary_workbook(tmp_path: Path) -> None:
    assert refusal(xlsb(tmp_path / "a.xlsb", far=(1_048_575, 16_383))).code == "file-too-large"


@pytest.mark.parametrize(
    "body",
    [
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string"/>'
        "</table:table-row>",
        '<table:table-row><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="string"/></table:table-row>',
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"/></table:table-row>',
    ],
)
def test_a_far_cell_of_an_ods(tmp_path: Path, body: str) -> None:
    assert refusal(ods(tmp_path / "a.ods", body=body)).code == "file-too-large"


def test_a_file_that_unpacks_to_far_more_than_it_is(tmp_path: Path) -> None:
    error = refusal(xlsx_of(tmp_path / "a.xlsx", roster_xml() + b" " * (20 << 20)))
    assert error.code == "file-too-large"
    assert "200" in error.message


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    path = xlsx_of(tmp_path / "a.xlsx", roster_xml(2_000))
    data = bytearray(path.read_bytes())
    entry = data.find(b"xl/worksheets/sheet1.xml", data.find(b"PK\x01\x02")) - 46
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    assert refusal(path).code == "file-damaged"


@pytest.mark.parametrize(
    ("limit", "body", "parts"),
    [
        (Limits(packed=500), roster_xml(), {}),
        (Limits(unpacked=5_000), roster_xml(100), {}),
        (Limits(entries=8), roster_xml(), {f"part{n}": b"x" for n in range(10)}),
        (Limits(rows=20), roster_xml(20), {}),
        (Limits(columns=1), roster_xml(1), {}),
        (Limits(cells=30), roster_xml(20), {}),
    ],
)
def test_each_limit_is_told_with_both_numbers(
    tmp_path: Path, limit: Limits, body: bytes, parts: dict[str, bytes]
) -> None:
    path = xlsx_of(tmp_path / "a.xlsx", body, parts)
    assert check_file(path) is FileKind.XLSX
    error = refusal(path, limit)
    assert error.code == "file-too-large"
    assert sum(part.replace(".", "").rstrip(",.").isdigit() for part in error.message.split()) == 2


def test_entity_bombs_are_refused(tmp_path: Path) -> None:
    nested = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{nested}]><worksheet>&l9;</worksheet>'.encode()
    assert refusal(xlsx_of(tmp_path / "a.xlsx", bomb, whole=True)).code == "file-damaged"
    outside = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><sst>&e;</sst>'
    assert refusal(xlsx_of(tmp_path / "b.xlsx", roster_xml(), {"xl/sharedStrings.xml": outside})).code == "file-damaged"


def test_a_part_in_an_encoding_that_hides_its_cells(tmp_path: Path) -> None:
    sheet = (SHEET_START + cell("XFD1048576", "x") + SHEET_END).decode().encode("utf-16")
    assert refusal(xlsx_of(tmp_path / "a.xlsx", sheet, whole=True)).code == "file-damaged"


@pytest.mark.parametrize("body", [b'<c r="1A"/>', b'<c r="&#65;1"/>', b"<c r=''/>", b"<c " + b"x" * (3 << 20)])
def test_references_that_are_none(tmp_path: Path, body: bytes) -> None:
    path = xlsx_of(tmp_path / "a.xlsx", body)
    assert refusal(path, Limits(ratio=10_000)).code == "file-damaged"


def test_an_honest_wide_and_long_sheet_passes(tmp_path: Path) -> None:
    rows = [[f"{c}{r}" for c in range(60)] for r in range(300)]
    assert check_file(xlsx(tmp_path / "a.xlsx", rows), Limits(rows=300, columns=60, cells=18_000)) is FileKind.XLSX
    assert refusal(tmp_path / "a.xlsx", Limits(rows=299)).code == "file-too-large"
    assert refusal(tmp_path / "a.xlsx", Limits(columns=59)).code == "file-too-large"


def test_a_prefixed_workbook_without_references_is_read(tmp_path: Path) -> None:
    body = b"<row>" + b"".join(cell("A1", t).replace(b' r="A1"', b"") for t in ("NIP", "NAMA")) + b"</row>"
    body += (
        b"<row>" + b"".join(cell("A1", t).replace(b' r="A1"', b"") for t in ("198501152010011001", "BUDI")) + b"</row>"
    )
    path = xlsx_of(tmp_path / "a.xlsx", body)
    (reading,) = read_sheets(path, Purpose.ROSTER)
    assert [row.get("name") for row in reading.rows] == ["BUDI"]  # type: ignore[union-attr]  # the test would fail first


def test_cut_files_are_damaged(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "whole.xlsx").read_bytes()
    for length in (10, 100, len(whole) // 2, len(whole) - 30):
        path = tmp_path / f"{length}.xlsx"
        path.write_bytes(whole[:length])
        assert refusal(path).code == "file-damaged"


def test_an_ods_on_which_the_reader_would_never_end(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", body="<table:table-row><table:table-cell></table:t></table:table-row>")
    with pytest.raises(FileRefused) as caught:
        list(read_sheets(path, Purpose.ROSTER, limits=Limits(seconds=1)))
    assert caught.value.code == "file-damaged"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import os; os.abort()", "file-damaged"),
        ("print('noise')", "file-damaged"),
        ("", "file-damaged"),
        ("bytearray(1 << 40)", "file-damaged"),
        ("import pickle, sys; pickle.dump(('password', ''), sys.stdout.buffer)", "file-encrypted"),
    ],
)
def test_whatever_becomes_of_the_other_process_this_one_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, code: str
) -> None:
    path = xls(tmp_path / "a.xls")
    child = tmp_path / "child.py"
    child.write_text(script)
    monkeypatch.setattr(apart, "_CHILD", child)
    with pytest.raises(FileRefused) as caught:
        list(read_sheets(path, Purpose.ROSTER))
    assert caught.value.code == code


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One file of each kind, as bytes."""
    folder = tmp_path_factory.mktemp("honest")
    made = {"xlsx": xlsx_of(folder / "xlsx", roster_xml()), "xls": xls(folder / "xls")}
    made |= {"xlsb": xlsb(folder / "xlsb"), "ods": ods(folder / "ods")}
    return {kind: path.read_bytes() for kind, path in made.items()}


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from(["xlsx", "xlsx", "xlsx", "xls", "xlsb", "ods"]))
def test_changed_bytes_never_give_anything_but_rows_or_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, honest: dict[str, bytes], data: st.DataObject, kind: str
) -> None:
    path = tmp_path / "changed"
    content = bytearray(honest[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    monkeypatch.setattr(sources, "LEAN_FROM", data.draw(st.sampled_from([0, 1 << 60])))
    try:
        for reading in read_sheets(path, Purpose.ROSTER, limits=Limits(seconds=1)):
            list(getattr(reading, "rows", ()))
    except (FileRefused, NoHeading):
        pass


@pytest.mark.parametrize(
    "claim",
    [
        b'<dimension ref="A1:XFD1048576"/>',
        b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ],
)
def test_sizes_that_are_only_claimed_cost_nothing(tmp_path: Path, claim: bytes) -> None:
    sheet = SHEET_START.replace(b"<sheetData>", claim + b"<sheetData>") + roster_xml() + SHEET_END
    (reading,) = read_sheets(xlsx_of(tmp_path / "a.xlsx", sheet, whole=True), Purpose.ROSTER)
    assert isinstance(reading, SheetReading)
    assert len(list(reading.rows)) == 2


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/SHAREDSTRINGS.xml"])
@pytest.mark.parametrize("filler", [b"", b" " * (2 << 20)])
def test_a_table_of_strings_that_claims_to_be_endless_is_refused(tmp_path: Path, name: str, filler: bytes) -> None:
    strings = b"<x>" + filler + b'<sst uniqueCount="99999999999"><si><t>x</t></si></sst></x>'
    error = refusal(xlsx_of(tmp_path / "a.xlsx", roster_xml(), {name: strings}), Limits(ratio=10_000))
    assert error.code == "file-damaged"
