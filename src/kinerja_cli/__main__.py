"""`python -m kinerja_cli`: the same door as the command `kinerja`."""

import sys

from kinerja_cli.main import main

sys.exit(main())
