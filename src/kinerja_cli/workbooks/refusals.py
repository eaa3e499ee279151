"""Why a spreadsheet is not read: one class a reason, each with its sentence, remedy and exit code."""

from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path
from typing import ClassVar

from kinerja_cli.errors import N_, Exit, KinerjaError, UsageError

_LIMITED = {
    "packed": N_("bytes"),
    "unpacked": N_("bytes when unpacked"),
    "ratio": N_("times as large unpacked as packed"),
    "entries": N_("parts inside"),
    "rows": N_("rows"),
    "columns": N_("columns"),
    "cells": N_("cells between its first and its last used cell"),
}


class FileRefused(KinerjaError):
    """A spreadsheet that cannot be read; every other refusal of a file is one of these."""

    code = "file-refused"
    exit = Exit.REJECTED


class FileMissing(FileRefused):
    """There is no file of that name."""

    code = "file-missing"
    exit = Exit.NOT_FOUND

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("There is no file {file}.").format(file=path),
            _("Check the spelling and the folder; quote names that contain spaces."),
        )


class FileUnreadable(FileRefused):
    """The file is there but cannot be opened: a folder, or no permission."""

    code = "file-unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _("{file} cannot be opened: {reason}.").format(file=path, reason=reason),
            _("Close it in other programs and check that you may read it."),
        )


class FileEmpty(FileRefused):
    """The file holds nothing at all."""

    code = "file-empty"

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} is empty.").format(file=path.name),
            _("The download or copy probably broke off: fetch the file again."),
        )


class FileKindUnknown(FileRefused):
    """The content is no spreadsheet, whatever the name says."""

    code = "file-kind"

    def __init__(self, path: Path, seems: str) -> None:
        super().__init__(
            _("{file} is not a spreadsheet: it seems to be {seems}.").format(file=path.name, seems=seems),
            _("Open it in Excel or LibreOffice and save it as .xlsx; .xls, .ods and .csv are read too."),
        )


class FileEncrypted(FileRefused):
    """The file asks for a password."""

    code = "file-encrypted"

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} is protected by a password.").format(file=path.name),
            _("Open it with the password, remove the protection and save it again."),
        )


class FileMacro(FileRefused):
    """The workbook carries macros."""

    code = "file-macro"

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} contains macros and is not read.").format(file=path.name),
            _("Save it as .xlsx, which leaves the macros out."),
        )


class FileDamaged(FileRefused):
    """The file claims to be a spreadsheet but its inside is broken."""

    code = "file-damaged"

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            _("{file} is damaged and cannot be read ({detail}).").format(file=path.name, detail=detail),
            _("Open it in Excel or LibreOffice, save it under a new name, or fetch it again."),
        )


class FileTooLarge(FileRefused):
    """The file goes beyond a limit that protects this machine."""

    code = "file-too-large"

    def __init__(self, path: Path, limit: str, have: int, allowed: int) -> None:
        super().__init__(
            _("{file} is too large: {have} {unit}, allowed are {allowed}.").format(
                file=path.name, have=_count(have), unit=_(_LIMITED[limit]), allowed=_count(allowed)
            ),
            _("Delete unused rows and columns (Ctrl+End shows the last used cell), or split the file."),
        )


class SheetMissing(KinerjaError):
    """The sheet asked for is not in the workbook."""

    code = "sheet-missing"
    exit = Exit.NOT_FOUND

    def __init__(self, path: Path, sheet: str, found: Sequence[str]) -> None:
        super().__init__(
            _("{file} has no sheet named {sheet}.").format(file=path.name, sheet=sheet),
            _("Its sheets are: {found}.").format(found=", ".join(found)),
        )


class NoHeading(KinerjaError):
    """No sheet has a row of headings that tells what its columns are."""

    code = "heading-missing"
    exit = Exit.REJECTED
    missing: tuple[str, ...]
    found: tuple[str, ...]

    def __init__(self, path: Path, missing: Sequence[str], found: Sequence[str]) -> None:
        self.missing, self.found = tuple(missing), tuple(found)
        names = ", ".join(self.missing)
        if self.found:
            message = _("{file} lacks these headings: {missing}. Headings found: {found}.").format(
                file=path.name, missing=names, found=", ".join(self.found)
            )
        else:
            message = _("{file} has no heading row; needed are: {missing}.").format(file=path.name, missing=names)
        super().__init__(
            message,
            _("Put the headings in one row among the first 30, or name them with --map FIELD=HEADING."),
        )


class HeadingsChanged(KinerjaError):
    """Headings further down a sheet put its columns in another order."""

    code = "heading-changed"
    exit = Exit.REJECTED

    def __init__(self, file: str, sheet: str, first: int, row: int, moved: Sequence[tuple[str, str, str]]) -> None:
        """`moved` are columns: letter, heading of the table, heading further down."""
        columns = "; ".join(f"{letter}: {before} → {after}" for letter, before, after in moved)
        super().__init__(
            _(
                "{file}, sheet {sheet}: the headings in row {row} are others than those in row {first} ({columns})."
            ).format(file=file, sheet=sheet, row=row, first=first, columns=columns),
            _("Put the second table on a sheet of its own, or bring its columns into the order of the first."),
        )


class ColumnsRepeated(KinerjaError):
    """A sheet has the headings of a list twice, and nothing says whether these are two lists."""

    code = "columns-repeated"
    exit = Exit.REJECTED

    def __init__(self, file: str, sheet: str, row: int, headings: Sequence[str], columns: Sequence[str]) -> None:
        super().__init__(
            _("{file}, sheet {sheet}: {headings} stand twice in row {row} (columns {columns}).").format(
                file=file, sheet=sheet, row=row, headings=", ".join(headings), columns=", ".join(columns)
            ),
            _(
                "Two lists side by side are read if an empty column or a column of numbers parts them. If the second "
                "are the superiors, head their columns NAMA PENILAI and NIP PENILAI."
            ),
        )


class PurposeOther(KinerjaError):
    """A workbook of ours is given to an import that it is not for."""

    code = "purpose-other"
    exit = Exit.REJECTED

    def __init__(self, path: Path, purpose: str) -> None:
        group = _GROUPS.get(purpose, purpose)
        super().__init__(
            _("{file} is a workbook of kinerja for something else ({purpose}).").format(
                file=path.name, purpose=purpose
            ),
            _("Import it with `kinerja {group} import FILE`.").format(group=group),
        )


class MappingUnknown(UsageError):
    """`--map` names a field that does not exist."""

    code: ClassVar[str] = "mapping-unknown"

    def __init__(self, field: str, fields: Sequence[str]) -> None:
        super().__init__(
            _("There is no field {field} to map a heading to.").format(field=field),
            _("The fields are: {fields}.").format(fields=", ".join(fields)),
        )


class MappingMissing(KinerjaError):
    """`--map` names a heading that is not in the file."""

    code = "mapping-missing"
    exit = Exit.REJECTED

    def __init__(self, path: Path, heading: str, found: Sequence[str]) -> None:
        super().__init__(
            _("{file} has no heading {heading}.").format(file=path.name, heading=heading),
            _("Headings found: {found}.").format(found=", ".join(found)) if found else _("No headings were found."),
        )


def of_one_file(error: KinerjaError) -> bool:
    """Whether a refusal is a matter of the file alone, so that others read beside it are none the worse.

    A file that is not there was named by mistake, and that is for the user to mend first.
    """
    kinds = (FileRefused, SheetMissing, NoHeading, HeadingsChanged, ColumnsRepeated, PurposeOther, MappingMissing)
    return isinstance(error, kinds) and not isinstance(error, FileMissing)


_GROUPS = {"roster": "staff", "ratings": "score", "holidays": "settings holidays"}
"""The group of commands that imports what a workbook of ours is for, where it bears another name."""


def _count(number: int) -> str:
    """A number with its thousands apart, so that a limit can be read at a glance."""
    return f"{number:,}".replace(",", ".")
