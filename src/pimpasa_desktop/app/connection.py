"""What the system knows of the network: whether there is one, and what it costs.

Where it does not know the cost, records and photos go, and what was told to wait for Wi-Fi goes on waiting.
"""

from collections.abc import Callable
from enum import Enum
from functools import cache


class Cost(Enum):
    FREE = "free"  # Wi-Fi or a cable, and nobody marked it as metered
    PAID = "paid"  # a mobile network, or one marked as metered
    UNKNOWN = "unknown"


@cache
def _loaded() -> bool:
    """Once, on the UI thread: the system is asked through one of Qt's plug-ins, and not every system has one."""
    from PySide6.QtNetwork import QNetworkInformation

    feature = QNetworkInformation.Feature
    wanted = feature.Reachability | feature.TransportMedium | feature.Metered | feature.CaptivePortal
    return QNetworkInformation.loadBackendByFeatures(wanted) or QNetworkInformation.loadDefaultBackend()


def cost() -> Cost:
    """On the UI thread."""
    if not _loaded():
        return Cost.UNKNOWN
    from PySide6.QtNetwork import QNetworkInformation

    medium = QNetworkInformation.TransportMedium
    known = QNetworkInformation.instance()
    if known.isMetered() or known.transportMedium() == medium.Cellular:
        return Cost.PAID
    return Cost.FREE if known.transportMedium() in (medium.WiFi, medium.Ethernet) else Cost.UNKNOWN


def asks_login() -> bool:
    """On the UI thread: the system has seen the login page of a Wi-Fi network."""
    if not _loaded():
        return False
    from PySide6.QtNetwork import QNetworkInformation

    return QNetworkInformation.instance().isBehindCaptivePortal()


def there() -> bool:
    """On the UI thread. False only where the system knows that there is no network at all."""
    if not _loaded():
        return True
    from PySide6.QtNetwork import QNetworkInformation

    return QNetworkInformation.instance().reachability() != QNetworkInformation.Reachability.Disconnected


def watch(changed: Callable[[], None]) -> None:
    """On the UI thread: call this, a method of a QObject, whenever there is another network than before, or none."""
    if not _loaded():
        return
    from PySide6.QtNetwork import QNetworkInformation

    known = QNetworkInformation.instance()
    for signal in (known.reachabilityChanged, known.transportMediumChanged, known.isMeteredChanged):
        signal.connect(changed)
