"""`pimpasa` in a process of its own, with a cheap lock: `python -m rig.laptop_process FOLDER ARGUMENT...`"""

import sys
from pathlib import Path

from pimpasa_desktop import cli
from rig.desk import cheap_machine

if __name__ == "__main__":
    folder, *arguments = sys.argv[1:]
    sys.exit(cli.main(arguments, cheap_machine(Path(folder))))
