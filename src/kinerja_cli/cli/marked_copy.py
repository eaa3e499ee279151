"""`--problems FILE.xlsx`: the copy of a user's files with what an import found wrong marked in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_cli.cli.messages import progress, say
from kinerja_cli.cli.refusals import FolderMissing
from kinerja_cli.errors import KinerjaError, Problem, UsageError

if TYPE_CHECKING:
    from kinerja_cli.workbooks.annotated import Annotated
    from kinerja_cli.workbooks.watched import SheetSeen


class MarkedCopy:
    """The copy of one import: asked for before it, written once it is known what is wrong.

    What goes wrong in the writing is kept until the import itself has been told of: it is done and stays so.
    """

    def __init__(self, path: Path | None, files: Sequence[Path]) -> None:
        """Refuse at once what could only fail at the end."""
        self.path = path
        self.seen: list[SheetSeen] | None = None if path is None else []
        self._files = files
        self._written: Annotated | None = None
        self._failure: Exception | None = None
        if path is not None:
            _check(path, files)

    @property
    def facts(self) -> dict[str, object]:
        """What the JSON of an import says of it."""
        return {"problems_file": None if self._written is None else str(self.path)}

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While the files are read: if they are refused altogether there is nothing to mark, and that is said."""
        try:
            yield
        except KinerjaError as error:
            if self.path is not None:
                note = _("{file} was not written: no row was judged that could be marked.").format(file=self.path)
                error.hint = f"{error.hint}\n{note}".lstrip()
            raise

    def write(self, problems: Sequence[Problem], operation: int | None, notes: Sequence[str]) -> None:
        """Write the copy, if one is wished; the notes of the import say how it ended where nothing was saved."""
        if self.path is None or self.seen is None:
            return
        from kinerja_cli.workbooks.annotated import write_annotated

        saved = _("Saved as operation {number}.").format(number=operation)
        outcome = saved if operation is not None else " ".join(notes[:1])
        with progress(_("Writing the marked copy")):
            try:
                self._written = write_annotated(self.path, self._files, self.seen, problems, outcome=outcome)
            except Exception as error:  # noqa: BLE001 - the import is done, and is to be told of before anything else
                self._failure = error

    @property
    def hint(self) -> str:
        """Where all problems can be seen, for those that are shown on the screen."""
        if self._written is not None:
            return _("Every one is marked in {file}; kinerja explain CODE tells what one means.").format(file=self.path)
        return _(
            "See them all marked in a copy of your files with --problems FILE.xlsx, or with --format json; "
            "kinerja explain CODE tells what one means."
        )

    def tell(self) -> None:
        """Say where the copy is, or raise what kept it from being written."""
        if self._failure is not None:
            raise self._failure
        if self._written is not None and self._written.marked:
            say(
                _("{file} is written. Rows to look at: {count}; the others are hidden by its filter.").format(
                    file=self.path, count=self._written.marked
                )
            )
        elif self._written is not None:
            say(
                _("{file} is written. Nothing is wrong with any row; rows looked at: {count}.").format(
                    file=self.path, count=self._written.good
                )
            )


def _check(path: Path, files: Sequence[Path]) -> None:
    """Refuse a name that is none for a workbook, has no folder, or is that of a file to be read."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(
            _("The marked copy is a workbook: {file} must end in .xlsx.").format(file=path),
            _("For example --problems problems.xlsx."),
        )
    if path.is_dir():
        raise UsageError(_("{file} is a folder.").format(file=path), _("Choose another name."))
    if not path.parent.is_dir():
        raise FolderMissing(
            _("{file} cannot be written: its folder does not exist.").format(file=path),
            _("Check the path, or make the folder first."),
        )
    for file in files:
        if path.exists() and file.exists() and path.samefile(file):
            raise UsageError(
                _("{file} is itself one of the files to import; it is not overwritten.").format(file=path),
                _("Give the marked copy another name, and best a folder of its own."),
            )
