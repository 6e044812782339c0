"""The officer's part of the walk: a visit, who came, a finding; saved without a signal, sent when there is one."""

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from pimpasa_desktop.app.walk.hands import Astray, Hands

VILLAGE, THEME = "Guaan", "Penyuluhan jalur resmi bekerja di luar negeri"
DAY, DAY_SHOWN = "3/7/2025", "Kamis, 3 Juli 2025"


@dataclass(frozen=True)
class Person:
    name: str
    sex: str
    group: str
    institution: str = ""
    phone: str = ""


# Invented; the numbers hold the impossible block 0000.
PEOPLE = (
    Person("Rusdi Mamonto", "L", "Perangkat desa", "Pemerintah Desa Guaan", "081300002204"),
    Person("Hartin Simbala", "P", "Perempuan/PKK", "PKK Guaan"),
    Person("Aipda Nopri Lumempow", "L", "Polri", "Polsek Mooat", "081200003345"),
    Person("Siti Damopolii", "P", "Keluarga PMI", "Guaan"),
    Person("Budi Paputungn", "L", "Pemuda", "Karang Taruna"),  # the clerk mends this one
    Person("Ratna Mokodompit", "P", "CPMI", "Guaan", "085200001188"),
    Person("Yusuf Gonibala", "L", "Relawan", "Masjid An Nur"),
    Person("Meyke Manoppo", "P", "Warga", "Guaan"),
)


class Office(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


def enter(hands: Hands, office: Office) -> None:
    hands.step = "masuk sebagai petugas"
    hands.press("Masuk sebagai petugas")
    hands.see("Ganti peran", "Satu kunjungan hari ini.", "Lewat waktu", "0 catatan menunggu", "Terkirim")
    hands.show("beranda", "Beranda petugas: kunjungan hari ini, siap berangkat, janji yang lewat waktu.")
    office.stop()  # from here on there is no signal


def new_visit(hands: Hands) -> None:
    hands.step = "kunjungan baru"
    hands.press("Kunjungan baru")
    hands.into("Desa")
    hands.write(VILLAGE.lower()[:4])
    hands.see(f"{VILLAGE}, Kec. Mooat")
    hands.show("desa-diketik", "Kunjungan baru: desa dicari sambil mengetik.")
    hands.key("Enter")
    hands.see(f"Desa {VILLAGE}")
    for field, text in (
        ("Kegiatan atau tema", THEME),
        ("Program", "Desa Binaan Imigrasi (DBI)"),
        ("Tanggal", DAY),
        ("Mulai", "09.00"),
        ("Selesai", "11.30"),
        ("Tempat acara", f"Balai Desa {VILLAGE}"),
    ):
        hands.fill(field, text)
    hands.see(DAY_SHOWN, "09.00 – 11.30 WITA", f"Balai Desa {VILLAGE}", "Tersimpan")
    hands.show("ringkasan", "Ringkasan diisi; tiap isian tersimpan saat ditinggalkan.")


def register(hands: Hands) -> None:
    hands.step = "daftar hadir"
    hands.key("F11")
    hands.see("orang hadir")
    for count, person in enumerate(PEOPLE, 1):
        hands.into("Nama")
        hands.write(person.name)
        hands.key("Tab")
        hands.write(person.sex)
        hands.pick("Unsur", person.group)
        hands.write(person.institution)
        hands.key("Tab")
        hands.write(person.phone)
        hands.key("Enter")
        hands.until(
            partial(_are_there, hands, count),
            f"{person.name} tidak tertulis di daftar.",
        )
    for person, row in zip(reversed(PEOPLE), hands.rows("Sepuluh terakhir"), strict=True):
        if not {person.name, person.sex, person.group, person.institution} <= set(row):
            raise Astray(f"Daftar hadir memuat {row}, padahal yang diketik {person}.")
    hands.show("daftar-hadir", f"Daftar hadir selayar penuh: {len(PEOPLE)} orang diketik huruf demi huruf.")
    hands.key("Esc")
    hands.see(f"Desa {VILLAGE}")


def _are_there(hands: Hands, count: int) -> bool:
    return len(hands.rows("Sepuluh terakhir")) == count


def finding(hands: Hands) -> None:
    hands.step = "catat temuan"
    hands.press("Temuan", within="Bagian kunjungan")
    hands.press("Catat temuan")
    hands.see("Rahasia.", "Belum ada tanda yang dicentang.")
    hands.pick("Jenis", "Perdagangan orang (TPPO)")
    hands.fill("Negara tujuan", "Kamboja")
    hands.into("Yang terjadi")
    hands.write("Seorang ibu bercerita anaknya dijanjikan kerja daring, paspor diurus orang lain.")
    hands.key("Tab")
    hands.press("Ditawari kerja luar negeri oleh perorangan/calo, bukan P3MI atau instansi resmi")
    first = _level(hands)
    hands.press("Lowongan hanya lewat media sosial/WA/Telegram, kantor perekrut tidak jelas")
    hands.press("Gaji dijanjikan jauh di atas wajar dengan syarat sangat ringan")
    hands.until(lambda: _level(hands) > first, "tingkat risiko tidak naik saat tanda bertambah.")
    hands.see("Tersimpan")
    hands.show("temuan", "Temuan: tiga tanda dicentang, tingkat dan alasannya langsung terlihat.")


def _level(hands: Hands) -> int:
    """The level that is shown beside the checklist: 0 not assessed, to 3 high."""
    shown = hands.text().split("\n")
    return max((place for place, word in enumerate(("Belum dinilai", "Rendah", "Sedang", "Tinggi")) if word in shown))


def send_without_signal(hands: Hands) -> None:
    hands.step = "kirim tanpa sinyal"
    hands.press("Sinkronisasi")
    hands.see("menunggu dikirim")
    hands.press("Kirim sekarang")
    hands.see("Kantor belum bisa dihubungi", "tersimpan aman di laptop ini")
    hands.show("tanpa-sinyal", "Kantor tidak terhubung: semua tersimpan aman dan menunggu.")


def send(hands: Hands, office: Office) -> None:
    hands.step = "kirim"
    office.start()
    hands.press("Kirim sekarang")
    hands.see("0 catatan menunggu", "Terkirim hari ini")
    hands.until(lambda: "Kantor belum bisa dihubungi. " not in hands.text(), "kegagalan tadi masih disebut.")
    hands.show("terkirim", "Kantor terhubung lagi: semua catatan terkirim.")


def leave(hands: Hands) -> None:
    hands.step = "ganti peran"
    hands.press("Ganti peran")
    hands.see("Masuk sebagai staf kantor")
    hands.show("ganti-peran", "Ganti peran: sekarang sebagai staf kantor.")
