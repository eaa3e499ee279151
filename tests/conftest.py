"""What holds for every test."""

import os

from hypothesis import settings

# A slow machine is no failure; on CI the same examples each time, so that a red run is red again.
settings.register_profile(
    "kinerja",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    max_examples=200 if os.environ.get("KINERJA_FAULTS") else 50,
)
settings.load_profile("kinerja")
