"""Every screen that is built, in the order of the navigation. What is not built is not offered.

Each is imported when it is first shown: the first screen must not wait for the others.
"""

from pimpasa_desktop.app.screen import Context, Kind, Place, Screen
from pimpasa_desktop.domain.roles import Role
from pimpasa_desktop.i18n import _


def _home(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.home import HomeScreen

    return HomeScreen(context, place)


def _inbox(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.inbox import InboxScreen

    return InboxScreen(context, place)


def _visits(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.visits import VisitsScreen

    return VisitsScreen(context, place)


def _export(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.export import ExportScreen

    return ExportScreen(context, place)


def _exchange(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.exchange import ExchangeScreen

    return ExchangeScreen(context, place)


def _settings(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.settings import SettingsScreen

    return SettingsScreen(context, place)


def _trays(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.trays import TraysScreen

    return TraysScreen(context, place)


_ALL = frozenset(Role)

SCREENS = (
    Kind("home", _home, "house", lambda: _("Beranda"), roles=_ALL - {Role.OFFICE_CLERK}),
    Kind("inbox", _inbox, "tray", lambda: _("Masuk"), roles=frozenset({Role.OFFICE_CLERK})),
    Kind("visits", _visits, "calendar-check", lambda: _("Kunjungan")),
    Kind("export", _export, "file-arrow-down", lambda: _("Ekspor")),
    Kind("exchange", _exchange, "arrows-clockwise", lambda: _("Sinkronisasi")),
    Kind("settings", _settings, "gear-six", lambda: _("Pengaturan")),
    Kind("trays", _trays, under="exchange"),
)
