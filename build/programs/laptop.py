"""Where the built `pimpasa` starts; as its own child too, which decodes photos and nothing else."""

import sys

from pimpasa_desktop.intake.decoding import REENTRY, main

if sys.argv[1:] == [REENTRY]:
    sys.exit(main())

from pimpasa_desktop.cli import entry

sys.exit(entry())
