"""What waits or travels, in words: photos and documents (3 foto, 1 dokumen), and that all of it is safe here."""

from pimpasa_desktop.app.notices import Files
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number


def counted(files: Files) -> str:
    """Of both kinds what there is; "" for nothing."""
    told = (
        (files.photos, plural("{count} foto", files.photos).format(count=number(files.photos))),
        (files.documents, plural("{count} dokumen", files.documents).format(count=number(files.documents))),
    )
    return ", ".join(words for count, words in told if count)


def together(files: Files) -> str:
    """Both kinds as one where there are both."""
    if files.photos and files.documents:
        return plural("{count} lampiran", files.count).format(count=number(files.count))
    return counted(files)


def noun(files: Files) -> str:
    """What they are, together."""
    if not files.documents:
        return plural("foto", files.count)
    return plural("lampiran", files.count) if files.photos else plural("dokumen", files.count)


def waiting(records: int, files: Files, held: Files) -> tuple[str, str, int]:
    """For the status line, which has little room: the files that wait; those that wait for Wi-Fi alone; and how many
    of the first wait for Wi-Fi. Each kind by itself only where nothing else is told."""
    if held.count and files.count > held.count:
        return together(files), "", held.count
    if held.count:
        return "", together(held) if records else counted(held), 0
    return counted(files), "", 0


def safe(*, stopped: bool) -> str:
    """Of everything that waits: where it is, and when it goes."""
    if stopped:
        return _("Semua tersimpan aman di laptop ini dan baru terkirim bila Anda menekan Kirim sekarang.")
    return _("Semua tersimpan aman di laptop ini dan akan terkirim sendiri saat ada sinyal.")
