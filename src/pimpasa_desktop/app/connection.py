"""Whether the laptop is on a connection that costs nothing by the byte, as far as the system knows.

Where it does not know, the answer is no: what was told to wait goes on waiting, and one press sends it all the same.
"""

from functools import cache


@cache
def _loaded() -> bool:
    """Once, on the UI thread: the system is asked through one of Qt's plug-ins, and not every system has one."""
    from PySide6.QtNetwork import QNetworkInformation

    wanted = QNetworkInformation.Feature.TransportMedium | QNetworkInformation.Feature.Metered
    return QNetworkInformation.loadBackendByFeatures(wanted)


def is_free() -> bool:
    """On the UI thread. Wi-Fi or a cable, and nobody marked it as metered."""
    if not _loaded():
        return False
    from PySide6.QtNetwork import QNetworkInformation

    medium = QNetworkInformation.TransportMedium
    known = QNetworkInformation.instance()
    return known.transportMedium() in (medium.WiFi, medium.Ethernet) and not known.isMetered()
