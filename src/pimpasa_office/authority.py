"""The office's own certificate authority and the certificate that its server shows.

The certificate names the office, not an address, so that a laptop finds the same office at whatever address
answers. It knows nothing of accounts, of devices or of the network.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pimpasa_desktop import durable
from pimpasa_desktop.env import Env
from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

CA_LIFE = timedelta(days=20 * 365)
SERVER_LIFE = timedelta(days=365)
RENEW_BEFORE = timedelta(days=90)
TELL_BEFORE = timedelta(days=60)
# A laptop whose clock is some days slow must still find the certificate valid.
BACKDATED = timedelta(days=7)

_HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")


class Authority:
    """`folder` gets ca.key, ca.crt, server.key and server.crt on first use.

    The authority itself is never made a second time: every laptop trusts the first one. Raises Problem when
    its files are torn apart.
    """

    def __init__(self, folder: Path, env: Env, name: str) -> None:
        assert _HOST_NAME.fullmatch(name) and len(name) <= 253, name
        self.name = name
        self._folder = folder
        self._env = env
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # ca.key alone is a first use that was cut off; with a server.crt beside it, laptops may trust what is lost.
        if not self._ca_crt.exists() and not self.server_crt.exists():
            self._make_ca()
        self._ca = _certificate(self._ca_crt)
        if not _belong(self._ca, _key(self._ca_key)):
            raise _torn()
        if self._server() is None:
            self._issue()

    @property
    def server_crt(self) -> Path:
        return self._folder / "server.crt"

    @property
    def server_key(self) -> Path:
        return self._folder / "server.key"

    @property
    def _ca_crt(self) -> Path:
        return self._folder / "ca.crt"

    @property
    def _ca_key(self) -> Path:
        return self._folder / "ca.key"

    def ca_pem(self) -> bytes:
        """What a laptop has to trust."""
        return self._ca.public_bytes(serialization.Encoding.PEM)

    def kept(self) -> dict[str, str]:
        """The authority itself, by file name, for a backup; whoever reads it can pose as the office."""
        return {path.name: path.read_text(encoding="ascii") for path in (self._ca_key, self._ca_crt)}

    def renew_if_due(self) -> bool:
        """Renew the server certificate when less than 90 days are left; True when the server must load it anew."""
        now = self._env.now()
        if not self._plausible(now):
            return False
        server = self._server()
        # A certificate from the future was made while the clock was wrong.
        if server and server.not_valid_before_utc <= now <= server.not_valid_after_utc - RENEW_BEFORE:
            return False
        self._issue()
        return True

    def warnings(self) -> list[str]:
        """Sentences for the administrator; empty when all is well."""
        now = self._env.now()
        if now < self._ca.not_valid_before_utc:
            return [
                _("Jam komputer kantor ini salah (lebih awal dari saat kantor dibuat). Betulkan tanggal dan jamnya.")
            ]
        told = []
        ca_end = self._ca.not_valid_after_utc
        if now > ca_end - TELL_BEFORE:
            told.append(
                _(
                    "Sertifikat induk kantor berakhir pada {day}. Sesudah itu laptop tidak dapat terhubung; "
                    "siapkan kantor baru dan berkas pendaftaran baru sebelum tanggal itu."
                ).format(day=ca_end.date().isoformat())
            )
        server = self._server()
        if server is None or (now > server.not_valid_after_utc - TELL_BEFORE and server.not_valid_after_utc < ca_end):
            told.append(
                _(
                    "Sertifikat server belum diperbarui. "
                    "Pastikan folder kantor dapat ditulisi, lalu jalankan ulang pimpasa-office serve."
                )
            )
        return told

    def _plausible(self, now: datetime) -> bool:
        return self._ca.not_valid_before_utc <= now < self._ca.not_valid_after_utc

    def _server(self) -> x509.Certificate | None:
        """The present server certificate; None when it is missing, torn, of another name or of another authority."""
        try:
            certificate, key = _certificate(self.server_crt), _key(self.server_key)
            names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            certificate.verify_directly_issued_by(self._ca)
        except (Problem, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            return None
        good = _belong(certificate, key) and names.get_values_for_type(x509.DNSName) == [self.name]
        return certificate if good else None

    def _make_ca(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _named("PIMPASA")
        certificate = (
            self._builder(subject, subject, key.public_key(), self._env.now() + CA_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        durable.write(self._ca_key, _pem(key))
        durable.write(self._ca_crt, certificate.public_bytes(serialization.Encoding.PEM))

    def _issue(self) -> None:
        """A new server key and certificate. It travels in every handshake, over EDGE too: keep it small."""
        authority = _key(self._ca_key)
        key = ec.generate_private_key(ec.SECP256R1())
        end = min(self._env.now() + SERVER_LIFE, self._ca.not_valid_after_utc)
        if end <= self._env.now() - BACKDATED:
            raise Problem(
                _(
                    "Sertifikat induk kantor sudah berakhir, jadi laptop tidak dapat terhubung. Data tetap aman; "
                    "periksa jam komputer ini, atau siapkan kantor baru."
                )
            )
        certificate = (
            # An empty subject is allowed when the name is critical, and saves bytes.
            self._builder(x509.Name([]), self._ca.subject, key.public_key(), end)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(self.name)]), critical=True)
            .add_extension(_usage(digital_signature=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
                    self._ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
                ),
                critical=False,
            )
            .sign(authority, hashes.SHA256())
        )
        durable.write(self.server_key, _pem(key))
        durable.write(self.server_crt, certificate.public_bytes(serialization.Encoding.PEM))

    def _builder(
        self, subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, end: datetime
    ) -> x509.CertificateBuilder:
        # 63 bits, never zero: RFC 5280 wants a positive serial, and short ones are cheaper to send.
        serial = (int.from_bytes(self._env.random(8)) >> 1) | 1
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .serial_number(serial)
            .not_valid_before(self._env.now() - BACKDATED)
            .not_valid_after(end)
        )


def put_back(folder: Path, kept: dict[str, str]) -> None:
    """The authority out of a backup, where the folder has none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("ca.key", "ca.crt"):
        if not (folder / name).exists():
            durable.write(folder / name, kept[name].encode("ascii"))


def _named(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _torn() from error


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise _torn() from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise _torn()
    return key


def _torn() -> Problem:
    return Problem(
        _(
            "Berkas sertifikat kantor (ca.key, ca.crt) hilang atau rusak. Data kantor tidak berubah; "
            "pulihkan folder kantor dari cadangan."
        )
    )


def _belong(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> bool:
    return certificate.public_key() == key.public_key()


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
