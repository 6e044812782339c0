"""The window: the only part of the program that knows of Qt.

How it is put together:

run         composition root: application, theme, language, unlocking; then the window
window      navigation and status line, nothing else
background  the one writer: `write(change)` runs on its thread, the answer comes back to the UI thread
notices     `changed(ids)` after every write and exchange; `stood(standing)`: saved, waiting, last exchange
exchanging  one exchange; syncer: when to exchange
taking_in   files on their way in, whatever page is shown; coming: those of one record, on its page
screen      the contract: `Screen(context, place)`, `Context`, `Place`, `Kind`
screens/    one file each; a new screen is one file and one line in screens/__init__.py
widgets/    what screens are made of; theme, fonts, icons

A screen is made with `Screen(context, place)`: a frozen `Context` with `queries` (read-only, always as of the last
write), `write(change).then(done, refused, owner=self)`, `notices`, `navigate(Place(key, record))`, `back()`, `env`,
`person`. It overrides `refresh(ids)` and `arrive()`. It never opens a store, starts a thread or asks the time
elsewhere. Screens of the navigation live as long as the window, so one returns to the same place; others are made when
opened and end when one goes back. A screen offers a way to another only where `context.knows(key)`.
"""

import pimpasa_desktop.app.binding  # noqa: F401 - before any other part of the window is imported
