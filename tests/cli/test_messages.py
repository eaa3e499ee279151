"""What is said on standard error: mistakes with their place and way on, and how a command ends."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer

from kinerja_cli.cli.grouping import place_text
from kinerja_cli.cli.messages import progress, say, show_error, show_problems
from kinerja_cli.cli.run import asked_format, command_of, plain_words, run
from kinerja_cli.cli.state import session
from kinerja_cli.cli.views import Format
from kinerja_cli.errors import Exit, KinerjaError, Place, Problem, ProblemKind, Severity
from tests.builders import BUDI, Kinerja
from tests.cli.kept import done_at

BAD = ProblemKind("nip-length", Severity.ERROR, "The NIP {value} is too short.", "Type all digits.", "")
ODD = ProblemKind("word-unknown", Severity.WARNING, "{value} is unknown.", "Check the word.", "")
NOTE = ProblemKind("same-twice", Severity.NOTE, "{value} is there twice.", "Nothing to do.", "")


class Closed(KinerjaError):
    """A refusal by state."""

    code = "period-closed"
    exit = Exit.REFUSED


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    session.reset()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def err(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def bad(row: int) -> Problem:
    return BAD.at(Place("roster.xlsx", "Sheet 1", row, "F"), field="nip", value=f"1985{row}")


def test_a_problem_says_what_where_and_what_to_do(err: pytest.CaptureFixture[str]) -> None:
    show_problems([bad(17)])

    assert err.readouterr().err.splitlines() == [
        "error[nip-length]: The NIP 198517 is too short.",
        '  roster.xlsx, sheet "Sheet 1", cell F17',
        "  Type all digits.",
        "Errors: 1, warnings: 0, notes: 0.",
    ]


def test_the_worst_comes_first_and_many_alike_are_counted(err: pytest.CaptureFixture[str]) -> None:
    show_problems([NOTE.at(Place("a.csv", row=1), value="x"), ODD.at(Place("a.csv"), value="y"), *map(bad, range(214))])

    lines = err.readouterr().err.splitlines()
    assert sum(line.startswith("error[nip-length]") for line in lines) == 3
    assert "  214 rows alike, 3 shown" in lines
    assert "  the others: rows 3-213" in lines
    assert [line.partition("[")[0] for line in lines if "]: " in line] == [
        "error",
        "error",
        "error",
        "warning",
        "note",
    ]
    assert "Errors: 214, warnings: 1, notes: 1." in lines


def test_one_word_in_many_rows_is_told_once_with_its_rows(err: pytest.CaptureFixture[str]) -> None:
    words = ["III.C1"] * 200 + ["4Z"] * 30 + [f"word {number}" for number in range(9) for _twice in range(2)]
    show_problems([ODD.at(Place("a.xlsx", "S", row, "C"), value=word) for row, word in enumerate(words, 2)])

    assert err.readouterr().err.splitlines() == [
        "warning[word-unknown]: III.C1 is unknown.",
        '  a.xlsx, sheet "S", cell C2',
        "  199 more alike: rows 3-201",
        "warning[word-unknown]: 4Z is unknown.",
        '  a.xlsx, sheet "S", cell C202',
        "  29 more alike: rows 203-231",
        "warning[word-unknown]: word 0 is unknown.",
        '  a.xlsx, sheet "S", cell C232',
        "  1 more alike: row 233",
        "  Check the word.",
        "  248 rows alike, 3 shown",
        "  also: word 1 (2 times), word 2 (2 times), word 3 (2 times), word 4 (2 times), word 5 (2 times), "
        "word 6 (2 times) … and 2 more",
        "Errors: 0, warnings: 248, notes: 0.",
        "  See them all with --format json; kinerja explain CODE tells what one means.",
    ]


def test_rows_of_many_sheets_are_told_in_one_line(err: pytest.CaptureFixture[str]) -> None:
    places = [Place("a.xlsx", f"S{sheet}", row, "C") for sheet in range(5) for row in (2, 3, 5, 7, 9, 11, 13, 15)]
    show_problems([ODD.at(place, value="x") for place in places])

    assert err.readouterr().err.splitlines()[2] == (
        '  39 more alike: rows 3, 5, 7, 9, 11, …, 15; a.xlsx, sheet "S1", rows 2-3, 5, 7, 9, 11, …, 15; '
        'a.xlsx, sheet "S2", rows 2-3, 5, 7, 9, 11, …, 15; and 2 more sheets'
    )


@pytest.mark.parametrize("kinds", [1, 5, 18, 40, 90])
@pytest.mark.parametrize("values", [1, 2, 300])
def test_whatever_the_file_it_is_one_screen(err: pytest.CaptureFixture[str], kinds: int, values: int) -> None:
    problems = [
        ProblemKind(f"kind-{kind}", severity, "{value} is wrong.", f"Mend {kind}.", "").at(
            Place("a.xlsx", "S", row, "C"), value=f"value {row % values}"
        )
        for kind, severity in zip(range(kinds), list(Severity) * 40, strict=False)
        for row in range(300)
    ]
    show_problems(problems, hint="See them all.")

    lines = err.readouterr().err.splitlines()
    assert len(lines) <= 60
    heads = [line.partition("[")[0] for line in lines if "[kind-" in line]
    assert heads == sorted(heads, key=["error", "warning", "note"].index)
    assert lines[-1] == "  See them all."
    named = sum(line.startswith(("error[", "warning[", "note[")) for line in lines)
    assert named >= kinds or any(line.endswith(" more kinds") for line in lines)


def test_a_long_sentence_is_broken_where_the_screen_ends(
    err: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")

    show_problems([ODD.at(Place("a.csv", row=3), value="a word that nobody has ever heard of before")])

    assert err.readouterr().err.splitlines()[:3] == [
        "warning[word-unknown]: a word that nobody has ever heard",
        "  of before is unknown.",
        "  a.csv, row 3",
    ]


def test_quiet_leaves_the_errors_alone(err: pytest.CaptureFixture[str]) -> None:
    session.quiet = True

    say("Reading")
    show_problems([ODD.at(Place("a.csv"), value="y"), bad(1)])

    text = err.readouterr().err
    assert "Reading" not in text
    assert "warning[" not in text
    assert "error[nip-length]" in text


def test_in_json_standard_error_holds_one_object_alone(err: pytest.CaptureFixture[str]) -> None:
    session.format = Format.JSON

    say("Reading")
    show_problems([bad(1)])
    show_error(Closed("The period is closed.", "Reopen it.", [bad(1)]), as_json=True)

    told = json.loads(err.readouterr().err)["error"]
    assert (told["code"], told["exit"], told["hint"]) == ("period-closed", 5, "Reopen it.")
    assert told["problems"] == [bad(1).as_dict()]


def test_an_error_shows_its_problems_once(err: pytest.CaptureFixture[str]) -> None:
    show_problems([bad(1)])
    show_error(Closed("Nothing was saved.", "Correct the file.", [bad(1)]), as_json=False)

    text = err.readouterr().err
    assert text.count("error[nip-length]") == 1
    assert text.endswith("error[period-closed]: Nothing was saved.\n  Correct the file.\n")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.xlsx", "S", 3, "B"), 'a.xlsx, sheet "S", cell B3'),
        (Place("a.csv", row=3), "a.csv, row 3"),
        (Place(column="B"), "column B"),
        (Place(), ""),
    ],
)
def test_a_place_is_named_as_the_spreadsheet_names_it(place: Place, text: str) -> None:
    assert place_text(place) == text


def test_progress_is_silent_where_nobody_looks(err: pytest.CaptureFixture[str]) -> None:
    with progress("Reading", 3) as advance:
        advance(1)

    assert err.readouterr().err == ""


def test_progress_and_colours_are_for_terminals(
    err: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)

    with progress("Reading [x]", 3) as advance:
        advance(3)
    show_problems([bad(1)])

    text = err.readouterr().err
    assert "Reading [x]" in text
    assert "\x1b[1;31merror[nip-length]" in text


def fake() -> typer.Typer:
    """A program of two commands that end in every way."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    noun = typer.Typer(no_args_is_help=True)
    app.add_typer(noun, name="period")

    @app.callback()
    def options(quiet: Annotated[bool, typer.Option("--quiet")] = False) -> None:
        session.quiet = quiet

    @noun.command("close")
    def close(
        period: Annotated[str, typer.Argument(metavar="PERIOD")],
        form: Annotated[Format | None, typer.Option("--format")] = None,
        number: Annotated[int, typer.Option("--number")] = 1,
    ) -> None:
        endings: dict[str, BaseException] = {
            "closed": Closed("The period is closed.", "Reopen it."),
            "part": typer.Exit(Exit.PARTIAL),
            "fault": ValueError("of 198501152010011001"),
            "memory": MemoryError(),
            "interrupt": KeyboardInterrupt(),
            "abort": typer.Abort(),
            "term": SystemExit(Exit.TERMINATED),
            "hangup": SystemExit(Exit.HUNG_UP),
            "full": OSError(28, "No space left on device"),
            "place": PermissionError(13, "Permission denied", "out.xlsx"),
        }
        if period in endings:
            raise endings[period]
        typer.echo(f"{session.command}|{form}|{number}")

    @noun.command("list")
    def listing() -> None:
        """A second command, so that there are commands to choose from."""

    return app


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ("period close ok", 0, ""),
        ("period close closed", 5, "error[period-closed]: The period is closed."),
        ("period close part", 7, ""),
        ("period close memory", 1, "not enough memory"),
        ("period close interrupt", 130, "Interrupted."),
        ("period close abort", 130, "Interrupted."),
        ("period close term", 143, "Stopped."),
        ("period close hangup", 129, "Stopped."),
        ("period close full", 6, "the disk is full"),
        ("period close place", 6, "out.xlsx: permission denied"),
        ("period clsoe", 2, "kinerja period has no command clsoe.\n  Did you mean close?"),
        ("perod", 2, "Did you mean period?"),
        ("--quiet", 2, "kinerja needs a command after it."),
        ("period close", 2, "PERIOD is missing."),
        ("period close a --nmber 2", 2, "There is no option --nmber.\n  Did you mean --number?"),
        ("period close a --number", 2, "The option --number needs a value after it."),
        ("period close a --number x", 2, "x is no whole number (--number)."),
        ("period close a --format xml", 2, "Possible: table, json, csv, tsv."),
        ("period close a b c", 2, "Too many words: b c"),
        ("period close a --quiet", 2, "It stands before the command: kinerja --quiet"),
        ("period close --help", 0, ""),
        ("period", 2, ""),
        ("", 2, ""),
    ],
)
def test_every_end_has_its_exit_code_and_sentence(
    words: str, code: int, says: str, err: pytest.CaptureFixture[str]
) -> None:
    assert run(words.split(), fake()) == code

    text = err.readouterr().err
    assert says in text
    assert "Traceback" not in text
    if code == 2 and "error[usage]" in text:
        assert "--help`." in text


def test_even_a_mistake_in_the_words_is_told_in_json_where_json_is_wished(
    err: pytest.CaptureFixture[str],
) -> None:
    assert run(["period", "close", "--format", "json"], fake()) == 2

    assert json.loads(err.readouterr().err)["error"]["code"] == "usage"


def test_a_fault_leaves_a_private_file_without_anybodys_number(err: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["period", "close", "fault"], fake()) == 1

    (file,) = (tmp_path / "state" / "kinerja" / "incidents").iterdir()
    text = file.read_text(encoding="utf-8")
    assert str(file) in err.readouterr().err
    assert text.endswith("\nValueError\n")
    assert "198501152010011001" not in text
    assert "command period close\n" in text
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600


def test_the_name_of_a_command_holds_no_value() -> None:
    app = fake()

    assert command_of(app, plain_words(["--db", "period", "period", "close", "2026"])) == "period close"
    assert command_of(app, plain_words(["--quiet", "period", "secret"])) == "period"
    assert command_of(app, []) == ""


def test_the_form_is_known_before_the_words_are() -> None:
    assert asked_format(["x", "--format", "json"]) is Format.JSON
    assert asked_format(["--format=csv"]) is Format.CSV
    assert asked_format(["--format"]) is None
    assert asked_format(["--", "--format", "json"]) is None


def test_in_json_every_line_on_standard_error_is_an_object_of_its_own(agency: Kinerja) -> None:
    done_at(agency, "2098-01-01T00:00:00+00:00")
    ran = agency("period", "close", "2026-Q1", "--format", "json")
    lines = [json.loads(line) for line in ran.err.splitlines()]
    assert [list(line) for line in lines] == [["warning"], ["error"]]
    assert [line["code"] for one in lines for line in one.values()] == ["clock-set-back", "period-unknown"]


def test_quiet_says_nothing_of_what_was_done_unless_a_form_is_asked_for(agency: Kinerja) -> None:
    rated = ("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai")
    agency.json("period", "open", "2026-Q1")
    ran = agency("--quiet", *rated)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert agency.json("score", "show", BUDI, "2026-Q1")["predikat"] == "baik"
    ran = agency("--quiet", *rated, "--note", "Catatan", "--format", "json")
    assert (ran.code, ran.data["predikat"], ran.err) == (0, "baik", "")
    ran = agency("--quiet", *rated, "--note", "Lain", "--dry-run")
    assert (ran.code, "baik" in ran.out) == (0, True)
    ran = agency("--quiet", "period", "list")
    assert (ran.code, "2026-Q1" in ran.out) == (0, True)
    ran = agency("--quiet", "staff", "list")
    assert (ran.code, len(ran.out.splitlines())) == (0, 5)
    ran = agency("--quiet", "staff", "exclude")
    assert (ran.code, ran.out.startswith("nip\t")) == (0, True)


def test_a_quiet_rollover_says_nothing_of_what_it_opened(agency: Kinerja) -> None:
    ran = agency("--quiet", "period", "rollover", "--as-of", "2026-01-05")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert [row["period"] for row in agency.json("period", "list")] == ["2026", "2026-Q1"]
    ran = agency("--quiet", "period", "rollover", "--as-of", "2026-04-05", "--format", "json")
    assert ran.data["opened"] == ["2026-Q2"]
