"""What the note of a rating says of a study (tugas belajar) that was not completed.

The sentence stands there for as long as the rating counts as one after a failed study, and no longer.
"""

from typing import Final

from kinerja_cli.domain.text import clean_lines

STUDY_NOTE: Final = "Tugas belajar tidak selesai (PermenPANRB 6/2022 Lampiran IV.B.3)"
"""The note of such a rating where none is given; Indonesian, since it goes into documents."""


def says_failed(note: str | None) -> bool:
    """Whether a note says that a study was not completed."""
    return STUDY_NOTE in (note or "")


def with_study(note: str | None) -> str:
    """A note that says of a study that it was not completed, whatever else it says."""
    said = clean_lines(note or "")
    return said if says_failed(said) else "\n".join(filter(None, (said, STUDY_NOTE)))


def without_study(note: str | None) -> str | None:
    """A note that says nothing of a failed study any more; None where nothing else is left."""
    if not says_failed(note):
        return note
    lines = (line.replace(STUDY_NOTE, "").strip() for line in (note or "").splitlines())
    return "\n".join(filter(None, lines)) or None
