"""Where the built `pimpasa` starts; as its own child too, which decodes a photo and nothing else."""

import sys

from pimpasa_desktop.intake.photos import REENTRY

if sys.argv[1:] == [REENTRY]:
    from pimpasa_desktop.intake.decoding import main

    sys.exit(main())

from pimpasa_desktop.cli import entry

sys.exit(entry())
