"""Every screen that is built, in the order of the navigation. What is not built is not offered."""

from pimpasa_desktop.app.screen import Kind
from pimpasa_desktop.app.screens.exchange import ExchangeScreen
from pimpasa_desktop.app.screens.findings import FindingsScreen
from pimpasa_desktop.app.screens.home import HomeScreen
from pimpasa_desktop.app.screens.register import RegisterScreen
from pimpasa_desktop.app.screens.risk import RiskScreen
from pimpasa_desktop.app.screens.trays import TraysScreen
from pimpasa_desktop.app.screens.visit import VisitScreen
from pimpasa_desktop.app.screens.visits import VisitsScreen
from pimpasa_desktop.domain.policy import handles_secrets
from pimpasa_desktop.i18n import _

SCREENS = (
    Kind("home", HomeScreen, "house", lambda: _("Beranda")),
    Kind("visits", VisitsScreen, "calendar-check", lambda: _("Kunjungan")),
    Kind("visit", VisitScreen, under="visits"),
    Kind("register", RegisterScreen, under="visits"),
    Kind("findings", FindingsScreen, "binoculars", lambda: _("Temuan"), may=handles_secrets),
    Kind("finding", RiskScreen, under="findings", may=handles_secrets),
    Kind("exchange", ExchangeScreen, "arrows-clockwise", lambda: _("Sinkronisasi")),
    Kind("trays", TraysScreen, under="exchange"),
)
