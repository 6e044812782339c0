"""Makes resources/exchange.dict: what the two ends of an exchange need not tell each other again.

The content is the skeleton of typical messages and the field's own words, most useful last (zstd reaches those
cheapest). The file belongs to the protocol: a change is a new protocol version, because both ends must hold the same
bytes. Run: python build/dictionary.py > resources/exchange.dict
"""

import sys

import msgspec

from pimpasa_desktop.domain.entity import REGISTRY, Values
from pimpasa_desktop.domain.kinds import Choice, Many
from pimpasa_desktop.domain.operation import Action, Operation
from pimpasa_desktop.domain.register import entities
from pimpasa_desktop.domain.row import Row
from pimpasa_desktop.sync.protocol.columns import Writer
from pimpasa_desktop.sync.protocol.messages import PROTOCOL, Answer, Request, pack_operations, pack_rows

PHRASES = """Kepala Seksi Intelijen dan Penindakan Keimigrasian, Kepala Kantor Imigrasi Kelas II Non TPI,
Kantor Imigrasi,
Petugas Imigrasi Pembina Desa (PIMPASA), Pencegahan TPPO dan TPPM, Imigrasi Masuk Desa (IMDES), Karang Taruna,
Kepala Dusun, Kepala Desa, Sekretaris Desa, Bhabinkamtibmas, Babinsa, Koramil, Polsek, Puskesmas, Posyandu, Kecamatan,
Kelurahan, Kabupaten, keberangkatan, perekrut, keluarga, paspor, Malaysia, pekerjaan, gaji, tidak, dengan, yang, untuk,
Balai Desa, Pemerintah Desa, Desa Binaan Imigrasi (DBI), Sosialisasi dan Edukasi Keimigrasian"""
ORIGIN_ID = "3f1c0a52-7b9d-8e40-9a6c-1d0000000001"
OTHER_ID = "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d"
SAMPLES: list[tuple[str, Values]] = [
    (
        "conflict",
        {
            "about": ORIGIN_ID,
            "record": ORIGIN_ID,
            "record_entity": "attendee",
            "field_name": "name",
            "secrecy": "B",
            "office_value": '""',
            "office_author": "",
            "office_at": "2026-01-05T02:00:00+00:00",
            "mine_value": '""',
            "mine_author": "",
            "mine_account": OTHER_ID,
            "mine_at": "2026-01-05T02:00:00+00:00",
        },
    ),
    ("follow_up", {"visit": ORIGIN_ID, "text": "", "due_on": "2026-01-12"}),
    (
        "risk_report",
        {
            "office": ORIGIN_ID,
            "village": OTHER_ID,
            "visit": ORIGIN_ID,
            "kind": "tppo",
            "narrative": "",
            "indicators": {"+": ["A01", "C01"], "-": []},
            "status": "submitted",
        },
    ),
    (
        "visit",
        {
            "office": ORIGIN_ID,
            "villages": {"+": [OTHER_ID], "-": []},
            "starts_at": "2026-01-05T09:00:00+08:00",
            "ends_at": "2026-01-05T12:00:00+08:00",
            "venue": "Balai Desa",
            "programme": "Desa Binaan Imigrasi (DBI)",
            "theme": "Sosialisasi dan Edukasi Keimigrasian",
            "status": "done",
        },
    ),
    (
        "attendee",
        {
            "visit": ORIGIN_ID,
            "name": "",
            "sex": "L",
            "stakeholder_group": "warga",
            "position_title": "",
            "institution": "Desa",
            "phone": "+62812",
        },
    ),
]


def _codes() -> str:
    kinds = [field.kind for declared in entities() for field in declared.fields.values()]
    return " ".join(code for kind in kinds if isinstance(kind, Choice | Many) for code in kind.options)


def _names() -> str:
    return " ".join(name for declared in REGISTRY.values() for name in (declared.name, *declared.fields))


def _request(operations: list[Operation]) -> bytes:
    writer = Writer()
    tables = pack_operations(writer, operations)
    return msgspec.msgpack.encode(
        Request(
            PROTOCOL,
            b"epoch..8",
            b"turn...8",
            b"\x95\x01\xc4\x08namename\xc4\x00\x00\x00",
            1767577200,
            writer.ids.table(),
            tables,
        )
    )


def _answer(rows: list[Row]) -> bytes:
    writer = Writer()
    tables = pack_rows(writer, rows)
    return msgspec.msgpack.encode(
        Answer(
            PROTOCOL,
            b"",
            b"turn...8",
            b"",
            b"\x95\x01\xc4\x08namename\xc4\x00\x00\x00",
            False,
            False,
            1767577200,
            b"\x00",
            [1],
            writer.ids.table(),
            [],
            tables,
            [],
            None,
            b"digest.digest.16",
            None,
        )
    )


def content() -> bytes:
    operations = [
        Operation(ORIGIN_ID, entity, ORIGIN_ID, Action.PUT, 0, values, 1767577200) for entity, values in SAMPLES
    ]
    rows = [
        Row(entity, ORIGIN_ID, 7, OTHER_ID, False, {k: v["+"] if isinstance(v, dict) else v for k, v in values.items()})
        for entity, values in SAMPLES
    ]
    parts = [_names().encode(), _codes().encode(), PHRASES.encode(), _answer(rows), _request(operations)]
    parts += [_request([operation]) for operation in operations] + [_answer([]), _request([])]
    return b"".join(parts)


if __name__ == "__main__":
    sys.stdout.buffer.write(content())
