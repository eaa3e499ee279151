"""What runs in the other process of `apart`: read one workbook, write its sheets to standard output.

Run as a file of its own, so that it needs little but the reader of workbooks and starts at once.
"""

import pickle
import sys
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from kinerja_cli.workbooks.biff import broken_record, is_locked
from kinerja_cli.workbooks.merges import find_merges
from kinerja_cli.workbooks.unreadable_other import find_errors


def _limit(memory: int, seconds: int) -> None:
    """Bound this process where the system can: what goes wrong then ends it and nothing else."""
    try:
        import resource
    except ImportError:  # Windows; there the parent's patience is the only limit.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(path: str) -> tuple[str, object]:
    try:
        errors, merges = find_errors(Path(path)), find_merges(Path(path))
        # By its path the reader would go by the ending, which many systems get wrong.
        with Path(path).open("rb") as stream, CalamineWorkbook.from_filelike(stream) as workbook:
            sheets = [
                (
                    sheet.name,
                    sheet.visible != SheetVisibleEnum.Visible,
                    content.to_python(skip_empty_area=False),
                    errors.get(sheet.name, {}),
                    [*(content.merged_cell_ranges or ()), *merges.get(sheet.name, ())],
                )
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
                for content in (workbook.get_sheet_by_name(sheet.name),)
            ]
        broken = broken_record(Path(path))
        return ("sheets", sheets) if broken is None else ("damaged", f"record {broken}")
    except PasswordError as error:
        return "password", str(error)
    except (CalamineError, OSError, ValueError) as error:
        # Given a stream the reader tries one kind after the other, and forgets that the first asked for a password.
        return ("password" if is_locked(Path(path)) else "damaged"), str(error)


if __name__ == "__main__":
    _limit(int(sys.argv[2]), int(sys.argv[3]))
    pickle.dump(_answer(sys.argv[1]), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
