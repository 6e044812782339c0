"""The one stylesheet, for the parts that Qt draws: text fields, menus, scroll bars, calendars, tooltips.

Everything else paints itself. It knows colours by name only; `state` is a property of a field ("error").
"""

from collections.abc import Mapping
from string import Template

# The border grows inwards when it is 2 px, so the padding gives the pixel back and nothing moves.
_TEMPLATE = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $edge; padding: 4px 8px; }

QLineEdit, QPlainTextEdit, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 0 10px;
  selection-background-color: $blue; selection-color: $on_blue;
  placeholder-text-color: $text3;
}
QLineEdit, QAbstractSpinBox { min-height: 34px; max-height: 34px; }
QPlainTextEdit { padding: 6px 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus { border: 2px solid $link; padding: 0 9px; }
QPlainTextEdit:focus { padding: 5px 7px; }
QLineEdit[state="error"], QPlainTextEdit[state="error"], QAbstractSpinBox[state="error"] {
  border: 2px solid $red; padding: 0 9px;
}
QPlainTextEdit[state="error"] { padding: 5px 7px; }
QLineEdit:focus, QLineEdit[state="error"], QAbstractSpinBox:focus, QAbstractSpinBox[state="error"] {
  min-height: 32px; max-height: 32px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled {
  background: $sunken; color: $text3; border: 1px solid $sunken;
}
QLineEdit[room="register"] { min-height: 46px; max-height: 46px; }
QLineEdit[room="register"]:focus { min-height: 44px; max-height: 44px; }
QLineEdit[room="unlock"] { min-height: 42px; max-height: 42px; }
QLineEdit[room="unlock"]:focus { min-height: 40px; max-height: 40px; }
QLineEdit[room="search"] { padding: 0 36px 0 39px; }
QLineEdit[room="search"]:focus { padding: 0 35px 0 38px; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 3px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QMenu, QComboBox QAbstractItemView, QListView#suggestions {
  background: $surface; color: $text; border: 1px solid $edge; padding: 4px; outline: none;
}
QMenu::item { padding: 8px 24px 8px 12px; border-radius: 4px; }
QMenu::item:selected { background: $blue_tint; color: $text; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QListView#suggestions::item { min-height: 34px; padding: 0 8px; border-radius: 4px; color: $text; }
QListView#suggestions::item:selected { background: $blue_tint; color: $text; }
QComboBox QAbstractItemView::item { min-height: 32px; padding: 0 8px; border-radius: 4px; color: $text; }
QComboBox QAbstractItemView::item:hover { background: $hover; }
QComboBox QAbstractItemView::item:selected { background: $blue_tint; color: $text; }

QTableView { background: $surface; border: 1px solid $line; border-radius: 6px; outline: none; padding: 1px; }
QTableView:focus { border: 2px solid $link; padding: 0; }
QTableView > QWidget { background: transparent; }
QHeaderView { background: transparent; border: none; }
""")


def stylesheet(colours: Mapping[str, str]) -> str:
    """The stylesheet in these colours (name to #rrggbb)."""
    return _TEMPLATE.substitute(colours)
