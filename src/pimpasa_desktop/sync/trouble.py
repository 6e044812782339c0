"""What can go wrong on the way to the office, each as one sentence for the person.

None of these changes anything on the laptop. This file knows sentences and the causes that TLS gives; it
refuses to know sockets and HTTP.
"""

import ssl
from datetime import UTC, datetime
from enum import StrEnum

from pimpasa_desktop.i18n import _
from pimpasa_desktop.problem import Problem

RETRY_SECONDS_MAX = 3600


class Unreachable(Problem):
    """Nobody answered, or the connection broke or stalled. `cut`: after something had gone over it."""

    cut = False

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(
            sentence
            or _(
                "Kantor belum bisa dihubungi. Catatan Anda tersimpan aman di laptop ini "
                "dan akan terkirim sendiri saat ada sinyal."
            )
        )

    @classmethod
    def on_the_way(cls) -> "Unreachable":
        broken = cls(
            _(
                "Sambungan ke kantor terputus di tengah jalan. Catatan Anda tersimpan aman di laptop ini "
                "dan akan terkirim sendiri saat sinyal membaik."
            )
        )
        broken.cut = True
        return broken


class NotOurOffice(Problem):
    """Somebody else answered. `portal`: it looks like the login page of a Wi-Fi network."""

    def __init__(self, portal: bool) -> None:
        self.portal = portal
        super().__init__(
            _(
                "Jaringan ini meminta masuk dulu (halaman Wi-Fi). Catatan Anda tersimpan aman di laptop ini. "
                "Buka peramban, masuk, lalu tekan Kirim sekarang."
            )
            if portal
            else _(
                "Jawaban yang datang bukan dari kantor Anda. Catatan Anda tersimpan aman di laptop ini. "
                "Coba jaringan lain; bila terulang, kabari admin kantor."
            )
        )


class Busy(Problem):
    """The office asks to come back after `retry_after` seconds (1 to RETRY_SECONDS_MAX)."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = max(1, min(retry_after, RETRY_SECONDS_MAX))
        super().__init__(
            _(
                "Kantor sedang sibuk. Catatan Anda tersimpan aman di laptop ini "
                "dan akan dikirim lagi sendiri sebentar lagi."
            )
        )


class TooOld(Problem):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Program di laptop ini sudah terlalu lama untuk kantor. Catatan Anda tersimpan aman di laptop ini. "
                "Pasang versi terbaru, lalu tekan Kirim sekarang."
            )
        )


class Refused(Problem):
    """The office said no, in its own sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


class Cancelled(Problem):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Pengiriman dihentikan. Catatan Anda tersimpan aman di laptop ini; "
                "tekan Kirim sekarang untuk melanjutkan."
            )
        )


class Cause(StrEnum):
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    WRONG_NAME = "wrong_name"
    OTHER_CA = "other_ca"
    SELF_SIGNED = "self_signed"
    OLD_TLS = "old_tls"
    WANTS_CERTIFICATE = "wants_certificate"
    NO_AGREEMENT = "no_agreement"


class Untrusted(Problem):
    """The other end could not prove that it is the office; nothing of ours was sent.

    `clock_suspect`: the laptop's own clock is the likelier culprit.
    """

    def __init__(self, cause: Cause, sentence: str | None = None, clock_suspect: bool = False) -> None:
        self.cause = cause
        self.clock_suspect = clock_suspect
        super().__init__(sentence or _sentence_of(cause))


def _sentence_of(cause: Cause) -> str:
    match cause:
        case Cause.WRONG_NAME:
            return _(
                "Yang menjawab di alamat kantor memakai nama lain, jadi tidak ada yang dikirim. Catatan Anda tersimpan "
                "aman di laptop ini. Minta admin kantor memeriksa alamat kantor."
            )
        case Cause.SELF_SIGNED:
            return _(
                "Yang menjawab di jaringan ini memakai tanda pengenal buatan sendiri, bukan milik kantor Anda, jadi "
                "tidak ada yang dikirim. Catatan Anda tersimpan aman di laptop ini. Bila ini Wi-Fi umum, buka "
                "peramban, masuk, lalu tekan Kirim sekarang; bila bukan, kabari admin kantor."
            )
        case Cause.OTHER_CA:
            return _(
                "Yang menjawab di jaringan ini bukan kantor Anda, jadi tidak ada yang dikirim. Catatan Anda tersimpan "
                "aman di laptop ini. Bila ini Wi-Fi umum, buka peramban, masuk, lalu tekan Kirim sekarang; "
                "bila bukan, kabari admin kantor."
            )
        case Cause.EXPIRED:
            return _(
                "Sertifikat kantor sudah lewat masa berlakunya menurut jam laptop ini, jadi tidak ada yang dikirim. "
                "Catatan Anda tersimpan aman di laptop ini. Periksa tanggal laptop; bila sudah benar, "
                "kabari admin kantor."
            )
        case Cause.NOT_YET_VALID:
            return _(
                "Jam laptop ini tampaknya salah, jadi tidak ada yang dikirim. Catatan Anda tersimpan aman di laptop "
                "ini. Betulkan tanggal dan jam laptop, lalu tekan Kirim sekarang."
            )
        case Cause.NO_AGREEMENT:
            return _(
                "Laptop ini dan yang menjawab tidak menemukan cara sambungan aman yang sama, jadi tidak ada yang "
                "dikirim. Catatan Anda tersimpan aman di laptop ini. Coba jaringan lain; bila terulang, kabari admin "
                "kantor."
            )
        case Cause.OLD_TLS:
            return _(
                "Pengaman sambungan yang ditawarkan tidak cukup kuat, jadi tidak ada yang dikirim. Catatan Anda "
                "tersimpan aman di laptop ini. Coba jaringan lain; bila terulang, kabari admin kantor."
            )
        case Cause.WANTS_CERTIFICATE:
            return _(
                "Yang menjawab meminta kartu pengenal yang tidak dipakai kantor Anda. Catatan Anda tersimpan aman "
                "di laptop ini. Coba jaringan lain; bila terulang, kabari admin kantor."
            )


def outside_validity(now: datetime, starts: datetime, ends: datetime) -> Untrusted | None:
    """The trouble with a certificate of the office that is genuine but not valid at `now`, if any."""
    today = f"{now:%d-%m-%Y}"
    if now < starts:
        # The office dates its certificates back, so it is the laptop that lives in the past.
        return Untrusted(
            Cause.NOT_YET_VALID,
            _(
                "Jam laptop ini menunjukkan tanggal {today}, padahal sertifikat kantor baru berlaku {starts}; tidak "
                "ada yang dikirim. Catatan Anda tersimpan aman di laptop ini. Betulkan tanggal dan jam laptop, "
                "lalu tekan Kirim sekarang."
            ).format(today=today, starts=f"{starts:%d-%m-%Y}"),
            clock_suspect=True,
        )
    if now > ends:
        # A genuine certificate renews itself long before: more than its own length late speaks for a wrong clock.
        return Untrusted(
            Cause.EXPIRED,
            _(
                "Sertifikat kantor berlaku sampai {ends}, sedangkan jam laptop ini menunjukkan tanggal {today}; tidak "
                "ada yang dikirim. Catatan Anda tersimpan aman di laptop ini. Bila tanggal laptop salah, betulkan lalu "
                "tekan Kirim sekarang; bila benar, kabari admin kantor."
            ).format(today=today, ends=f"{ends:%d-%m-%Y}"),
            clock_suspect=now - ends > ends - starts,
        )
    return None


def validity(certificate: dict[str, object]) -> tuple[datetime, datetime]:
    """First and last moment of a certificate as `SSLObject.getpeercert` tells them."""

    def moment(key: str) -> datetime:
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate[key])), UTC)

    return moment("notBefore"), moment("notAfter")


# X509_V_ERR_* of OpenSSL's x509_vfy.h; the ssl module gives them as numbers only.
_CAUSE_OF_CODE = {
    9: Cause.NOT_YET_VALID,
    10: Cause.EXPIRED,
    18: Cause.SELF_SIGNED,
    62: Cause.WRONG_NAME,
    64: Cause.WRONG_NAME,  # the same for a name that is an IP address
}
_NO_TLS_AT_ALL = {
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "HTTPS_PROXY_REQUEST",
    "UNEXPECTED_MESSAGE",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
    "BAD_RECORD_TYPE",
}
_OLD_TLS = {"TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "VERSION_TOO_LOW", "WRONG_SSL_VERSION"}


def refused_handshake(error: ssl.SSLError) -> Problem:
    """What a failed handshake means for the person."""
    if isinstance(error, ssl.SSLCertVerificationError):
        code = getattr(error, "verify_code", 0)  # the system's verifier on Windows gives none
        cause = _CAUSE_OF_CODE.get(code, Cause.OTHER_CA)
        return Untrusted(cause, clock_suspect=cause is Cause.NOT_YET_VALID)
    reason = error.reason or ""
    # By its name, too: Python before 3.11.4 knows no class for OpenSSL 3's way of saying it.
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)) or reason == "UNEXPECTED_EOF_WHILE_READING":
        return Unreachable()
    if reason in _OLD_TLS:
        return Untrusted(Cause.OLD_TLS)
    if reason in _NO_TLS_AT_ALL:
        return NotOurOffice(portal=True)  # plain HTTP on this port is how most Wi-Fi login pages answer
    if "CERTIFICATE" in reason:
        return Untrusted(Cause.WANTS_CERTIFICATE)
    return Untrusted(Cause.NO_AGREEMENT)
