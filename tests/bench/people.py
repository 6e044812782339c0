"""Invented people and sentences for workloads, from a seed. Shaped like the field: names repeat in parts, groups
and institutions repeat whole, phones do not repeat."""

import random

GIVEN = ["Agus", "Ahmad", "Andi", "Anwar", "Arman", "Asep", "Bambang", "Benny", "Budi", "Daud", "Dedi", "Deddy", "Denny", "Dwi", "Eko", "Fadli", "Fajar", "Ferry", "Hadi", "Hamzah", "Hasan", "Hendra", "Herman", "Ilham", "Imam", "Indra", "Irfan", "Iwan", "Jemmy", "Joko", "Jufri", "Kamal", "Karim", "Lukman", "Mahmud", "Marlon", "Maman", "Mulyadi", "Nasir", "Novri", "Nur", "Opan", "Rahmat", "Rian", "Ridwan", "Rizal", "Rudi", "Rusdi", "Ruslan", "Saiful", "Salim", "Samsul", "Slamet", "Stenly", "Sugeng", "Sukardi", "Supri", "Suryanto", "Syahrul", "Taufik", "Teguh", "Tono", "Udin", "Usman", "Wahyu", "Wawan", "Yanto", "Yusuf", "Zainal", "Zulkifli", "Aisyah", "Ani", "Anita", "Asih", "Ayu", "Cindy", "Desi", "Dewi", "Dian", "Endang", "Erna", "Esti", "Fatimah", "Fitri", "Hasna", "Heni", "Ida", "Ika", "Indah", "Intan", "Jumiati", "Kartini", "Kurnia", "Lestari", "Lilis", "Linda", "Maria", "Marni", "Maryam", "Mega", "Merlin", "Nani", "Ningsih", "Nita", "Novita", "Nurhayati", "Olvi", "Putri", "Ratna", "Rina", "Rini", "Rohani", "Rosmini", "Santi", "Sari", "Selvi", "Siti", "Sri", "Suci", "Sumarni", "Susi", "Tini", "Tuti", "Umi", "Wati", "Winarti", "Yanti", "Yeni", "Yuliana", "Yuni"]
FAMILY = ["Abdullah", "Adam", "Arbie", "Bachmid", "Damopolii", "Dali", "Effendi", "Firmansyah", "Ginoga", "Gonibala", "Gunawan", "Halim", "Harahap", "Hidayat", "Husain", "Ibrahim", "Iskandar", "Kadir", "Kalangi", "Kobandaha", "Korompot", "Kurniawan", "Kusuma", "Lahay", "Langi", "Lumentut", "Mamonto", "Manoppo", "Maulana", "Mokoagow", "Mokodompit", "Mokoginta", "Mustafa", "Nasution", "Ngangi", "Nugroho", "Oroh", "Pangemanan", "Paputungan", "Pasambuna", "Pobela", "Pontoh", "Potabuga", "Prasetyo", "Pratama", "Purnomo", "Putra", "Rahman", "Ramadhan", "Rorong", "Rumondor", "Saputra", "Setiawan", "Simanjuntak", "Siregar", "Sondakh", "Sugeha", "Suharto", "Sulaiman", "Susanto", "Sutrisno", "Tambunan", "Tumiwa", "Tungkagi", "Utomo", "Wahyudi", "Waworuntu", "Wibowo", "Widodo", "Wijaya", "Wowor", "Yusuf"]
GROUPS = ["warga"] * 20 + ["perangkat_desa"] * 3 + ["tokoh_masyarakat", "tokoh_agama", "pemuda", "pemuda", "perempuan"]
POSITIONS = {
    "perangkat_desa": ["Sangadi", "Sekretaris Desa", "Kepala Dusun I", "Kepala Dusun II", "Kaur Umum", "Kasi Kesra"],
    "tokoh_masyarakat": ["Tokoh masyarakat"],
    "tokoh_agama": ["Imam masjid", "Pendeta"],
    "pemuda": ["Karang Taruna", ""],
    "perempuan": ["PKK", "Kader Posyandu"],
    "warga": [""],
}
SENTENCES = ["Warga menyampaikan bahwa {name} ditawari pekerjaan di {land} oleh seorang perempuan yang mengaku dari agen.", "Gaji yang dijanjikan {pay} juta rupiah sebulan dan biaya ditanggung dahulu lalu dipotong gaji.", "Perekrut meminta KTP dan kartu keluarga asli serta akan mengurus paspor secara bersama-sama.", "Keluarga tidak mengetahui nama perusahaan, alamat majikan, maupun jadwal keberangkatan.", "Keberangkatan direncanakan melalui {port} bersama {count} orang lain dari desa tetangga.", "Menurut {name}, dua tetangganya berangkat tahun lalu dan sudah {count} bulan tidak memberi kabar.", "Nomor telepon perekrut disimpan oleh kepala dusun dan pernah muncul pada laporan lain.", "Petugas menyarankan agar menunda keberangkatan dan memeriksa ke BP3MI.", "{name} bersedia dihubungi kembali setelah musyawarah keluarga.", "Perangkat desa berjanji mencatat setiap orang luar yang datang menawarkan pekerjaan."]
LANDS = ["Malaysia", "Kamboja", "Thailand", "Arab Saudi", "Myanmar", "Taiwan"]
PORTS = ["Batam", "Nunukan", "Bitung", "Tanjung Balai", "Entikong"]


class People:
    def __init__(self, seed: object) -> None:
        self.chance = random.Random(str(seed))

    def name(self) -> str:
        parts = [self.chance.choice(GIVEN), self.chance.choice(FAMILY)]
        if self.chance.random() < 0.3:
            parts.insert(1, self.chance.choice(GIVEN))
        return " ".join(parts)

    def phone(self) -> str:
        return self.chance.choice(["0812", "0813", "0852", "0857", "0822"]) + "".join(
            self.chance.choices("0123456789", k=8)
        )

    def attendee(self, visit: str, village: str) -> dict[str, object]:
        group = self.chance.choice(GROUPS)
        found: dict[str, object] = {
            "visit": visit,
            "name": self.name(),
            "sex": self.chance.choice("LP"),
            "stakeholder_group": group,
        }
        if position := self.chance.choice(POSITIONS[group]):
            found["position_title"] = position
        found["institution"] = f"Pemerintah Desa {village}" if group == "perangkat_desa" else f"Desa {village}"
        if self.chance.random() < 0.6:
            found["phone"] = self.phone()
        return found

    def sentences(self, length: int) -> str:
        text = ""
        while len(text) < length:
            text += (
                self.chance.choice(SENTENCES).format(
                    name=self.name(),
                    land=self.chance.choice(LANDS),
                    port=self.chance.choice(PORTS),
                    pay=self.chance.randint(5, 25),
                    count=self.chance.randint(2, 19),
                )
                + " "
            )
        return text.strip()
