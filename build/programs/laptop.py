"""Where the built `pimpasa` starts."""

import sys

from pimpasa_desktop.cli import entry

sys.exit(entry())
