"""Every screen that is built, in the order of the navigation. What is not built is not offered."""

from pimpasa_desktop.app.screen import Kind
from pimpasa_desktop.app.screens.exchange import ExchangeScreen
from pimpasa_desktop.app.screens.export import ExportScreen
from pimpasa_desktop.app.screens.home import HomeScreen
from pimpasa_desktop.app.screens.inbox import InboxScreen
from pimpasa_desktop.app.screens.settings import SettingsScreen
from pimpasa_desktop.app.screens.trays import TraysScreen
from pimpasa_desktop.app.screens.visits import VisitsScreen
from pimpasa_desktop.domain.roles import Role
from pimpasa_desktop.i18n import _

_ALL = frozenset(Role)

SCREENS = (
    Kind("home", HomeScreen, "house", lambda: _("Beranda"), roles=_ALL - {Role.OFFICE_CLERK}),
    Kind("inbox", InboxScreen, "tray", lambda: _("Masuk"), roles=frozenset({Role.OFFICE_CLERK})),
    Kind("visits", VisitsScreen, "calendar-check", lambda: _("Kunjungan")),
    Kind("export", ExportScreen, "file-arrow-down", lambda: _("Ekspor")),
    Kind("exchange", ExchangeScreen, "arrows-clockwise", lambda: _("Sinkronisasi")),
    Kind("settings", SettingsScreen, "gear-six", lambda: _("Pengaturan")),
    Kind("trays", TraysScreen, under="exchange"),
)
