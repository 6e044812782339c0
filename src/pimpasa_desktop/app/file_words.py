"""Photos and documents that wait or travel, in words: 3 foto, 1 dokumen."""

from pimpasa_desktop.app.notices import Files
from pimpasa_desktop.i18n import _
from pimpasa_desktop.spelling import number


def counted(files: Files) -> str:
    """Of both kinds what there is; "" for nothing."""
    told = (
        (files.photos, _("{count} foto").format(count=number(files.photos))),
        (files.documents, _("{count} dokumen").format(count=number(files.documents))),
    )
    return ", ".join(words for count, words in told if count)


def noun(files: Files) -> str:
    """What they are, together."""
    if not files.documents:
        return _("foto")
    return _("lampiran") if files.photos else _("dokumen")
