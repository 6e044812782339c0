"""`make run`: the practice in a window; without a display, the walk through the main job in one that nobody sees.

Everything lies in out/. Whatever was started ends with this program.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

from pimpasa_desktop import i18n
from pimpasa_desktop.home import Machine
from pimpasa_desktop.i18n import _
from pimpasa_desktop.practice.ground import Practice
from pimpasa_desktop.problem import Problem


def main() -> int:
    out = Path("out").resolve()
    try:
        return _walk(out) if _without_display() else _window(out)
    except Problem as problem:
        print(problem.sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1


def _without_display() -> bool:
    return sys.platform.startswith("linux") and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _window(out: Path) -> int:
    from pimpasa_desktop.app import practising

    practice = Practice(out / "practice", Machine())
    i18n.use(i18n.language_of(os.environ))
    try:
        return practising.run(practice, _tell)
    finally:
        practice.close()


def _walk(out: Path) -> int:
    """In Indonesian: the walk looks for the words on the screens. Everything is made anew, each time."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from pimpasa_desktop.app.walk.main_job import walk

    machine = Machine(environ={**os.environ, "LC_ALL": "id_ID.UTF-8"})
    i18n.use("id")
    practice = Practice(out / "practice", machine)
    results = out / "walk"
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir(parents=True)
    for number in (signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else [])):
        signal.signal(number, signal.default_int_handler)
    _tell(_("PIMPASA Desktop: tidak ada layar, jadi pekerjaan utama dijalankan di jendela yang tidak terlihat."))
    begun = machine.env.monotonic()
    try:
        practice.forget()
        made = walk(practice, results, _tell)
    finally:
        practice.close()
    seconds = round(machine.env.monotonic() - begun)
    _tell(_("Selesai dalam {seconds} detik. Semua yang dijalankan sudah dihentikan.").format(seconds=seconds))
    pictures = [path for path in made if path.suffix == ".png"]
    _tell(_("Gambar layar: {count} berkas di {folder}").format(count=len(pictures), folder=results))
    for path in made:
        if path.suffix == ".pdf":
            _tell(_("Daftar Hadir (PDF): {file}").format(file=path))
    told = _("Data latihan: {folder} (kata sandi dalam {file})")
    _tell(told.format(folder=out / "practice", file=practice.passphrase))
    return 0


def _tell(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
