"""Every screen that is built, in the order of the navigation. What is not built is not offered.

Each is imported when it is first shown: the first screen must not wait for the others.
"""

from pimpasa_desktop.app.screen import Context, Kind, Place, Screen
from pimpasa_desktop.domain.policy import handles_secrets
from pimpasa_desktop.domain.roles import Person, Role
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


def _villages(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.villages import VillagesScreen

    return VillagesScreen(context, place)


def _village(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.village import VillageScreen

    return VillageScreen(context, place)


def _designation(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.designation import DesignationScreen

    return DesignationScreen(context, place)


def _designations(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.designations import DesignationsScreen

    return DesignationsScreen(context, place)


def _campaigns(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.campaigns import CampaignsScreen

    return CampaignsScreen(context, place)


def _campaign(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.campaign import CampaignScreen

    return CampaignScreen(context, place)


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


def _visit(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.visit import VisitScreen

    return VisitScreen(context, place)


def _register(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.register import RegisterScreen

    return RegisterScreen(context, place)


def _findings(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.findings import FindingsScreen

    return FindingsScreen(context, place)


def _finding(context: Context, place: Place) -> Screen:
    from pimpasa_desktop.app.screens.risk import RiskScreen

    return RiskScreen(context, place)


def _clerk(person: Person) -> bool:
    return person.role is Role.OFFICE_CLERK


SCREENS = (
    Kind("home", _home, "house", lambda: _("Beranda"), may=lambda person: not _clerk(person)),
    Kind("inbox", _inbox, "tray", lambda: _("Masuk"), may=_clerk),
    Kind("visits", _visits, "calendar-check", lambda: _("Kunjungan")),
    Kind("visit", _visit, under="visits"),
    Kind("register", _register, under="visits"),
    Kind("villages", _villages, "map-trifold", lambda: _("Desa")),
    Kind("village", _village, under="villages"),
    Kind("designation", _designation, under="villages"),
    Kind("designations", _designations, under="villages"),
    Kind("campaigns", _campaigns, under="villages"),
    Kind("campaign", _campaign, under="villages"),
    Kind("findings", _findings, "binoculars", lambda: _("Temuan"), may=handles_secrets),
    Kind("finding", _finding, under="findings", may=handles_secrets),
    Kind("export", _export, "file-arrow-down", lambda: _("Ekspor")),
    Kind("exchange", _exchange, "arrows-clockwise", lambda: _("Sinkronisasi")),
    Kind("settings", _settings, "gear-six", lambda: _("Pengaturan")),
    Kind("trays", _trays, under="exchange"),
)
