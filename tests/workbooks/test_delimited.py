"""Text files as offices have them: every delimiter, Excel's own first line, quotation marks where they belong."""

from pathlib import Path

import pytest

from kinerja_cli.workbooks.guard import DEFAULT_LIMITS, check_file
from kinerja_cli.workbooks.refusals import FileDamaged
from kinerja_cli.workbooks.sources import open_grids


def rows(path: Path, content: str | bytes) -> list[list[object]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with open_grids(path, check_file(path), DEFAULT_LIMITS, 31) as (grid,):
        return [list(row) for row in grid.rows(frozenset(range(9)))]


@pytest.mark.parametrize("first", ["sep=;\n", "sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_line_that_tells_excel_the_delimiter_is_no_row(tmp_path: Path, first: str, encoding: str) -> None:
    assert rows(tmp_path / "a.csv", f"{first}NIP;NAMA\n1;a,b,c\n".encode(encoding)) == [["NIP", "NAMA"], ["1", "a,b,c"]]


def test_a_delimiter_of_its_own(tmp_path: Path) -> None:
    assert rows(tmp_path / "a.csv", "sep=^\nNIP^NAMA\n") == [["NIP", "NAMA"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_names_full_of_commas_do_not_hide_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    names = [f"PEGAWAI {n}" if delimiter == "," else f"BUDI {n}, S.Pd., M.Si., M.Kes." for n in range(9)]
    lines = ["DAFTAR PEGAWAI", "", f"NIP{delimiter}NAMA", *(f"{n}{delimiter}{name}" for n, name in enumerate(names))]
    found = rows(tmp_path / "a.csv", "\n".join(lines))
    assert found[:3] == [["DAFTAR PEGAWAI"], [], ["NIP", "NAMA"]]
    assert found[3:] == [[str(n), name] for n, name in enumerate(names)]


def test_ragged_rows_and_blank_columns_at_the_end(tmp_path: Path) -> None:
    content = "NIP,NAMA,UNIT,,,\n1,a\n2,b,c,d,,,,\n" + "3,c" + "," * 600 + "\n"
    found = rows(tmp_path / "a.csv", content)
    assert [row[:4] for row in found] == [["NIP", "NAMA", "UNIT", ""], ["1", "a"], ["2", "b", "c", "d"], ["3", "c"]]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('NIP\tNAMA\n1\tBUDI "BUD" S\n', [["NIP", "NAMA"], ["1", 'BUDI "BUD" S']]),
        ('NIP,NAMA\n1,5" pipa\n', [["NIP", "NAMA"], ["1", '5" pipa']]),
        ('NIP\tNAMA\n1\t"BUD" S\n2\tx\n', [["NIP", "NAMA"], ["1", '"BUD" S'], ["2", "x"]]),
        ('NIP\tNAMA\n1\t"a ""b"""\n2\tx\n', [["NIP", "NAMA"], ["1", 'a "b"'], ["2", "x"]]),
        ('NIP\tNAMA\n1\t"a\nb"\n2\tx\n', [["NIP", "NAMA"], ["1", "a\nb"], ["2", "x"]]),
    ],
)
def test_quotation_marks_that_can_mean_one_thing_alone(tmp_path: Path, content: str, found: list[list[object]]) -> None:
    assert rows(tmp_path / "a.tsv", content) == found


@pytest.mark.parametrize(
    "content", ['NIP,NAMA\n1,"BUDI\n2,SITI\n', 'NIP\tNAMA\n1\t"BUDI\n2\n3\tSITI\n', 'NIP,NAMA\n1,"a" b\n']
)
def test_an_open_quotation_mark_swallows_nobody(tmp_path: Path, content: str) -> None:
    with pytest.raises(FileDamaged) as caught:
        rows(tmp_path / "a.csv", content)
    assert "line" in caught.value.message


def test_control_characters_here_and_there_do_not_make_a_text_another_file(tmp_path: Path) -> None:
    assert rows(tmp_path / "a.csv", "NIP,NAMA\n1,BUDI\x01 SANTOSO\x1b DARI KANTOR CABANG\n")[1][0] == "1"


def test_apostrophes_of_our_own_exports_alone_are_taken_off(tmp_path: Path) -> None:
    cells = ["'=1", "''=1", "'''@x", "'x", "'", "''", "=1", "O'Neil"]
    found = [row[0] for row in rows(tmp_path / "a.csv", "\n".join(f"{cell},x" for cell in cells))]
    assert found == ["=1", "'=1", "''@x", "'x", "'", "''", "=1", "O'Neil"]
