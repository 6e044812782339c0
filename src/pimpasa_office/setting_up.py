"""The first hour of a ledger: its epoch, its signing key, its recovery key and its first office."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pimpasa_office.accounts import Accounts
from pimpasa_office.ledger import Books
from pimpasa_office.lives import Standing
from pimpasa_office.tables import devices
from pimpasa_office.witness import Witness

# A ledger that is set back goes on at a number above all that it gave in any earlier life, so that old numbers stay
# comparable. It cannot know those lives when a backup from before them is restored again; the office's clock at the
# restore can, as long as fewer than a million changes came in a second. The gap, above what the office remembers or a
# laptop has brought, is the floor for a clock gone wrong.
EPOCH_GAP = 1 << 32
LIFE_BITS = 20


@dataclass(frozen=True)
class Founded:
    """`recovery_key`: the private half (raw X25519, 32 bytes), shown once and kept nowhere."""

    office: str
    recovery_key: bytes


def set_up(books: Books, name: str, office_class: str = "", addresses: tuple[str, ...] = ()) -> Founded:
    env = books.env
    recovery = X25519PrivateKey.from_private_bytes(env.random(32))
    books.set_fact("epoch", env.random(4).hex())
    books.set_fact("signing_key", env.random(32).hex())
    books.set_fact("recovery_key", recovery.public_key().public_bytes_raw().hex())
    # Not an address: what the certificate says, wherever the office is found (RFC 2606 keeps .invalid free). Short,
    # because each question says it.
    books.set_fact("server_name", f"{env.random(5).hex()}.invalid")
    books.set_fact("addresses", "\n".join(addresses))
    office = Accounts(books).write("office", {"name": name, "office_class": office_class})
    books.set_fact("office_name", name)
    books.set_fact("first_office", office)
    return Founded(office, recovery.private_bytes_raw())


def signing_key(books: Books) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(books.fact("signing_key")))


def set_back(books: Books, common: int | None = None, known: int = 0) -> None:
    """After a restore: a new epoch, numbers far above any that laptops may have seen, and no turn that is known.
    One laptop of each name is then taken at its word, and only one: two copies that passed for one would overwrite
    each other's changes unseen. `common`: up to which number laptops know the same ledger, if numbers were given anew
    before it was noticed: those then are as if they had been given only now. `known`: a number that was given for
    certain, in whatever life."""
    books.lock()
    books.set_fact("epoch", books.env.random(4).hex())
    now = int(books.env.now().timestamp())
    last = books.last_number()
    after = last if common is None else min(common, last)
    skipped = max(EPOCH_GAP, (now << LIFE_BITS) - last, known + EPOCH_GAP - last)
    if after < last:
        books.renumber(after, skipped)
        books.lives.drop_above(after)
    books.skip_numbers(skipped)
    books.lives.begin(now, after)
    books.set_fact("lost", f"{books.fact('lost')} {after} {after + skipped}".strip())
    for device in books.all(devices):
        books.set(devices, {"id": device.id}, turn=b"", previous_turn=b"", last_request=b"", last_operations=b"")


def notice(books: Books, witness: Witness, brought: Standing | None = None) -> bool:
    """Whether the ledger turns out to have been set back without a word: by what the office remembers outside of it,
    or by what a laptop has brought. Then it has a new epoch from here on."""
    books.lock()
    told = [books.common(standing) for standing in (witness.stood, brought) if standing]
    common = [number for number in told if number is not None and not books.env.planted("set-back-unnoticed")]
    # A ledger that was served from a folder that remembers it, and comes to one that does not, was restored.
    moved = witness.is_new and bool(books.fact("witnessed"))
    if witness.is_new:
        books.set_fact("witnessed", "1")
    if common or moved:
        given = max((standing.number for standing in (witness.stood, brought) if standing), default=0)
        set_back(books, min(common, default=None), given)
    return bool(common) or moved
