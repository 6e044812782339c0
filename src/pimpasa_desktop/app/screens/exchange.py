"""Sinkronisasi: what is under way, what must be decided, what the office has of each visit, and the last exchanges."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pimpasa_desktop.app import file_words, theme, visit_words, when
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.notices import Progress, Standing
from pimpasa_desktop.app.office_notice import OfficeNotice
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton, PrimaryButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.progress_bar import ProgressBar, remaining
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.sign import Sign
from pimpasa_desktop.app.widgets.table import Table
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import file_size, number
from pimpasa_desktop.store.history import Past
from pimpasa_desktop.store.overview import VisitLine
from pimpasa_desktop.store.receipts import Sending

RECEIPTS_SHOWN, PAST_SHOWN = 8, 12  # rows; what is more scrolls


class ExchangeScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self.under_way = _UnderWay(context)
        self._held = _Held(context)
        self._decide = _Decide(context)
        self._told = _Told(context)
        self.receipts = Table(
            _("Resi per kunjungan"),
            (
                Column(_("Kunjungan"), Show.KEY, least=120),
                Column(_("Tanggal"), Show.QUIET, 172, least=164),
                Column(_("Peserta"), Show.NUMBER, 104),
                Column(_("Foto"), Show.NUMBER, 88),
                Column(_("Di kantor"), Show.SIGNED, 172),
                Column(_("Jam kantor"), Show.QUIET, 176, least=144),
            ),
        )
        self.history = Table(
            _("Riwayat"),
            (
                Column(_("Waktu"), Show.QUIET, 172),
                Column(_("Dikirim"), Show.NUMBER, 92),
                Column(_("Diterima"), Show.NUMBER, 96),
                Column(_("Ukuran"), Show.NUMBER, 96),
                Column(_("Hasil"), Show.SIGNED),
            ),
        )
        if context.knows("visit"):
            self.receipts.opened.connect(lambda key: context.navigate(Place("visit", key, "sent")))
        for table in (self.receipts, self.history):
            table.left.connect(context.back)
        self._receipts_title = QWidget()
        self.every = LinkButton(_("Semua kunjungan"), "arrow-right")
        self.every.clicked.connect(lambda: context.navigate(Place("visits")))
        title = QHBoxLayout(self._receipts_title)
        title.setContentsMargins(0, 0, 0, 0)
        title.addWidget(Words(_("Resi per kunjungan"), Role.SECTION, wraps=False), 1)
        title.addWidget(self.every)
        self._past_title = Words(_("Riwayat"), Role.SECTION)
        self._lay_out()
        context.notices.stood.connect(self._stand)

    def refresh(self, ids: frozenset[str]) -> None:
        self.under_way.stand(self.context.notices.standing)
        self._held.stand(self.context.notices.standing)
        self._decide.stand(self.context.queries.overview.undecided_count())
        self._tell()
        sendings = self.context.queries.receipts.newest(RECEIPTS_SHOWN)
        lines = self.context.queries.overview.visits(ids=sendings)
        self.receipts.show_rows([self._receipt(line, sendings[line.id]) for line in lines])
        _fit(self.receipts, self._receipts_title, RECEIPTS_SHOWN, RECEIPTS_SHOWN)
        past = self.context.queries.history.all()
        self.history.show_rows([self._past(place, one) for place, one in enumerate(past)])
        _fit(self.history, self._past_title, PAST_SHOWN)

    def _stand(self, standing: Standing) -> None:
        self.under_way.stand(standing)
        self._held.stand(standing)
        self._decide.stand(standing.undecided)

    def _tell(self) -> None:
        self._told.stand(len(self.context.queries.settled_by_others(self.context.person)))

    def arrive(self) -> None:
        self._tell()  # reading it changes no record
        self.under_way.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _receipt(self, line: VisitLine, sending: Sending) -> Row:
        at = when.local(line.starts_at, when.zone_at(line.starts_at, self.context.zone))
        day = when.short_day(at.date()) if at else line.starts_at
        people = _of(sending.taken("attendee"), sending.here("attendee"))
        photos = _of(sending.photos_taken, sending.photos)
        cells = (Cell(line.place), Cell(day), Cell(people), Cell(photos), visit_words.sending(line))
        return Row(line.id, (*cells, Cell(self._signed_at(sending))))

    def _signed_at(self, sending: Sending) -> str:
        """When the office signed what is here; nothing where it signed something else."""
        receipt = sending.receipt
        if receipt is None or not sending.current:
            return ""
        at = self.context.zone.local(datetime.fromtimestamp(receipt.at, UTC).isoformat())
        told = when.told(at, self.context.now())
        return told[:1].upper() + told[1:]

    def _past(self, place: int, past: Past) -> Row:
        at = when.local(past.at, self.context.zone)
        when_told = when.told(at, self.context.now()) if at else past.at
        return Row(
            str(place),
            (
                Cell(when_told[:1].upper() + when_told[1:]),
                Cell(number(past.pushed)),
                Cell(number(past.pulled)),
                Cell(file_size(past.size)),
                _outcome(past),
            ),
        )

    def _lay_out(self) -> None:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 20)
        inner.setSpacing(theme.BETWEEN_CARDS)
        inner.addWidget(OfficeNotice(self.context))
        inner.addWidget(self.under_way)
        inner.addWidget(self._held)
        inner.addWidget(self._decide)
        inner.addWidget(self._told)
        for heading, table in ((self._receipts_title, self.receipts), (self._past_title, self.history)):
            part = QVBoxLayout()
            part.setSpacing(8)
            part.addWidget(heading)
            part.addWidget(table)
            inner.addLayout(part)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_("Sinkronisasi")))
        area = QScrollArea()  # where the window is too low for all of it
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        column.addWidget(area, 1)


class _UnderWay(Card):
    """What is happening now: at rest with one button, or sending with two bars."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._title = Words("", Role.NAME, figures=True)
        self._told = Words("", Role.BODY, "text2", figures=True)
        self.button = PrimaryButton(_("Kirim sekarang"), "paper-plane-tilt")
        self.button.clicked.connect(context.send_now)
        self.stop = OutlinedButton(_("Hentikan"))
        self.stop.clicked.connect(context.stop_sending)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._told)
        row.addLayout(texts, 1)
        row.addWidget(self.button)
        row.addWidget(self.stop)
        self.add(head)
        self._bars = QWidget()
        across = QHBoxLayout(self._bars)
        across.setContentsMargins(0, 8, 0, 0)
        across.setSpacing(theme.MARGIN)
        self.sent = ProgressBar(_("Catatan"), can_stop=False)
        self.files = ProgressBar(_("Lampiran"), can_stop=False)
        self._news = ProgressBar(_("Diterima"), can_stop=False)
        for bar in (self.sent, self.files, self._news):
            across.addWidget(bar, 1)
        self.add(self._bars)

    def stand(self, standing: Standing) -> None:
        busy = standing.progress is not None
        here, gone = (self.stop, self.button) if busy else (self.button, self.stop)
        focused = gone.hasFocus()
        self._bars.setVisible(busy)
        here.show()
        if focused:
            here.setFocus(Qt.FocusReason.OtherFocusReason)
        gone.hide()
        if standing.progress is not None:
            self._sending(standing.progress)
        else:
            self._resting(standing)

    def _sending(self, progress: Progress) -> None:
        done, total = number(progress.settled), number(progress.total)
        if progress.files_now:
            done, total = number(progress.taken.count), number(progress.going.count)
            what = file_words.noun(progress.going)
            self._title.say(_("Mengirim {done} dari {total} {what}").format(done=done, total=total, what=what))
        elif progress.total:
            self._title.say(
                plural("Mengirim {done} dari {total} catatan", progress.total).format(done=done, total=total)
            )
        else:
            self._title.say(_("Memeriksa kabar dari kantor"))
        left = progress.seconds_left
        told = f"{remaining(left)}. " if left is not None else ""
        self._told.say(told + _("Bila sinyal putus, kiriman dilanjutkan dari sini."))
        size = "" if progress.files_now else file_size(progress.bytes_sent)
        self.sent.advance(progress.settled, progress.total, detail=size)
        self.files.setVisible(bool(progress.going.count))
        if progress.files_now:
            size = _("{done} dari {total}").format(
                done=file_size(progress.taken.size), total=file_size(progress.going.size)
            )
            self.files.advance(progress.taken.count, progress.going.count, detail=size)
        else:
            self.files.wait()
        news = f"{number(progress.received)} · {file_size(progress.bytes_received)}"
        self._news.wait(news if progress.received or progress.files_now else "")

    def _resting(self, standing: Standing) -> None:
        at = when.local(standing.exchanged_at, self._context.zone)
        last = when.told(at, self._context.now()) if at else ""
        if standing.waiting:
            counted = number(standing.waiting)
            self._title.say(plural("{count} catatan menunggu dikirim", standing.waiting).format(count=counted))
            told = file_words.safe(stopped=standing.stopped)
        elif (free := standing.files.without(standing.held)).count:
            counted = file_words.counted(free)
            self._title.say(_("{counted} menunggu dikirim").format(counted=counted))
            told = (
                _("Semua catatan sudah terkirim; sisanya menyusul bila Anda menekan Kirim sekarang.")
                if standing.stopped
                else _("Semua catatan sudah terkirim; sisanya menyusul sendiri saat ada sinyal.")
            )
        else:
            sent = _("Semua catatan sudah terkirim") if standing.held.count else _("Semua sudah terkirim")
            self._title.say(sent if last else _("Belum pernah bertukar kabar"))
            told = _("Pertukaran terakhir {time}.").format(time=last) if last else ""
        if standing.again_at is not None:
            at_again = self._context.zone.local(standing.again_at.isoformat())
            told = _("Semua tersimpan aman di laptop ini. Dicoba lagi sendiri pukul {time}.").format(
                time=when.hour(at_again)
            )
        self._told.say(told)


class _Waiting(Card):
    """What waits for the person, with one thing to do about it; takes no room while nothing does."""

    def __init__(self, sign: Sign, button: OutlinedButton) -> None:
        super().__init__()
        self._told = Words("", Role.LABEL, figures=True)
        self.button = button
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(sign)
        row.addWidget(self._told, 1)
        row.addWidget(button)
        self.add(line)


class _Held(_Waiting):
    """Photos and documents that wait for Wi-Fi, and why."""

    def __init__(self, context: Context) -> None:
        super().__init__(Sign("wifi-high", "", tone="text2"), OutlinedButton("", "arrow-right"))
        self.button.clicked.connect(context.send_photos)

    def stand(self, standing: Standing) -> None:
        held = standing.held
        counted, size = file_words.counted(held), file_size(held.size)
        told = (
            _("Koneksi ini berbayar: {counted} ({size}) menunggu Wi-Fi. Catatan tetap dikirim.")
            if standing.paid and not standing.stopped
            else _("{counted} ({size}) menunggu Wi-Fi.")
        )
        self._told.say(told.format(counted=counted, size=size))
        self.button.say(_("Kirim {what} sekarang").format(what=file_words.noun(held)))
        self.setVisible(held.count > 0 and standing.progress is None)


class _Decide(_Waiting):
    """The way to what waits for a decision."""

    def __init__(self, context: Context) -> None:
        super().__init__(Sign("warning-circle-fill", "", tone="gold"), OutlinedButton(_("Putuskan"), "arrow-right"))
        self.button.clicked.connect(lambda: context.navigate(Place("trays")))

    def stand(self, undecided: int) -> None:
        self._told.say(
            plural("{count} hal perlu keputusan Anda. Kiriman lain tetap berjalan.", undecided).format(
                count=number(undecided)
            )
        )
        self.setVisible(undecided > 0)


class _Told(_Waiting):
    """The way to what others settled of one's own work."""

    def __init__(self, context: Context) -> None:
        super().__init__(Sign("check", "", tone="link"), OutlinedButton(_("Lihat"), "arrow-right"))
        self.button.clicked.connect(lambda: context.navigate(Place("trays")))

    def stand(self, count: int) -> None:
        self._told.say(plural("{count} catatan Anda sudah diputuskan rekan Anda.", count).format(count=number(count)))
        self.setVisible(count > 0)


def _fit(table: Table, heading: QWidget, most: int, least: int = 2) -> None:
    """As high as its rows, `least` to `most` of them; not there at all without any."""
    count = table.rows.rowCount()
    table.setVisible(count > 0)
    heading.setVisible(count > 0)
    table.setMaximumHeight((min(count, most) + 1) * theme.ROW + 4)
    table.setMinimumHeight((min(count, least) + 1) * theme.ROW + 4)


def _of(some: int, every: int) -> str:
    """12 dari 47; nothing where there is none"""
    return _("{some} dari {all}").format(some=number(some), all=number(every)) if every else ""


def _outcome(past: Past) -> Cell:
    if not past.problem:
        return Cell(_("Terkirim"), icon="cloud-check", tone="green")
    first = past.problem.partition(". ")[0].rstrip(".")
    if past.waiting:
        return Cell(
            plural("{why}, sisa {count} catatan", past.waiting).format(why=first, count=number(past.waiting)),
            icon="cloud-slash",
        )
    return Cell(first, icon="cloud-slash")
