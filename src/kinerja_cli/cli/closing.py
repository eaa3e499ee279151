"""Leave the closing record of a period behind, or say how to get it where that fails."""

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_cli.cli.messages import warn
from kinerja_cli.domain.audit_problems import MANIFEST_ASIDE, MANIFEST_UNWRITTEN
from kinerja_cli.errors import Place

if TYPE_CHECKING:
    from kinerja_cli.storage.store import Store


def leave_record(store: "Store", period: str, to: Path | None = None) -> str | None:
    """Write the closing record of a closed period; its path, or None where there is none.

    The period is closed whatever comes of it, so that a file that cannot be written is a warning.
    """
    from kinerja_cli.actions.closing_records import closing_record, write_record

    record = closing_record(store, period, to)
    if record is None:
        return None
    try:
        written = write_record(record, named=to is not None)
    except OSError as error:
        reason = error.strerror or str(error)
        warn(MANIFEST_UNWRITTEN.at(Place(), period=period, file=str(record.path), reason=reason))
        return None
    if written.aside:
        warn(MANIFEST_ASIDE.at(Place(), period=period, taken=str(record.path), file=str(written.path)))
    return str(written.path)


def proof_notes(store: "Store", period: str, to: Path | None) -> tuple[str, ...]:
    """What a workbook to be kept says of the store it was taken from: the fingerprint of the period, and the head."""
    if to is None or to.suffix.lower() != ".xlsx":
        return ()
    from kinerja_cli.actions.audit import head
    from kinerja_cli.actions.periods import show_period

    anchor, fingerprint = head(store), show_period(store, period)["fingerprint"]
    notes = [_("Head of the chain: operation {sequence}, {hash}").format(sequence=anchor.sequence, hash=anchor.hash)]
    if fingerprint is not None:
        notes.insert(0, _("Fingerprint of {period}: {fingerprint}").format(period=period, fingerprint=fingerprint))
    return tuple(notes)
