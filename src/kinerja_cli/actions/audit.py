"""Prove that the store is what was recorded: verify it, and keep its head outside of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path

from kinerja_cli.domain import audit_problems as kinds
from kinerja_cli.domain.anchors import (
    Anchor,
    Closing,
    Judged,
    judge_anchors,
    read_anchors,
    read_closing,
    with_anchor,
    write_anchors,
)
from kinerja_cli.errors import Exit, KinerjaError, Place, Problem, Severity
from kinerja_cli.files import NotPlain, atomic_path, read_plain
from kinerja_cli.storage.audit import Finding, StoreAudit, audit_file
from kinerja_cli.storage.audit import verifier as verifier_module
from kinerja_cli.storage.ledger import Value
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.operations import load_head
from kinerja_cli.storage.store.settings import load_settings

_LONGEST = 80


class AnchorMissing(KinerjaError):
    """The file of anchors does not exist."""

    code = "file-missing"
    exit = Exit.NOT_FOUND

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("There is no file {file}.").format(file=path),
            _("Keep an anchor there with `kinerja audit head --anchor FILE`, or name another."),
        )


class AnchorUnreadable(KinerjaError):
    """The file holds no anchors."""

    code = "anchor-unreadable"
    exit = Exit.REJECTED

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} holds no anchors.").format(file=path),
            _(
                "Give a file that `kinerja audit head --anchor FILE` has written, the closing record of a period, or "
                "the manifest of a backup. It was not changed."
            ),
        )


@dataclass(frozen=True, slots=True)
class AnchorShown:
    """An anchor, the file it stands in, and how it compares with the store."""

    file: str
    judged: Judged

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        state = self.judged.state
        return {"file": self.file, **self.judged.anchor.as_dict(), "ok": state == "holds", "state": state}


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """A finding as people read it, and where it is."""

    finding: Finding
    problem: Problem
    name: str | None

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        finding = self.finding
        return {
            "severity": str(self.problem.severity),
            "code": self.problem.code,
            "operation": finding.operation,
            "table": _clean(finding.table),
            "key": _clean(finding.key),
            "nip": _clean(finding.nip),
            "name": self.name,
            "field": _clean(finding.column),
            "recorded": _clean(finding.recorded),
            "found": _clean(finding.found),
            "message": self.problem.message,
            "fix": self.problem.fix,
        }


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying came to."""

    audit: StoreAudit
    anchors: tuple[AnchorShown, ...]
    findings: tuple[FoundProblem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found that is an error; oddities alone break nothing."""
        return not any(one.problem.severity is Severity.ERROR for one in self.findings)

    @property
    def first_bad(self) -> int | None:
        """The first operation that is not as it was recorded, as far as the chain and the anchors can tell."""
        known = [] if self.audit.first_bad is None else [self.audit.first_bad]
        for judged in (one.judged for one in self.anchors):
            if judged.state == "cut":
                known.append(self.audit.sequence + 1)
            elif judged.state == "rewritten":
                known.append(judged.anchor.sequence)
        return min(known, default=None)


def verify_store(store: Store, anchor_files: Sequence[Path] = ()) -> Verified:
    """Verify the whole store, also against the anchors in these files."""
    read = [(path, *_anchors_in(path)) for path in anchor_files]
    kept = [(path, anchor, closing) for path, anchors, closing in read for anchor in anchors]
    audit = audit_file(store.path, {anchor.sequence for _path, anchor, _closing in kept})
    judged = judge_anchors(
        (anchor for _path, anchor, _closing in kept), store_id=audit.store_id, end=audit.sequence, hashes=audit.hashes
    )
    altered = [_altered(one, closing, audit) for (*_of, closing), one in zip(kept, judged, strict=True)]
    judged = [
        one if found is None else replace(one, state="altered") for one, found in zip(judged, altered, strict=True)
    ]
    shown = tuple(AnchorShown(str(path), one) for (path, *_of), one in zip(kept, judged, strict=True))
    findings = (*audit.findings, *_of_anchors(judged, audit), *(one for one in altered if one is not None))
    return Verified(audit, shown, tuple(_told(one, audit.names) for one in findings))


def head(store: Store) -> Anchor:
    """The end of the chain as it stands."""
    with store.reading() as connection:
        sequence, hash_, at = load_head(connection)
        store_id = load_settings(connection).get("store_id", "")
    return Anchor(store_id, sequence, hash_, at)


def keep_anchor(path: Path, anchor: Anchor) -> int:
    """Put an anchor behind those in a file, which is made where there is none; how many it then holds."""
    before = _anchors_in(path)[0] if path.exists() else []
    anchors = with_anchor(before, anchor)
    with atomic_path(path) as draft:
        draft.write_text(write_anchors(anchors), encoding="utf-8", newline="\n")
    return len(anchors)


def write_verifier(path: Path) -> None:
    """Write the verifier that stands alone: one file of plain Python."""
    text = Path(verifier_module.__file__).read_text(encoding="utf-8")
    with atomic_path(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def _anchors_in(path: Path) -> tuple[list[Anchor], Closing | None]:
    """The anchors in a file, and what it says of the closing of a period."""
    try:
        text = read_plain(path)
    except FileNotFoundError as error:
        raise AnchorMissing(path) from error
    except (UnicodeDecodeError, NotPlain) as error:
        raise AnchorUnreadable(path) from error
    anchors = read_anchors(text)
    if anchors is None:
        raise AnchorUnreadable(path)
    return anchors, read_closing(text)


def _altered(judged: Judged, closing: Closing | None, audit: StoreAudit) -> Finding | None:
    """A period that has another fingerprint than its closing record, and was not reopened since."""
    if closing is None or judged.state != "holds":
        return None
    now = audit.fingerprints.get(closing.period)
    if now == closing.fingerprint or audit.closures.since(closing.period, judged.anchor.sequence):
        return None
    return Finding(
        kinds.CLOSING_DIFFERS,
        judged.anchor.sequence,
        recorded=closing.fingerprint,
        found=now,
        facts={"period": closing.period},
    )


def _of_anchors(judged: Iterable[Judged], audit: StoreAudit) -> list[Finding]:
    """What anchors show that the chain alone does not."""
    findings = []
    for one in judged:
        anchor = one.anchor
        facts: dict[str, Value] = {"at": anchor.at or "–", "since": _since(one.after)}
        if one.state == "cut":
            findings.append(Finding(kinds.TAIL_CUT, anchor.sequence, found=audit.sequence, facts=facts))
        elif one.state == "rewritten":
            now = audit.hashes.get(anchor.sequence)
            findings.append(
                Finding(kinds.REWRITTEN, anchor.sequence, recorded=anchor.hash, found=now, facts=facts),
            )
        elif one.state == "foreign":
            findings.append(
                Finding(
                    kinds.ANCHOR_FOREIGN, anchor.sequence, recorded=anchor.store_id, found=audit.store_id, facts=facts
                ),
            )
    return findings


def _since(vouched: int) -> str:
    """From where on a chain was rewritten, as far as the last operation that an anchor vouches for tells."""
    if not vouched:
        return _("nobody can tell from where on, since no earlier anchor fits")
    return _("after operation {after} at the earliest").format(after=vouched)


def _told(finding: Finding, names: dict[str, str]) -> FoundProblem:
    """A finding in a sentence: which row, whose, and what is different."""
    name = names.get(finding.nip or "")
    name = None if name is None else str(_clean(name))
    row = " ".join(str(_clean(one)) for one in (finding.table, finding.key) if one is not None)
    facts = {
        "operation": finding.operation,
        "table": _clean(finding.table),
        "row": f"{row} ({name})" if name else row,
        "recorded": _short(finding.recorded),
        "found": _short(finding.found),
        **{key: _clean(value) for key, value in finding.facts.items()},
    }
    return FoundProblem(finding, finding.kind.at(Place(), field=_column(finding), **facts), name)


def _column(finding: Finding) -> str | None:
    return None if finding.column is None else str(_clean(finding.column))


def _short(value: Value) -> str:
    """A value as a sentence quotes it."""
    text = "–" if value is None else str(_clean(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _clean(value: Value) -> Value:
    """Text that can be written: bytes of a damaged file that are none stand as replacement characters."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if isinstance(value, str) else value
