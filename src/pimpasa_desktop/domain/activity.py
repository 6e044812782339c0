"""One thing that was done on a visit; a visit may hold several, such as a talk and a gift of food."""

from pimpasa_desktop.domain.attendee import STAKEHOLDER_GROUPS
from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Choice, Many, Ref, Text

ACTIVITY_TYPES = {
    "sosialisasi_edukasi": "Sosialisasi dan edukasi",
    "penyuluhan": "Penyuluhan",
    "penguatan_tusi": "Penguatan tugas dan fungsi",
    "bimtek_pelatihan": "Bimbingan teknis atau pelatihan",
    "rapat_koordinasi": "Rapat koordinasi",
    "sambang_desa": "Sambang desa",
    "pembentukan_dbi": "Pembentukan desa binaan",
    "penetapan_dbi": "Penetapan desa binaan",
    "peluncuran_dbi": "Peluncuran desa binaan",
    "pengukuhan_dbi": "Pengukuhan desa binaan",
    "pemasangan_papan_sertifikat": "Pemasangan papan atau sertifikat",
    "monitoring_evaluasi": "Monitoring dan evaluasi",
    "layanan_paspor_jemput_bola": "Layanan paspor jemput bola",
    "pengawasan_orang_asing": "Pengawasan orang asing",
    "pengumpulan_informasi": "Pengumpulan informasi",
    "verifikasi_laporan": "Verifikasi laporan",
    "bakti_sosial": "Bakti sosial",
    "goes_to_school": "Goes to School",
    "lainnya": "Lainnya",
}


class Activity(Record, entity="activity", label="Kegiatan", level=Level.C, root="visit"):
    visit: str = field(Ref("visit"), "Kunjungan", required=True)
    activity_type: str = field(Choice(ACTIVITY_TYPES), "Jenis kegiatan", required=True, in_table=True)
    name: str = field(Text(200), "Nama kegiatan", in_table=True)
    audience: list[str] = field(Many(STAKEHOLDER_GROUPS), "Sasaran kegiatan")
    purpose: str = field(Text(1_000, lines=True), "Tujuan kegiatan")
