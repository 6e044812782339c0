"""The clerk's part of the walk: what the officer sent, beside its document; a name mended; the list as a PDF."""

from pathlib import Path

from pimpasa_desktop.app.walk.hands import Astray, Hands
from pimpasa_desktop.app.walk.officer import PEOPLE, VILLAGE

WRONG, RIGHT = "Budi Paputungn", "Budi Paputungan"


def enter(hands: Hands) -> None:
    hands.step = "masuk sebagai staf kantor"
    hands.press("Masuk sebagai staf kantor")
    hands.see("Ganti peran", "Kanim Kotamobagu", "belum dilihat")
    hands.choose_row("Masuk", VILLAGE)
    hands.see(f"{len(PEOPLE)} orang", "Pratinjau", "1 dari 1")
    _same(hands, [person.name for person in PEOPLE])
    hands.show("masuk", "Masuk: kunjungan dari petugas di samping daftar hadir yang akan dicetak.")


def mend(hands: Hands) -> None:
    hands.step = "betulkan nama"
    hands.choose_row("Nama peserta", WRONG)
    hands.fill("Betulkan nama", RIGHT)
    hands.see(f"Tersimpan: {WRONG} menjadi {RIGHT}")
    _same(hands, [RIGHT if person.name == WRONG else person.name for person in PEOPLE])
    hands.show("nama-dibetulkan", f"Salah ketik dibetulkan: {WRONG} menjadi {RIGHT}.")


def export(hands: Hands, out: Path) -> Path:
    hands.step = "simpan PDF"
    hands.press("Ekspor daftar ini")
    hands.see(f"1 dipilih · {len(PEOPLE)} nama")
    hands.fill("Simpan ke folder", str(out))
    hands.press("Simpan 1 PDF")
    hands.see("1 daftar tersimpan")
    made = sorted(out.glob("*.pdf"))
    if len(made) != 1 or not made[0].read_bytes().startswith(b"%PDF-"):
        raise Astray(f'Tersesat pada langkah "{hands.step}": di {out} tidak ada satu PDF.')
    hands.show("ekspor", "Daftar Hadir tersimpan sebagai PDF.")
    return made[0]


def send(hands: Hands) -> None:
    hands.step = "kirim perbaikan"
    hands.press("Kirim sekarang")
    hands.see("0 catatan menunggu")


def _same(hands: Hands, names: list[str]) -> None:
    """What the clerk sees is what the officer typed, in the same order."""
    shown = [row[-1] for row in hands.rows("Nama peserta")]
    if shown != names:
        raise Astray(f"Staf kantor melihat {shown}, padahal petugas mengetik {names}.")
