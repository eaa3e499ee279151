"""What a result looks like: for scripts exactly the promised keys, for people never cut."""

import csv
import io
import json
import os
import stat
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_cli.cli.bars import bar_cells
from kinerja_cli.cli.render import show
from kinerja_cli.cli.state import session
from kinerja_cli.cli.table import fit
from kinerja_cli.cli.values import plain, spoken, written
from kinerja_cli.cli.views import Column, Format, View
from kinerja_cli.errors import Exit, KinerjaError, UsageError

NIP = "198501152010011001"
LONG = "Dinas Pendidikan, Kepemudaan dan Olahraga Kabupaten Contoh"
PEOPLE = View(
    "Staff",
    [
        Column("nip", "NIP", "nip"),
        Column("name", "Name"),
        Column("unit", "Unit"),
        Column("unit_code", "Unit code", in_table=False),
        Column("employment", "Employment", labels={"pns": "PNS"}, wide=True),
        Column("bold", "In capitals", in_export=False),
    ],
    [
        {"nip": NIP, "name": "Budi [red]Santoso[/red]", "unit": LONG, "unit_code": "A1", "employment": "pns"},
        {"nip": "199003032015032002", "name": "Siti", "unit": None, "bold": "SITI"},
    ],
    notes=("A note.",),
)
GROUPS = View(
    "Summary",
    [
        Column("label", "Unit"),
        Column("good", "Good", "number"),
        Column("bad", "Bad", "number"),
        Column("share", "Rated", "percent", in_export=False),
        Column("bar", "Distribution", "bar", parts=("good", "bad")),
    ],
    [
        {"label": "BKD", "good": 30, "bad": 1, "share": Decimal("66.666")},
        {"label": "Dinas Kesehatan", "good": 0, "bad": 0, "share": None},
    ],
    total={"label": "Total", "good": 30, "bad": 1},
    chart=True,
)
ONE = View(
    "One",
    [Column("nip", "NIP", "nip"), Column("steps", "Steps", "list"), Column("late", "Late")],
    [{"nip": NIP, "steps": ["first", "second"], "late": False}],
    single=True,
)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    session.reset()
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def out(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def shown(out: pytest.CaptureFixture[str], view: View, form: Format | None = None) -> str:
    show(view, form)
    return out.readouterr().out


def test_a_listing_in_json_is_an_array_with_exactly_the_promised_keys(
    out: pytest.CaptureFixture[str],
) -> None:
    text = shown(out, PEOPLE, Format.JSON)

    rows = json.loads(text)
    assert [list(row) for row in rows] == [["nip", "name", "unit", "unit_code", "employment"]] * 2
    assert rows[0]["employment"] == "pns"
    assert rows[1]["unit"] is None
    assert text == json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def test_a_single_result_in_json_is_an_object(out: pytest.CaptureFixture[str]) -> None:
    found = json.loads(shown(out, ONE, Format.JSON))

    assert found == {"nip": NIP, "steps": ["first", "second"], "late": False}


def test_json_prints_the_data_of_a_view_in_place_of_its_rows(out: pytest.CaptureFixture[str]) -> None:
    view = View("x", ONE.columns, ONE.rows, data={"operation": None, "share": Decimal("66.7")})

    assert json.loads(shown(out, view, Format.JSON)) == {"operation": None, "share": 66.7}


def test_an_empty_listing_is_an_empty_array_a_header_and_a_sentence(out: pytest.CaptureFixture[str]) -> None:
    nobody = View("Staff", [Column("nip", "NIP", "nip")], [])

    assert shown(out, nobody, Format.JSON) == "[]\n"
    assert shown(out, nobody, Format.TSV) == "nip\n"
    assert "Nothing to show." in shown(out, nobody, Format.TABLE)


def test_in_a_pipe_the_default_is_tsv_whole_and_the_notes_go_to_standard_error(
    out: pytest.CaptureFixture[str],
) -> None:
    show(PEOPLE)

    captured = out.readouterr()
    assert captured.out.splitlines() == [
        "nip\tname\tunit\tunit_code\temployment",
        f"{NIP}\tBudi [red]Santoso[/red]\t{LONG}\tA1\tpns",
        "199003032015032002\tSiti\t\t\t",
    ]
    assert captured.err == "A note.\n"


def test_the_form_named_before_the_command_holds_too(out: pytest.CaptureFixture[str]) -> None:
    session.format = Format.CSV

    assert shown(out, ONE).splitlines()[0] == "nip,steps,late"


def test_no_cell_of_a_csv_becomes_a_formula(out: pytest.CaptureFixture[str]) -> None:
    view = View(
        "x",
        [Column("a", "A"), Column("n", "N", "number")],
        [{"a": value, "n": -5} for value in ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=b", 'say "yes", no')],
    )

    rows = list(csv.DictReader(io.StringIO(shown(out, view, Format.CSV))))

    assert [row["a"] for row in rows] == ["'=1+1", "'+1", "'-1", "'@x", "' x", "' x", "a=b", 'say "yes", no']
    assert {row["n"] for row in rows} == {"-5"}


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_no_table_cuts_anything_however_narrow(
    width: int, out: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    text = shown(out, PEOPLE, Format.TABLE)

    lines = text.splitlines()
    assert max(map(len, lines)) <= width
    assert NIP in text
    assert "[red]" in text
    assert "…" not in text
    for word in LONG.split():
        assert word in text
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_table_in_a_pipe_is_as_wide_as_its_content(out: pytest.CaptureFixture[str]) -> None:
    lines = shown(out, PEOPLE, Format.TABLE).splitlines()

    assert [line for line in lines if NIP in line and LONG in line and "PNS" in line]
    assert "\x1b" not in "".join(lines)


def test_a_narrow_screen_says_which_columns_had_no_room(
    out: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    text = shown(out, PEOPLE, Format.TABLE)

    assert "No room for: Employment." in text
    assert "PNS" not in text


def test_people_see_words_and_scripts_see_values(out: pytest.CaptureFixture[str]) -> None:
    table = shown(out, ONE, Format.TABLE)

    assert "no" in table.splitlines()[-1]
    assert "false" in shown(out, ONE, Format.TSV)


def test_a_distribution_has_bars_that_differ_without_colour_and_a_total(
    out: pytest.CaptureFixture[str],
) -> None:
    text = shown(out, GROUPS, Format.TABLE)

    assert "█" * 23 + "▓" in text
    assert "█ Good   ▓ Bad" in text
    assert "66.7%" in text
    assert text.splitlines()[-3].split()[:3] == ["Total", "30", "1"]


def test_a_terminal_gets_colours_unless_it_wishes_none(
    out: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm-256color")

    assert "\x1b[" in shown(out, GROUPS)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown(out, GROUPS)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in shown(out, GROUPS)


def test_data_cannot_speak_to_the_terminal(out: pytest.CaptureFixture[str]) -> None:
    view = View("x", [Column("a", "A")], [{"a": "\x1b[31mred\x9b0m\x07\u202eback"}])

    for form in (Format.TABLE, Format.TSV, Format.CSV):
        text = shown(out, view, form)
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(text)
        assert "red" in text


def test_a_workbook_keeps_numbers_dates_and_texts_apart(tmp_path: Path) -> None:
    view = View(
        "Staff",
        [
            Column("nip", "NIP", "nip"),
            Column("since", "Since", "date"),
            Column("n", "Number", "number"),
            Column("share", "Share", "percent"),
            Column("kind", "Kind", labels={"pns": "Civil servant"}),
        ],
        [{"nip": NIP, "since": "2020-03-01", "n": 3, "share": 50, "kind": "pns"}],
    )
    file = tmp_path / "staff.xlsx"

    show(view, None, file)

    row = [cell.value for cell in list(openpyxl.load_workbook(file).worksheets[0].iter_rows())[-1]]
    assert row[0] == NIP
    assert f"{row[1]:%Y-%m-%d}" == "2020-03-01"
    assert row[2:] == [3, 0.5, "Civil servant"]


def test_a_workbook_of_a_distribution_has_its_total_and_chart(tmp_path: Path) -> None:
    file = tmp_path / "summary.xlsx"

    show(GROUPS, None, file)

    book = openpyxl.load_workbook(file)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[2] == ("Unit", "Good", "Bad", "Rated")
    assert rows[-1][:3] == ("Total", 30, 1)
    assert len(book.sheetnames) == 2


def test_a_single_result_in_a_workbook_is_a_list_of_fields(tmp_path: Path) -> None:
    file = tmp_path / "one.xlsx"

    show(ONE, None, file)

    rows = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert ("NIP", NIP) in rows
    assert ("Steps", "first\nsecond") in rows


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "md", "xlsx"])
def test_a_file_is_whole_private_and_nothing_is_left_beside_it(
    ending: str, tmp_path: Path, out: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"Staff.{ending.upper()}"

    show(PEOPLE, None, file)

    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 or os.name == "nt"
    assert out.readouterr().out == ""


def test_a_csv_file_says_what_standard_output_says(tmp_path: Path, out: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "staff.csv"

    show(PEOPLE, None, file)

    assert file.read_text(encoding="utf-8") == shown(out, PEOPLE, Format.CSV)


def test_markdown_keeps_the_signs_of_the_data_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "x.md"

    show(View("x", [Column("a", "A|B")], [{"a": "one|two\nthree <b>"}]), None, file)

    assert file.read_text(encoding="utf-8").splitlines()[2:] == [
        "| A\\|B |",
        "| --- |",
        "| one\\|two<br>three \\<b\\> |",
    ]


@pytest.mark.parametrize("name", ["staff.pdf", "staff", "-"])
def test_an_unknown_ending_is_refused_and_the_known_ones_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refusal:
        show(PEOPLE, None, tmp_path / name)

    assert ".xlsx .csv .tsv .json .md" in refusal.value.hint


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_missing_folder_is_said_in_a_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(KinerjaError) as refusal:
        show(PEOPLE, None, tmp_path / "nowhere" / name)

    assert (refusal.value.exit, refusal.value.code) == (Exit.NOT_FOUND, "folder-missing")


@pytest.mark.parametrize("form", [Format.TSV, Format.TABLE, Format.JSON])
def test_a_pipe_closed_by_its_reader_ends_quietly(form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        show(PEOPLE, form)
        show(PEOPLE, form)


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=9), st.integers(10, 200))
def test_columns_fill_the_room_and_none_is_narrower_than_it_may_be(pairs: list[tuple[int, int]], room: int) -> None:
    natural = [max(pair) for pair in pairs]
    least = [min(pair) for pair in pairs]

    widths = fit(natural, least, room)

    gaps = 2 * (len(pairs) - 1)
    if widths is None:
        assert sum(least) + gaps > room
    else:
        assert sum(widths) + gaps == min(room, sum(natural) + gaps)
        assert all(low <= width <= high for low, width, high in zip(least, widths, natural, strict=True))


@given(st.lists(st.integers(0, 80_000), min_size=1, max_size=5), st.integers(10, 24))
def test_a_bar_is_full_and_hides_nobody(values: list[int], width: int) -> None:
    cells = bar_cells(values, width)

    assert sum(cells) == (width if any(values) else 0)
    assert all(bool(value) == bool(cell) for value, cell in zip(values, cells, strict=True))


@given(st.text())
def test_no_text_breaks_a_line_of_tsv_or_reaches_the_terminal(text: str) -> None:
    assert not {"\t", "\n", "\r", "\x0b", "\x0c", "\x1b", "\u2028"} & set(written(text))
    assert not {"\r", "\x1b", "\x9b"} & set(plain(text))


def test_what_is_absent_is_no_zero() -> None:
    assert spoken(Column("a", "A", "percent"), None) == "-"
    assert spoken(Column("a", "A", "number"), 0) == "0"
    assert written(None) == ""
