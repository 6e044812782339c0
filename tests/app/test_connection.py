"""What the system tells of a network, in the words of the program."""

import pytest
from PySide6.QtNetwork import QNetworkInformation

from pimpasa_desktop.app import connection
from pimpasa_desktop.app.connection import Cost

Medium = QNetworkInformation.TransportMedium
Reach = QNetworkInformation.Reachability


class Told:
    """A system that says so."""

    def __init__(self, medium: Medium = Medium.Unknown, metered: bool = False, reach: Reach = Reach.Online) -> None:
        self.transportMedium, self.isMetered, self.reachability = lambda: medium, lambda: metered, lambda: reach
        self.isBehindCaptivePortal = lambda: False


@pytest.mark.parametrize(
    ("told", "cost"),
    [
        (Told(Medium.WiFi), Cost.FREE),
        (Told(Medium.Ethernet), Cost.FREE),
        (Told(Medium.WiFi, metered=True), Cost.PAID),
        (Told(Medium.Cellular), Cost.PAID),
        (Told(Medium.Unknown), Cost.UNKNOWN),
        (Told(Medium.Bluetooth), Cost.UNKNOWN),
        (None, Cost.UNKNOWN),
    ],
)
def test_what_a_connection_costs(monkeypatch: pytest.MonkeyPatch, told: Told | None, cost: Cost) -> None:
    monkeypatch.setattr(connection, "_loaded", lambda: told is not None)
    monkeypatch.setattr(QNetworkInformation, "instance", lambda: told)
    assert connection.cost() is cost
    assert connection.there() and not connection.asks_login()


def test_a_system_that_knows_of_no_network_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_loaded", lambda: True)
    monkeypatch.setattr(QNetworkInformation, "instance", lambda: Told(reach=Reach.Disconnected))
    assert not connection.there()
