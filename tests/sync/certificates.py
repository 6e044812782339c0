"""Certificates made on the spot: an office's own authority and every way in which a certificate can be wrong."""

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "kantor-uji.pimpasa"
TODAY = datetime(2025, 7, 3, 2, 0, tzinfo=UTC)
_SIGNS_CERTIFICATES = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True)
class Signed:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def server(self, folder: Path, chain: bytes = b"") -> ssl.SSLContext:
        """A server's TLS context with this certificate; `folder` takes the file that ssl insists on."""
        held = folder / f"{self.certificate.serial_number}.pem"
        secret = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        held.write_bytes(secret + self.pem + chain)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(held)
        return context


@cache
def authority(name: str = "Kantor Uji") -> Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    return _sign(key, _called(name), _called(name), key, TODAY - timedelta(days=30), TODAY + timedelta(days=7300), None)


def leaf(
    of: Signed | None = None,
    name: str = NAME,
    starts: datetime = TODAY - timedelta(days=2),
    ends: datetime = TODAY + timedelta(days=365),
) -> Signed:
    """Signed by `of`, by default the office's authority."""
    signer = of or authority()
    key = ec.generate_private_key(ec.SECP256R1())
    return _sign(key, _called(name), signer.certificate.subject, signer.key, starts, ends, name)


def self_signed() -> Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    return _sign(key, _called(NAME), _called(NAME), key, TODAY - timedelta(days=2), TODAY + timedelta(days=365), NAME)


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _sign(
    key: ec.EllipticCurvePrivateKey,
    subject: x509.Name,
    issuer: x509.Name,
    by: ec.EllipticCurvePrivateKey,
    starts: datetime,
    ends: datetime,
    host: str | None,
) -> Signed:
    """`host` None makes an authority. Python 3.13 takes a public one only with all that RFC 5280 asks for."""
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), starts, ends)
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    if host is None:
        builder = builder.add_extension(_SIGNS_CERTIFICATES, critical=True)
    else:
        builder = builder.add_extension(x509.SubjectAlternativeName([_general(host)]), critical=False)
    return Signed(builder.sign(by, hashes.SHA256()), key)


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
