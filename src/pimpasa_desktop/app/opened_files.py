"""Files of documents while they are looked at in another program: written beside the data for this person alone, and
taken away when the register is locked or closed, or at the next start.

It knows nothing of what is in them. Their names tell nothing: other programs remember what they opened.
"""

import shutil
from pathlib import Path

from pimpasa_desktop import durable
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

FOLDER = "dibuka"


class OpenedFiles:
    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER
        self._count = 0
        self.clear()

    def show(self, content: bytes) -> None:
        """Hand it to the program that this laptop has for it. Problem: it is nothing that was ever kept as a document,
        or the disk does not take it."""
        from PySide6.QtCore import QUrl  # all three not before the window is painted
        from PySide6.QtGui import QDesktopServices

        from pimpasa_desktop.intake.documents import suffix

        ending = suffix(content)
        if not ending:
            raise Problem(_("Berkas ini bukan PDF atau foto dan tidak dibuka. Mintalah berkasnya lagi."))
        self._count += 1
        path = self.folder / f"dokumen-{self._count}{ending}"
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            durable.write(path, content)
        except OSError:
            raise Problem(
                _("Berkas tidak dapat dibuka: diska penuh atau terkunci. Isinya tetap tersimpan aman.")
            ) from None
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            raise Problem(
                _("Laptop ini tidak punya program untuk membuka berkas itu. Pasang pembaca PDF, lalu ulangi.")
            )

    def clear(self) -> None:
        """What another program still holds goes at the next start."""
        shutil.rmtree(self.folder, ignore_errors=True)
