"""Who did it: what the system says of whoever runs a command, and what they claim, on every operation."""

import os
import pwd
import sys
from pathlib import Path

import pytest

from tests.builders import ANI, BUDI, HEAD, Kinerja


def origin_of_last(kinerja: Kinerja) -> dict[str, object]:
    found = kinerja.json("history")[0]["origin"]
    assert isinstance(found, dict)
    return found


def login(monkeypatch: pytest.MonkeyPatch, uid: str | None) -> None:
    """What Linux says of the login; None for a system without /proc."""
    read = Path.read_text

    def told(path: Path, encoding: str | None = None, errors: str | None = None) -> str:
        if str(path) != "/proc/self/loginuid":
            return read(path, encoding, errors)
        if uid is None:
            raise FileNotFoundError(path)
        return uid

    monkeypatch.setattr(Path, "read_text", told)


@pytest.fixture(autouse=True)
def nobody_called_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SUDO_USER", "SSH_CONNECTION", "KINERJA_ON_BEHALF_OF"):
        monkeypatch.delenv(name, raising=False)


def test_the_names_of_options_are_kept_and_never_a_value(agency: Kinerja) -> None:
    agency.json("period", "open", "2026-Q1")
    words = ("score", "record", BUDI, "2026-Q1", "--result", "sesuai", "--perilaku=diatas", "--note", "RAHASIA")
    agency.json(*words, "--by", ANI, "--rated-on", "2026-04-02")
    kept = origin_of_last(agency)
    assert kept["command"] == "score record"
    assert kept["options"] == "--by --format --hasil --note --perilaku --rated-on"
    assert kept["words"] == 2
    assert not {BUDI, "RAHASIA", ANI, "sesuai", "diatas"} & {str(value) for value in kept.values()}


def test_several_files_are_counted_as_several_words(agency: Kinerja, tmp_path: Path) -> None:
    for name in ("satu.csv", "dua.csv"):
        (tmp_path / name).write_text(f"NIP,NAMA\n{BUDI},BUDI SANTOSO\n", encoding="utf-8")
    agency("staff", "import", tmp_path / "satu.csv", tmp_path / "dua.csv", "--accept-valid")
    kept = origin_of_last(agency)
    assert (kept["command"], kept["options"], kept["words"]) == ("staff import", "--accept-valid", 2)


def test_the_user_is_who_the_system_says_and_not_a_variable(begun: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "orang-lain")
    login(monkeypatch, None)
    begun.json("settings", "set", "window_days", "20")
    user = pwd.getpwuid(os.geteuid()).pw_name
    kept = origin_of_last(begun)
    assert (kept["user"], kept["uid"]) == (user, os.geteuid())
    assert begun.json("history")[0]["actor"] == f"{user}@{kept['host']}"


def test_behind_sudo_it_is_the_one_who_called_it(begun: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "siti")
    login(monkeypatch, "4294967295\n")
    begun.json("settings", "set", "window_days", "20")
    newest = begun.json("history")[0]
    assert newest["actor"].startswith("siti@")
    assert newest["origin"]["sudo_user"] == "siti"
    assert "login_uid" not in newest["origin"]


def test_a_variable_of_sudo_is_not_believed_against_the_login(begun: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody can set the variable; the login that Linux keeps, nobody can."""
    monkeypatch.setenv("SUDO_USER", "orang-lain")
    login(monkeypatch, "0\n")
    begun.json("settings", "set", "window_days", "20")
    newest = begun.json("history")[0]
    assert not newest["actor"].startswith("orang-lain@")
    assert (newest["origin"]["login_uid"], newest["origin"]["login_user"]) == (0, pwd.getpwuid(0).pw_name)
    assert newest["origin"]["sudo_user"] == "orang-lain"


def test_it_works_in_a_container_without_names_and_under_cron(begun: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    login(monkeypatch, None)
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    monkeypatch.setattr("sys.stdin", None)
    begun.json("settings", "set", "window_days", "20")
    newest = begun.json("history")[0]
    assert newest["actor"].startswith("54321@")
    assert "terminal" not in newest["origin"]


def test_it_works_where_there_are_neither_numbers_nor_a_proc(begun: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, for which there is nothing but the variable."""
    login(monkeypatch, None)
    monkeypatch.delattr(os, "geteuid")
    monkeypatch.setitem(sys.modules, "pwd", None)
    monkeypatch.setenv("LOGNAME", "Siti Aminah")
    begun.json("settings", "set", "window_days", "20")
    newest = begun.json("history")[0]
    assert newest["actor"].startswith("Siti Aminah@")
    monkeypatch.setattr("getpass.getuser", _nobody)
    begun.json("settings", "set", "window_days", "21")
    assert begun.json("history")[0]["actor"].startswith("unknown@")


def _nobody() -> str:
    raise OSError("No username set in the environment")


def test_the_terminal_and_the_address_it_came_from_are_kept(begun: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22")
    ours, theirs = os.openpty()
    with os.fdopen(theirs) as keyboard, monkeypatch.context() as patched:
        patched.setattr("sys.stdin", keyboard)
        begun.json("settings", "set", "window_days", "20")
        terminal = os.ttyname(theirs)
    os.close(ours)
    kept = origin_of_last(begun)
    assert (kept["terminal"], kept["ssh"]) == (terminal, "192.0.2.7")


def test_names_that_are_no_text_are_kept_all_the_same(begun: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "bu\udcffdi\x1b[31m" + "x" * 1000)
    monkeypatch.setattr("socket.gethostname", lambda: "mesin\n\u202e")
    login(monkeypatch, None)
    assert begun("settings", "set", "window_days", "20").code == 0
    actor = begun.json("history")[0]["actor"]
    assert actor.startswith("bu?di?[31mx")
    assert actor.endswith("@mesin??")
    assert actor.isprintable()
    assert len(actor) < 300


def test_whom_it_was_for_is_a_claim_in_the_history(agency: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    spaced = f"{HEAD[:8]} {HEAD[8:14]} {HEAD[14]} {HEAD[15:]}"
    assert agency("--on-behalf-of", spaced, "settings", "set", "window_days", "20").code == 0
    monkeypatch.setenv("KINERJA_ON_BEHALF_OF", ANI)
    assert agency("settings", "set", "window_days", "21").code == 0
    assert agency("--on-behalf-of", BUDI, "settings", "set", "window_days", "22").code == 0
    monkeypatch.delenv("KINERJA_ON_BEHALF_OF")
    assert [one["on_behalf_of"] for one in agency.json("history")] == [BUDI, ANI, HEAD, None, None]
    assert all("on_behalf_of" not in one["origin"] for one in agency.json("history"))
    table = agency("history", "--format", "table").out
    assert "For (claimed)" in table
    assert HEAD in table
    assert agency("audit", "verify").code == 0


def test_the_claim_is_not_shown_where_nobody_made_one(agency: Kinerja) -> None:
    assert "For (claimed)" not in agency("history", "--format", "table").out


@pytest.mark.parametrize("wrong", ["", "123", "siti", "198513152010011001", HEAD + "1", "19750101 200001"])
def test_a_claim_must_be_a_possible_nip(agency: Kinerja, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    before = agency.snapshot()
    assert agency("--on-behalf-of", wrong, "settings", "set", "window_days", "20").code == 2
    monkeypatch.setenv("KINERJA_ON_BEHALF_OF", wrong or "-")
    ran = agency("settings", "set", "window_days", "20")
    assert ran.code == 2
    assert "KINERJA_ON_BEHALF_OF" in ran.err
    assert agency.snapshot() == before


def test_the_option_behind_the_command_says_where_it_stands(agency: Kinerja) -> None:
    ran = agency("settings", "set", "window_days", "20", "--on-behalf-of", HEAD)
    assert ran.code == 2
    assert "kinerja --on-behalf-of" in ran.err


@pytest.mark.parametrize("empty", ["", "   ", "\n", "\u200b"])
def test_no_reason_is_no_reason_wherever_the_rules_ask_for_one(agency: Kinerja, empty: str) -> None:
    agency.json("period", "open", "2026-Q1")
    agency.json("score", "record", BUDI, "2026-Q1", "--hasil", "sesuai", "--perilaku", "sesuai")
    objected = (BUDI, "2026-Q1", "--received", "2026-04-20", "--filed", "2026-04-21", "--record-anyway")
    agency.json("objection", "file", *objected, "--reason", "Target tercapai")
    agency.json("unit", "rate", "2026-Q1", "U1", "baik", "--issued", "2026-04-02")
    agency.json("period", "open", "2025-Q4")
    agency.json("period", "close", "2025-Q4", "--allow-unrated")
    before = agency.snapshot()
    for words in (
        ("period", "reopen", "2025-Q4", "--reason"),
        ("staff", "exclude", BUDI, "--from", "2026-01-05", "--reason"),
        ("unit", "justify", "2026-Q1", "U1", "--reason"),
        ("unit", "rate", "2026-Q1", "U1", "kurang", "--issued", "2026-04-02", "--reason"),
        ("objection", "file", ANI, *objected[1:], "--reason"),
        ("objection", "decide", "1", "--upheld", "--date", "2026-04-22", "--explanation"),
    ):
        ran = agency(*words, empty)
        assert ran.code in (2, 5), (words, ran)
        assert "--reason" in ran.err or "--explanation" in ran.err, ran.err
        assert agency.snapshot() == before, words
