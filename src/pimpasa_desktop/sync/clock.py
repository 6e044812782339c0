"""A laptop whose clock is wrong, as one sentence for the person. Nothing waits for the clock to be right: order is the
office's number, and the laptop's time is only shown."""

from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number

OFF_SECONDS = 300  # less may be a slow line, and nobody's minutes are worse for it


def sentence(behind: float | None) -> str:
    """`behind`: seconds that the laptop's clock is behind the office's, None where the office has not said; "" where
    that is near enough."""
    if behind is None or abs(behind) <= OFF_SECONDS:
        return ""
    told = (
        _("Jam laptop ini tertinggal sekitar {time} dari jam kantor.")
        if behind > 0
        else _("Jam laptop ini sekitar {time} lebih cepat daripada jam kantor.")
    ).format(time=_length(abs(behind)))
    return f"{told} " + _(
        "Semua tetap tersimpan dan terkirim, tetapi waktu yang tercatat bisa keliru. "
        "Betulkan tanggal, jam, dan zona waktu laptop."
    )


def _length(seconds: float) -> str:
    """To five minutes, in the two largest units at the most: 25 menit, 2 jam, 1 jam 10 menit, 3.650 hari"""
    minutes = 5 * round(seconds / 300)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return _("{count} hari").format(count=number(round(hours / 24)))
    told = [plural("{count} jam", hours).format(count=hours)] if hours else []
    if rest or not hours:
        told.append(_("{count} menit").format(count=rest))
    return " ".join(told)
