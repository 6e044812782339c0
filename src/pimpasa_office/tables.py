"""The tables of the ledger, the same in SQLCipher and PostgreSQL. A new entity needs none."""

import sqlalchemy as sa

metadata = sa.MetaData()

records = sa.Table(
    "record",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("entity", sa.String(40), nullable=False, index=True),
    sa.Column("root", sa.String(36), nullable=False, index=True),
    sa.Column("level", sa.String(1), nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False, index=True),
    sa.Column("author", sa.String(36), nullable=False),
    sa.Column("deleted", sa.Boolean, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("clocks", sa.Text, nullable=False),
    sa.Column("healed", sa.BigInteger, nullable=False),
    sa.Column("written_by", sa.Text, nullable=False),
    sa.Column("written_at", sa.String(40), nullable=False),
)
root_places = sa.Table(
    "root_place",
    metadata,
    sa.Column("root", sa.String(36), primary_key=True),
    sa.Column("place", sa.String(80), primary_key=True, index=True),
)
left_places = sa.Table(
    "left_place",
    metadata,
    sa.Column("root", sa.String(36), nullable=False, index=True),
    sa.Column("level", sa.String(1), nullable=False),
    sa.Column("place", sa.String(80), nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False, index=True),
)
buckets = sa.Table(
    "bucket",
    metadata,
    sa.Column("place", sa.String(80), primary_key=True),
    sa.Column("level", sa.String(1), primary_key=True),
    sa.Column("sum", sa.LargeBinary, nullable=False),
)
operations = sa.Table(
    "operation",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("record", sa.String(36), nullable=False, index=True),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("outcome", sa.Integer, nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("tray", sa.String(36), nullable=False),
)
devices = sa.Table(
    "device",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("account", sa.String(36), nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("turn", sa.LargeBinary, nullable=False),
    sa.Column("previous_turn", sa.LargeBinary, nullable=False),
    sa.Column("last_request", sa.LargeBinary, nullable=False),
    sa.Column("last_operations", sa.LargeBinary, nullable=False),
    sa.Column("copy_of", sa.String(36), nullable=False),
    sa.Column("revoked_at", sa.String(40), nullable=False),
    sa.Column("seen_at", sa.String(40), nullable=False),
)
enrolments = sa.Table(
    "enrolment",
    metadata,
    sa.Column("code_hash", sa.LargeBinary, primary_key=True),
    sa.Column("account", sa.String(36), nullable=False),
    sa.Column("expires_at", sa.String(40), nullable=False),
    sa.Column("device", sa.String(36), nullable=False),
)
blobs = sa.Table(
    "blob",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("held", sa.Integer, nullable=False),
    sa.Column("left_at", sa.BigInteger),
)
blob_parts = sa.Table(
    "blob_part",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
grant_sets = sa.Table(
    "grant_set",
    metadata,
    sa.Column("hash", sa.LargeBinary, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)
erased = sa.Table("erased", metadata, sa.Column("id", sa.String(36), primary_key=True))
facts = sa.Table(
    "fact", metadata, sa.Column("name", sa.String(40), primary_key=True), sa.Column("value", sa.Text, nullable=False)
)
moments = sa.Table(  # numbers above `after`, up to the next row's, were given at that second
    "moment",
    metadata,
    sa.Column("after", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
)
lives = sa.Table(
    "life",
    metadata,
    sa.Column("began", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("after", sa.BigInteger, nullable=False),
)
