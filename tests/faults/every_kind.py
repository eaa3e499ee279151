"""Every kind of command that writes, each with what must hold whatever happens to it."""

from collections.abc import Callable
from typing import Final

from tests.faults.backups_hurt import backed_up, restored, upgraded
from tests.faults.situations import Scene, Situation, exported, recorded

EXPORTS: Final[dict[str, Callable[[Scene], Situation]]] = {
    "export xlsx": lambda scene: exported(scene, "list.xlsx"),
    "export csv": lambda scene: exported(scene, "list.csv"),
}

EVERY_KIND: Final[dict[str, Callable[[Scene], Situation]]] = {
    "staff import": lambda scene: recorded(scene, "begun", "staff", "import", "roster.xlsx"),
    "period open": lambda scene: recorded(scene, "staffed", "period", "open", "2026-Q1"),
    "score import": lambda scene: recorded(scene, "opened", "score", "import", "recap.xlsx"),
    "period close": lambda scene: recorded(scene, "kept", "period", "close", "2026-Q1"),
    "period rollover": lambda scene: recorded(scene, "kept", "period", "rollover", "--as-of", "2026-07-20"),
    "undo": lambda scene: recorded(scene, "rated", "undo", "4", "--yes"),
    "backup restore": restored,
    "backup create": backed_up,
    "upgrade from 0": lambda scene: upgraded(scene, 0),
    "upgrade from 1": lambda scene: upgraded(scene, 1),
    "upgrade from 2": lambda scene: upgraded(scene, 2),
    **EXPORTS,
}
