"""Processes as the system sees them."""

from pathlib import Path


def children(pid: int) -> list[int]:
    """The processes of which `pid` is the parent."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found
