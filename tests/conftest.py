"""What holds for every test: the guards, and how many cases hypothesis tries."""

import hypothesis
import pytest

from pimpasa_desktop.env import Env

pytest_plugins = ["guards", "rig.postgres", "pytester"]

# No deadline: two slow cores must not fail a property. `make prove` asks for the second profile.
hypothesis.settings.register_profile("test", deadline=None, print_blob=True)
hypothesis.settings.register_profile("prove", deadline=None, print_blob=True, max_examples=2000)
hypothesis.settings.load_profile("test")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is found into tests/golden")
    parser.addoption("--planted", default="", help="a deliberate bug to switch on: the test named for it must fail")


def pytest_configure(config: pytest.Config) -> None:
    if bug := config.getoption("--planted"):
        Env.planted = lambda self, asked: asked == bug
