"""A walk through every command there is, on one store, to look at what each of them leaves behind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, Ran, recap, roster, workbook

ENDINGS = (".xlsx", ".csv", ".tsv", ".json", ".md")
Q1, Q2 = "2026-Q1", "2026-Q2"


@dataclass(frozen=True)
class Words:
    """What people could have called things; `{}` in `name` makes the names differ."""

    name: str
    text: str

    def named(self, what: str) -> str:
        return self.name.format(what)


@dataclass(frozen=True)
class Step:
    """One command of the walk; `shows` has its result written in every form there is."""

    words: tuple[str | Path, ...]
    shows: bool = False
    codes: tuple[int, ...] = (0,)


def files(folder: Path, said: Words) -> None:
    """What the agency is sent: rosters, recaps, lists."""
    cell = ILLEGAL_CHARACTERS_RE.sub("", said.text)
    people = [list(person) for person in PEOPLE]
    for number, person in enumerate(people):
        person[1], person[5] = said.named(f"PEGAWAI {number}"), said.named(f"JABATAN {number}")
        person[8] = said.named(str(person[8]))
    roster(folder / "roster.xlsx", people)
    roster(folder / "lagi.xlsx", [*people, ["12345", said.named("SALAH"), *people[0][2:]]])
    rated = "Sesuai Ekspektasi"
    rows = [(person[0], person[1], rated, rated, "Baik") for person in people[:2]]
    recap(folder / "recap.xlsx", rows, unit=said.named("DINAS KESEHATAN"))
    rows.append(("198001012005011009", said.named("LAIN"), rated, "Mantap", "Baik"))
    recap(folder / "selisih.xlsx", rows, unit=said.named("DINAS KESEHATAN"))
    days = [["2026-05-08", cell, "Libur"], ["2026-13-40", cell, "Libur"]]
    workbook(folder / "libur.xlsx", [["Tanggal", "Keterangan", "Jenis"], *days])
    told = [BUDI, said.named("PEGAWAI 2"), "Rekan kerja", cell, "Kolaboratif", "Positif", "17-03-2026"]
    headings = ["NIP", "Nama", "Sumber", "Umpan Balik", "Aspek", "Sifat", "Tanggal", "Pemberi"]
    workbook(folder / "umpan.xlsx", [headings, [*told, said.named("PEMBERI")], ["1", *told[1:], cell]])


def steps(folder: Path, said: Words) -> list[Step]:
    """The commands in an order in which each has something to do."""
    f = folder
    partly = ("--accept-valid", "--problems")
    return [
        Step(("init", "--agency", said.named("KOTA"))),
        Step(("settings", "list"), shows=True),
        Step(("settings", "get", "agency"), shows=True),
        Step(("settings", "set", "window_days", "20")),
        Step(("settings", "holidays", "template", "-o", f / "libur-kosong.xlsx")),
        Step(("settings", "holidays", "import", f / "libur.xlsx", *partly, f / "libur-salah.xlsx"), codes=(7,)),
        Step(("settings", "holidays", "list", "2026"), shows=True),
        Step(("staff", "import", f / "roster.xlsx", "--save-map", "siasn", "--map", "name=NAMA")),
        Step(("staff", "import", f / "lagi.xlsx", *partly, f / "roster-salah.xlsx"), codes=(7,)),
        Step(("staff", "list"), shows=True),
        Step(("staff", "show", BUDI), shows=True),
        Step(("staff", "dossier", BUDI), shows=True),
        Step(("staff", "set", CITRA, "--position", said.text)),
        Step(("staff", "delegate", HEAD, "--to", ANI, "--from", "2026-01-02", "--until", "2026-01-05")),
        Step(("staff", "delegate"), shows=True),
        Step(("staff", "exclude", CITRA, "--reason", said.text, "--from", "2026-01-02", "--until", "2026-01-05")),
        Step(("staff", "exclude"), shows=True),
        Step(("staff", "export", "-o", f / "pegawai.xlsx")),
        Step(("staff", "export", "-o", f / "pegawai.csv")),
        Step(("staff", "template", "-o", f / "roster-kosong.xlsx")),
        Step(("unit", "set", "U2", "--name", said.named("BIDANG"))),
        Step(("unit", "acting", "U2", "--nip", BUDI, "--kind", "plh", "--from", "2026-01-02", "--until", "2026-01-05")),
        Step(("unit", "acting"), shows=True),
        Step(("unit", "list"), shows=True),
        Step(("unit", "tree"), shows=True),
        Step(("period", "open", Q1)),
        Step(("period", "rollover", "--as-of", "2026-04-01")),
        Step(("unit", "rate", Q1, "U1", "baik", "--issued", "2026-04-02")),
        Step(("unit", "justify", Q1, "U1", "--reason", said.text)),
        Step(("unit", "show", "U1"), shows=True),
        Step(("score", "template", "-o", f / "nilai-kosong.xlsx", "--period", Q1)),
        Step(("score", "sheets", Q1, "-o", f / "lembar")),
        Step(("score", "list", Q1), shows=True),
        Step(("score", "record", BUDI, Q1, "--hasil", "diatas", "--perilaku", "sesuai", "--note", said.text)),
        Step(("score", "import", f / "recap.xlsx", "--problems", f / "recap-salah.xlsx")),
        Step(("score", "import", f / "selisih.xlsx", *partly, f / "recap-salah.xlsx"), codes=(7,)),
        Step(("score", "show", BUDI), shows=True),
        Step(("feedback", "add", BUDI, "--from", "rekan", "--text", said.text, "--date", "2026-02-03")),
        Step(("feedback", "import", f / "umpan.xlsx", *partly, f / "umpan-salah.xlsx"), codes=(7,)),
        Step(("feedback", "template", "-o", f / "umpan-kosong.xlsx", "--unit", "U1")),
        Step(("feedback", "list"), shows=True),
        Step(("score", "sheets", Q1, "-o", f / "lembar-lagi", "--feedback")),
        Step(("score", "dates", Q1, "--nip", BUDI, "--signed", "2026-04-10", "--received", "2026-04-20")),
        Step(("deadlines", Q1), shows=True),
        Step(("objection", "file", BUDI, Q1, "--filed", "2026-04-21", "--reason", said.text)),
        Step(("objection", "list"), shows=True),
        Step(("objection", "decide", "1", "--upheld", "--date", "2026-04-22", "--explanation", said.text)),
        Step(("objection", "show", "1"), shows=True),
        Step(("reconcile", f / "selisih.xlsx"), shows=True, codes=(8,)),
        Step(("check", Q1), shows=True, codes=(0, 8)),
        Step(("explain", BUDI, Q1), shows=True),
        *(Step(("report", "summary", Q1, "--by", by), shows=True) for by in ("unit", "position_type", "sex")),
        Step(("report", "results", Q1), shows=True),
        Step(("report", "staff", BUDI), shows=True),
        Step(("report", "missing", Q1), shows=True),
        Step(("report", "missing", Q1, "--text"), shows=True),
        Step(("report", "distribution", Q1), shows=True),
        Step(("period", "close", Q1, "--allow-unrated")),
        Step(("period", "reopen", Q1, "--reason", said.text)),
        Step(("period", "close", Q1, "--allow-unrated", "--manifest", f / "catatan.json")),
        Step(("period", "list"), shows=True),
        Step(("period", "show", Q1), shows=True),
        Step(("settings", "holidays", "remove", "2026-05-08")),
        Step(("history",), shows=True),
        Step(("history", "show", "2"), shows=True),
        Step(("history", "--reads"), shows=True),
        Step(("incident", "report", "--from", "2026-01-01", "--to", "2026-12-31"), shows=True),
        Step(("retention", "plan"), shows=True),
        Step(("retention", "apply", "--yes")),
        Step(("undo", "2", "--yes", "--reason", said.text)),
        Step(("audit", "head", "--anchor", f / "jangkar.json"), shows=True),
        Step(("audit", "verify", "--anchor", f / "jangkar.json"), shows=True),
        Step(("audit", "verifier", "-o", f / "verify.py")),
        Step(("backup", "create", "--keep", "daily=7")),
        Step(("backup", "create", "-o", f / "salinan.db")),
        Step(("backup", "list"), shows=True),
        Step(("backup", "verify", f / "salinan.db"), shows=True),
        Step(("backup", "drill"), shows=True),
        Step(("backup", "restore", f / "salinan.db", "--to", f / "percobaan.db")),
        Step(("backup", "restore", f / "salinan.db", "--yes")),
        Step(("doctor",), shows=True, codes=(0, 8)),
        Step(("db", "info"), shows=True),
        Step(("db", "upgrade")),
        Step(("status",), shows=True),
    ]


@dataclass(frozen=True)
class Left:
    """What one command of the walk left: how it ended, and the file that it was told to write, if any."""

    step: Step
    ran: Ran
    file: Path | None = None


Runner = Callable[..., Ran]


def walk(run: Runner, folder: Path, said: Words, *, meanwhile: Mapping[str, Callable[[], None]]) -> Iterator[Left]:
    """Run every step, and each that shows something in every form.

    `meanwhile` is what happens after the steps of some commands.
    """
    files(folder, said)
    for number, step in enumerate(steps(folder, said)):
        yield _left(run, step, step.words)
        if step.shows:
            yield from _in_every_form(run, step, folder / f"hasil-{number}")
        meanwhile.get(" ".join(map(str, step.words[:2])), _nothing)()


def _in_every_form(run: Runner, step: Step, stem: Path) -> Iterator[Left]:
    for form in ("table", "json"):
        yield _left(run, step, (*step.words, "--format", form))
    for ending in (*ENDINGS, ".txt") if "--text" in step.words else ENDINGS:
        file = stem.with_suffix(ending)
        yield _left(run, step, (*step.words, "-o", file), file)


def _left(run: Runner, step: Step, words: Sequence[str | Path], file: Path | None = None) -> Left:
    ran = run(*words)
    assert ran.code in step.codes, (words, ran)
    assert "Traceback" not in ran.err
    return Left(step, ran, file)


def _nothing() -> None:
    """Let nothing happen."""


def walked() -> list[str]:
    """The commands that the walk goes through, with what was typed after their names."""
    return [" ".join(map(str, step.words)) for step in steps(Path(), Words("{}", "x"))]
