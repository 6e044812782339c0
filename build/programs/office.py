"""Where the built `pimpasa-office` starts."""

from pimpasa_office.cli import entry

entry()
