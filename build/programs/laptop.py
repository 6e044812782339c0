"""Where the built `pimpasa` starts; as its own child too, which decodes photos and nothing else."""

import sys

from pimpasa_desktop.intake import decoding, previewing

CHILDREN = {decoding.REENTRY: decoding.main, previewing.REENTRY: previewing.main}

if len(sys.argv) == 2 and sys.argv[1] in CHILDREN:
    sys.exit(CHILDREN[sys.argv[1]]())

from pimpasa_desktop.cli import entry  # noqa: E402 - a child needs nothing of it

sys.exit(entry())
