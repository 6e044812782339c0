"""All declarations, imported once, in the order in which an exchange sends them: roots before what hangs on them."""

from pimpasa_desktop.domain.account import Account, Assignment
from pimpasa_desktop.domain.attendee import Attendee
from pimpasa_desktop.domain.entity import REGISTRY, Entity
from pimpasa_desktop.domain.follow_up import FollowUp
from pimpasa_desktop.domain.office import Office
from pimpasa_desktop.domain.risk_report import RiskReport
from pimpasa_desktop.domain.tray import Conflict, Rejected
from pimpasa_desktop.domain.village import Village
from pimpasa_desktop.domain.visit import Visit

__all__ = [
    "Account",
    "Assignment",
    "Attendee",
    "Conflict",
    "FollowUp",
    "Office",
    "Rejected",
    "RiskReport",
    "Village",
    "Visit",
    "entities",
]


def entities() -> list[Entity]:
    """Every declared entity, roots first."""
    return sorted(REGISTRY.values(), key=lambda declared: bool(declared.parents))
