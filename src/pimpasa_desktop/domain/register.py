"""All declarations, found in the files of this package: a new entity is a new file and no second place names it.

A built program must carry those files although nothing imports them by name: PyInstaller is told so
(`--collect-submodules pimpasa_desktop.domain`).
"""

from importlib import import_module
from pkgutil import iter_modules

from pimpasa_desktop import domain
from pimpasa_desktop.domain.entity import REGISTRY, Entity

for _found in iter_modules(domain.__path__, f"{domain.__name__}."):
    if _found.name != __name__:
        import_module(_found.name)


def entities() -> list[Entity]:
    """Every declared entity in the order in which an exchange sends them: roots before what hangs on them."""
    return sorted(REGISTRY.values(), key=lambda declared: (bool(declared.parents), declared.name))
