"""A leaflet, talk or board that an office has ready; everybody of the office may use it."""

from pimpasa_desktop.domain.entity import Level, Record, field
from pimpasa_desktop.domain.kinds import Choice, Day, Flag, Ref, Text

MATERIAL_KINDS = {
    "paspor_mpaspor": "Paspor dan M-Paspor",
    "paspor_cpmi": "Paspor bagi CPMI",
    "syarat_pmi": "Syarat bekerja di luar negeri (UU 18/2017)",
    "jalur_resmi": "Jalur resmi bekerja di luar negeri",
    "modus_tppo_tppm": "Bahaya dan modus TPPO dan TPPM",
    "pmi_nonprosedural": "Bahaya PMI nonprosedural",
    "wajib_lapor_wna": "Kewajiban melapor orang asing",
    "hukum_keimigrasian": "Hukum dan dokumen keimigrasian",
    "pemeriksaan_keimigrasian": "Pemeriksaan keimigrasian",
    "selama_di_luar_negeri": "Selama berada di luar negeri",
    "program_pimpasa": "Program Desa Binaan dan peran PIMPASA",
    "alat_peraga": "Selebaran, spanduk, papan, kartu kontak",
    "lainnya": "Lainnya",
}


class Material(Record, entity="material", label="Materi", level=Level.C, office="office", shared=True):
    office: str = field(Ref("office"), "Kantor")
    title: str = field(Text(200), "Judul", required=True, in_table=True)
    kind: str = field(Choice(MATERIAL_KINDS), "Jenis", required=True, in_table=True)
    edition: str = field(Text(60), "Edisi")
    verified_on: str = field(Day(), "Isi diperiksa pada")
    retired: bool = field(Flag(), "Tidak dipakai lagi")
