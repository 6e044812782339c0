"""Where the program's own files and a person's data lie."""

import sys
from pathlib import Path

# A built program carries its resources beside its modules; a checkout has them at its root.
RESOURCES = Path(getattr(sys, "_MEIPASS", Path(__file__).parents[2])) / "resources"


def default_data() -> Path:
    """The data folder of the person at this machine."""
    import platformdirs  # the window starts on an old laptop: nothing is imported before it is used

    return Path(platformdirs.user_data_dir("pimpasa", appauthor=False))
