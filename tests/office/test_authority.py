"""The office's certificates: made once, renewed in time, refused for the right reasons."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from pimpasa_desktop.env import Env
from pimpasa_desktop.problem import Problem
from pimpasa_office.authority import Authority

NAME = "k7q2.pimpasa.invalid"
FILES = ("ca.key", "ca.crt", "server.key", "server.crt")


class Clock(Env):
    """The real machine with a clock that a test sets."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at or Env().now()

    def now(self) -> datetime:
        return self.at


def handshake(authority: Authority, trusted: bytes, name: str = NAME, *, strict: bool = True) -> str:
    """A TLS handshake in memory, as a laptop does it; the TLS version, or ssl.SSLError."""
    server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_context.load_cert_chain(authority.server_crt, authority.server_key)
    client_context = ssl.create_default_context(cadata=trusted.decode())
    if strict:
        client_context.verify_flags |= ssl.VERIFY_X509_STRICT
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_context.wrap_bio(down, up, server_hostname=name)
    server = server_context.wrap_bio(up, down, server_side=True)
    for _round in range(4):
        for end in (client, server):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return client.version() or ""


def certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_a_laptop_that_trusts_the_office_is_let_in(tmp_path: Path) -> None:
    authority = Authority(tmp_path, Env(), NAME)
    assert handshake(authority, authority.ca_pem()) == "TLSv1.3"


def test_first_use_writes_four_files_that_only_this_user_reads(tmp_path: Path) -> None:
    Authority(tmp_path / "tls", Env(), NAME)
    assert sorted(file.name for file in (tmp_path / "tls").iterdir()) == sorted(FILES)
    assert {stat.S_IMODE((tmp_path / "tls" / name).stat().st_mode) for name in FILES} == {0o600}


def test_later_use_keeps_every_file(tmp_path: Path) -> None:
    Authority(tmp_path, Env(), NAME)
    before = {name: (tmp_path / name).read_bytes() for name in FILES}
    again = Authority(tmp_path, Env(), NAME)
    assert not again.renew_if_due()
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == before
    assert again.ca_pem() == before["ca.crt"]


def test_another_office_is_refused(tmp_path: Path) -> None:
    ours, other = Authority(tmp_path / "a", Env(), NAME), Authority(tmp_path / "b", Env(), NAME)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(ours, other.ca_pem())


def test_another_name_is_refused(tmp_path: Path) -> None:
    authority = Authority(tmp_path, Env(), NAME)
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handshake(authority, authority.ca_pem(), "127.0.0.1.pimpasa.invalid")


@pytest.mark.parametrize(("years", "word"), [(-3, "expired"), (3, "not yet valid")])
def test_a_certificate_of_another_time_is_refused(tmp_path: Path, years: int, word: str) -> None:
    authority = Authority(tmp_path, Clock(Env().now() + timedelta(days=365 * years)), NAME)
    with pytest.raises(ssl.SSLCertVerificationError, match=word):
        handshake(authority, authority.ca_pem())


def test_a_laptop_whose_clock_is_two_days_slow_is_let_in(tmp_path: Path) -> None:
    authority = Authority(tmp_path, Clock(Env().now() + timedelta(days=2)), NAME)
    assert handshake(authority, authority.ca_pem())


def test_the_certificate_is_small_and_says_only_what_it_must(tmp_path: Path) -> None:
    authority = Authority(tmp_path, Env(), NAME)
    server = certificate(authority.server_crt)
    assert len(authority.server_crt.read_bytes().splitlines()) < 12
    assert not list(server.subject)
    use = server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(use) == [ExtendedKeyUsageOID.SERVER_AUTH]


@given(random=st.binary(min_size=8, max_size=8))
def test_every_serial_is_positive(tmp_path_factory: pytest.TempPathFactory, random: bytes) -> None:
    class Fixed(Env):
        def random(self, count: int) -> bytes:
            return random[:count]

    authority = Authority(tmp_path_factory.mktemp("tls"), Fixed(), NAME)
    assert 0 < certificate(authority.server_crt).serial_number < 2**63


@pytest.mark.parametrize(("days", "renewed"), [(0, False), (274, False), (276, True), (400, True), (7000, True)])
def test_it_renews_when_less_than_ninety_days_are_left(tmp_path: Path, days: int, renewed: bool) -> None:
    clock = Clock()
    authority = Authority(tmp_path, clock, NAME)
    ca = authority.ca_pem()
    clock.at += timedelta(days=days)
    assert authority.renew_if_due() is renewed
    assert not authority.renew_if_due()
    assert authority.ca_pem() == ca
    assert certificate(authority.server_crt).not_valid_after_utc > clock.at + timedelta(days=89)


def test_a_renewed_certificate_is_let_in_by_the_laptops_of_before(tmp_path: Path) -> None:
    clock = Clock(Env().now() - timedelta(days=300))
    authority = Authority(tmp_path, clock, NAME)
    ca, before = authority.ca_pem(), authority.server_crt.read_bytes()
    clock.at = Env().now()
    assert authority.renew_if_due()
    assert authority.server_crt.read_bytes() != before
    assert handshake(authority, ca)


def test_a_clock_fallen_back_to_1970_renews_nothing_and_is_told(tmp_path: Path) -> None:
    clock = Clock()
    authority = Authority(tmp_path, clock, NAME)
    clock.at = datetime(1970, 1, 1, tzinfo=UTC)
    assert not authority.renew_if_due()
    assert "Jam komputer" in authority.warnings()[0]


def test_a_certificate_made_under_a_fast_clock_is_replaced_once_the_clock_is_right(tmp_path: Path) -> None:
    clock = Clock()
    authority = Authority(tmp_path, clock, NAME)
    clock.at += timedelta(days=3650)
    assert authority.renew_if_due()
    clock.at -= timedelta(days=3650)
    assert authority.renew_if_due()
    assert handshake(authority, authority.ca_pem())


def test_the_end_of_the_authority_is_told_sixty_days_ahead(tmp_path: Path) -> None:
    clock = Clock()
    authority = Authority(tmp_path, clock, NAME)
    end = certificate(tmp_path / "ca.crt").not_valid_after_utc
    assert authority.warnings() == []
    clock.at = end - timedelta(days=61)
    authority.renew_if_due()
    assert authority.warnings() == []
    clock.at = end - timedelta(days=59)
    assert [end.date().isoformat() in told for told in authority.warnings()] == [True]


def test_a_server_certificate_that_failed_to_renew_is_told(tmp_path: Path) -> None:
    clock = Clock()
    authority = Authority(tmp_path, clock, NAME)
    clock.at += timedelta(days=310)
    assert ["Sertifikat server" in told for told in authority.warnings()] == [True]
    authority.renew_if_due()
    assert authority.warnings() == []


def test_no_certificate_outlives_its_authority(tmp_path: Path) -> None:
    clock = Clock()
    authority = Authority(tmp_path, clock, NAME)
    end = certificate(tmp_path / "ca.crt").not_valid_after_utc
    clock.at = end - timedelta(days=30)
    authority.renew_if_due()
    assert certificate(authority.server_crt).not_valid_after_utc == end
    clock.at = end + timedelta(days=1)
    assert not authority.renew_if_due()
    (tmp_path / "server.crt").unlink()
    clock.at = end + timedelta(days=30)
    with pytest.raises(Problem, match="sudah berakhir"):
        Authority(tmp_path, clock, NAME)


@pytest.mark.parametrize("lost", ["server.key", "server.crt"])
@pytest.mark.parametrize("left", [None, b"", b"-----BEGIN CERTIFICATE-----\n"])
def test_a_lost_or_torn_server_file_is_made_again(tmp_path: Path, lost: str, left: bytes | None) -> None:
    Authority(tmp_path, Env(), NAME)
    if left is None:
        (tmp_path / lost).unlink()
    else:
        (tmp_path / lost).write_bytes(left)
    authority = Authority(tmp_path, Env(), NAME)
    assert handshake(authority, authority.ca_pem())


def test_a_key_that_was_renewed_without_its_certificate_is_noticed(tmp_path: Path) -> None:
    Authority(tmp_path / "a", Env(), NAME)
    Authority(tmp_path / "b", Env(), NAME)
    (tmp_path / "b" / "server.key").replace(tmp_path / "a" / "server.key")
    authority = Authority(tmp_path / "a", Env(), NAME)
    assert handshake(authority, authority.ca_pem())


@pytest.mark.parametrize("lost", ["ca.key", "ca.crt"])
def test_a_torn_authority_is_a_problem_and_never_replaced(tmp_path: Path, lost: str) -> None:
    Authority(tmp_path, Env(), NAME)
    (tmp_path / lost).write_bytes(b"")
    with pytest.raises(Problem, match="cadangan"):
        Authority(tmp_path, Env(), NAME)
    assert (tmp_path / lost).read_bytes() == b""


def test_a_lost_authority_certificate_is_a_problem_once_laptops_may_trust_it(tmp_path: Path) -> None:
    Authority(tmp_path, Env(), NAME)
    (tmp_path / "ca.crt").unlink()
    with pytest.raises(Problem, match="cadangan"):
        Authority(tmp_path, Env(), NAME)


def test_a_first_use_that_was_cut_off_starts_again(tmp_path: Path) -> None:
    Authority(tmp_path, Env(), NAME)
    for name in ("ca.crt", "server.key", "server.crt"):
        (tmp_path / name).unlink()
    (tmp_path / "ca.crt.part").write_bytes(b"half")
    authority = Authority(tmp_path, Env(), NAME)
    assert handshake(authority, authority.ca_pem())


def test_a_new_name_gets_a_new_certificate_of_the_same_authority(tmp_path: Path) -> None:
    ca = Authority(tmp_path, Env(), NAME).ca_pem()
    assert handshake(Authority(tmp_path, Env(), "other.pimpasa.invalid"), ca, "other.pimpasa.invalid")
