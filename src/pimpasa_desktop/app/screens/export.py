"""Ekspor: attendance lists of chosen visits, as a PDF each, as one PDF, or as a ZIP, into a folder."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QStandardPaths, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pimpasa_desktop.app import theme, unsettled_words, visit_words, when
from pimpasa_desktop.app.batch_export import BatchExport, Outcome
from pimpasa_desktop.app.blank_sheet import BlankSheet
from pimpasa_desktop.app.fonts import Role
from pimpasa_desktop.app.letter_number import LetterNumber
from pimpasa_desktop.app.screen import Context, Place, Screen
from pimpasa_desktop.app.widgets.button import LinkButton, OutlinedButton, PrimaryButton
from pimpasa_desktop.app.widgets.card import Card
from pimpasa_desktop.app.widgets.empty_state import EmptyState
from pimpasa_desktop.app.widgets.filters import Filter, Filters
from pimpasa_desktop.app.widgets.labeled_field import LabeledField
from pimpasa_desktop.app.widgets.notice import Kind, Notice
from pimpasa_desktop.app.widgets.page_header import PageHeader
from pimpasa_desktop.app.widgets.progress_bar import ProgressBar
from pimpasa_desktop.app.widgets.radio_group import RadioGroup
from pimpasa_desktop.app.widgets.row import Cell, Column, Row, Show
from pimpasa_desktop.app.widgets.rule import Rule
from pimpasa_desktop.app.widgets.scrolling import scrolling
from pimpasa_desktop.app.widgets.search_field import SearchField
from pimpasa_desktop.app.widgets.text_field import TextField
from pimpasa_desktop.app.widgets.tick_table import TickTable
from pimpasa_desktop.app.widgets.words import Words
from pimpasa_desktop.domain.entity import entity
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.problem import Problem
from pimpasa_desktop.reports.attendance_batch import Batch, Setting, Way, check_folder
from pimpasa_desktop.spelling import number
from pimpasa_desktop.store.overview import VisitLine

TYPING_MS = 120
TOLD_AT_MOST = 5  # failures told one by one; of more it is the number that matters


class ExportScreen(Screen):
    def __init__(self, context: Context, place: Place) -> None:
        super().__init__(context, place)
        self._lines: dict[str, VisitLine] = {}
        self._officers: dict[str, str] = {}
        self._under_way: BatchExport | None = None
        self.search = SearchField(_("Cari kunjungan"), _("Cari desa, kegiatan, atau orang"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._show)
        self.search.asked.connect(lambda _text: self._typing.start())
        self.search.left_down.connect(self._into_table)
        self.filters = Filters(self.offered)
        self.filters.changed.connect(self._show)
        self.table = TickTable(_("Kunjungan yang diekspor"), _columns(), two_lines=True)
        self.table.ticked.connect(self._count)
        self.table.left.connect(self.arrive)
        self.table.chosen.connect(lambda _key: self._number())
        self.counted = Words("", Role.SECOND, "text2", wraps=False, figures=True)
        self.every = LinkButton(_("Pilih semua yang tampil"))
        self.every.clicked.connect(lambda: self.table.tick(self.table.shown()))
        self.none = LinkButton(_("Batalkan pilihan"))
        self.none.clicked.connect(lambda: self.table.tick(set(self.table.on), on=False))
        self._questions()
        self.warning = Notice(Kind.ATTENTION, "")
        self.result: Notice | None = None
        self._results = QVBoxLayout()
        self.save = PrimaryButton("", "file-pdf")
        self.save.clicked.connect(self._start)
        self.progress = ProgressBar(_("Daftar Hadir"))
        self.progress.stopped.connect(self._stop)
        self.progress.hide()
        self._body = QStackedWidget()
        self._lay_out()
        self._count()

    def arrive(self) -> None:
        if self.place.record in self._lines:
            self.table.tick(set(self.table.on), on=False)
            self.table.tick([self.place.record])
            self.table.choose(self.place.record)
            self.place = Place(self.place.screen)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, ids: frozenset[str]) -> None:
        self._lines = {line.id: line for line in self.context.queries.overview.visits()}
        accounts = self.context.queries.every(entity("account"))
        self._officers = {one.id: str(one.values.get("name", "")) for one in accounts}
        self.table.on &= set(self._lines)
        self._show()
        self._count()
        self._number()

    def leave(self) -> None:
        self.letter_number.save()

    # -- choosing

    def _show(self) -> None:
        self._typing.stop()
        found = self.context.queries.overview.visits_found(self.search.text())
        lines = [line for line in self._lines.values() if (found is None or line.id in found)]
        shown = [line for line in lines if self.filters.passes(line)]
        self.table.show_rows([self._row(line) for line in shown])
        self._body.setCurrentIndex(0 if shown else 1 if self._lines else 2)
        self.every.setEnabled(bool(shown))

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, line: VisitLine) -> Row:
        at = when.local(line.starts_at, when.zone_at(line.starts_at, self.context.zone))
        day = when.short_day(at.date()) if at else line.starts_at
        cells = (
            Cell(line.place, " · ".join(filter(None, (day, self._officer(line), line.about)))),
            Cell(number(line.attendees) if line.attendees else ""),
            visit_words.sending(line),
        )
        return Row(line.id, cells)

    def _officer(self, line: VisitLine) -> str:
        return self._officers.get(line.author, "")

    def offered(self) -> dict[str, list[Filter]]:
        """What one may filter by, from what there is."""
        months = sorted({line.starts_at[:7] for line in self._lines.values()}, reverse=True)
        officers = sorted({self._officer(line) for line in self._lines.values()} - {""})
        villages = sorted({village.name for line in self._lines.values() for village in line.villages})
        return {
            _("Bulan"): [Filter("month", when.month_of(month), _month(month)) for month in months[:36]],
            _("Petugas"): [Filter("officer", name, self._by(name)) for name in officers],
            _("Desa"): [Filter("village", name, _village(name)) for name in villages[:40]],
        }

    def _by(self, officer: str) -> Callable[[VisitLine], bool]:
        return lambda line: self._officer(line) == officer

    def _count(self) -> None:
        chosen = [self._lines[key] for key in self.table.on if key in self._lines]
        names = sum(line.attendees for line in chosen)
        told = plural("{count} dipilih · {names} nama", names).format(count=number(len(chosen)), names=number(names))
        self.counted.say(told if chosen else _("Belum ada yang dipilih"), number(len(chosen)) if chosen else "")
        self.none.setVisible(bool(chosen))
        loose = self.context.queries.unsettled(line.id for line in chosen)
        why = unsettled_words.sentences(unsettled_words.together(loose.values()))
        self.warning.say(
            _("{count} dari {all} belum final").format(count=number(len(loose)), all=number(len(chosen))),
            "\n".join([*why, _("Daftarnya tetap dapat dibuat, dan dapat berubah setelah itu.")]),
        )
        self.warning.setVisible(bool(loose))
        self._blank(chosen)
        if self.way.value() == "each":
            self.save.say(_("Simpan {count} PDF").format(count=number(len(chosen))) if chosen else _("Simpan PDF"))
        else:
            self.save.say(_("Simpan satu PDF") if self.way.value() == "one" else _("Simpan satu ZIP"))

    def _number(self) -> None:
        """The field is about the row that one stands on."""
        line = self._lines.get(self.table.chosen_key())
        self.letter_number.show_visit(line.id if line else "")
        about = _("untuk {visit}").format(visit=self._called(line)) if line else _("Pilih baris kunjungan dulu.")
        self.numbered.say(about)

    def _next_number(self) -> None:
        """Forty numbers are written one after the other, by Enter alone."""
        at = self.table.currentIndex().row()
        if 0 <= at < self.table.rows.rowCount() - 1:
            self.table.selectRow(at + 1)
            self.letter_number.field.selectAll()

    def _blank(self, chosen: list[VisitLine]) -> None:
        if len(chosen) == 1:
            self.blank.show_visit(chosen[0].id, self._called(chosen[0]))
        else:
            told = _("Hanya kop kantor. Untuk satu kunjungan, centang kunjungan itu saja.")
            self.blank.show_visit("", told)

    def _called(self, line: VisitLine) -> str:
        at = when.local(line.starts_at, when.zone_at(line.starts_at, self.context.zone))
        return f"{line.place}, {when.short_day(at.date(), year=False) if at else line.starts_at}"

    # -- making

    def _start(self) -> None:
        self.letter_number.save()
        visits = [key for key in self._lines if key in self.table.on]
        self._say(None)
        if not visits:
            self._say(Notice(Kind.INFORMATION, _("Pilih kunjungan dulu"), _("Centang satu atau lebih di daftar ini.")))
            return
        try:
            folder = check_folder(self.folder.text())
        except Problem as problem:
            self.folder_labeled.refuse(problem.sentence)
            self.folder.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.folder_labeled.accept()
        setting = Setting(self.variant.value(), self.paper.value())
        batch = Batch(folder, self.way.value(), setting, self.context.now().date().isoformat())
        self._under_way = BatchExport(self.context, batch, visits, self)
        self._under_way.advanced.connect(self._advance)
        self._under_way.ended.connect(self._ended)
        self.save.hide()
        self.progress.show()
        self.progress.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._under_way.start()

    def _advance(self, done: int, total: int, seconds_left: int) -> None:
        self.progress.advance(done, total, seconds_left=seconds_left if seconds_left >= 0 else None)

    def _stop(self) -> None:
        if self._under_way is not None:
            self._under_way.stop()

    def _ended(self, outcome: Outcome) -> None:
        if self._under_way is not None:
            self._under_way.deleteLater()
            self._under_way = None
        self.progress.hide()
        self.save.show()
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)
        title, kind = self._told(outcome)
        failed = [self._failure(visit, sentence) for visit, sentence in outcome.failed.items()]
        if len(failed) > TOLD_AT_MOST:
            others = _("dan {count} lagi").format(count=number(len(failed) - TOLD_AT_MOST))
            failed = [*failed[:TOLD_AT_MOST], others]
        where = str(outcome.files[0].parent if len(outcome.files) > 1 else outcome.files[0]) if outcome.files else ""
        notice = Notice(
            kind,
            title,
            "\n".join(filter(None, (where, *failed))),
            action=_("Buka foldernya") if outcome.files else "",
            can_dismiss=True,
        )
        if outcome.files:
            folder = QUrl.fromLocalFile(str(outcome.files[0].parent))
            notice.acted.connect(lambda: QDesktopServices.openUrl(folder))
        self._say(notice)
        self.warning.hide()  # told before; the room is for what was made

    def _told(self, outcome: Outcome) -> tuple[str, Kind]:
        made, failed = number(outcome.documents), number(len(outcome.failed))
        if outcome.problem:
            return outcome.problem, Kind.DANGER
        if outcome.stopped and outcome.files:
            told = plural("Dihentikan. {count} PDF yang sudah selesai tetap ada.", len(outcome.files))
            return told.format(count=number(len(outcome.files))), Kind.INFORMATION
        if outcome.stopped:
            return _("Dihentikan. Tidak ada berkas yang dibuat."), Kind.INFORMATION
        if outcome.failed:
            told = plural("{made} daftar tersimpan, {failed} belum", outcome.documents)
            return told.format(made=made, failed=failed), Kind.ATTENTION
        return plural("{made} daftar tersimpan", outcome.documents).format(made=made), Kind.INFORMATION

    def _failure(self, visit: str, sentence: str) -> str:
        line = self._lines.get(visit)
        if line is None:
            return sentence
        return f"{self._called(line)}: {sentence}"

    def _say(self, notice: Notice | None) -> None:
        if self.result is not None:
            self.result.hide()
            self.result.deleteLater()
        self.result = notice
        if notice is not None:
            self._results.addWidget(notice)

    # -- layout

    def _questions(self) -> None:
        self.variant: RadioGroup[Literal["official", "public"]] = RadioGroup(
            _("Isi"),
            (("official", _("Untuk arsip kantor: lengkap")), ("public", _("Untuk umum: nomor HP disamarkan"))),
        )
        papers: tuple[tuple[Literal["A4", "F4"], str], ...] = (("A4", "A4"), ("F4", "F4"))
        self.paper = RadioGroup(_("Kertas"), papers, across=True)
        self.way: RadioGroup[Way] = RadioGroup(
            _("Hasil"),
            (("each", _("Satu PDF tiap kunjungan")), ("one", _("Satu PDF gabungan")), ("zip", _("Satu berkas ZIP"))),
        )
        self.way.chosen.connect(lambda _value: self._count())
        self.letter_number = LetterNumber(self.context)
        self.letter_number.entered.connect(self._next_number)
        self.numbered = Words("", Role.SECOND, "text2")
        self.blank = BlankSheet(self.context)
        self.paper.chosen.connect(lambda _value: self._choose_paper())
        self.folder = TextField(_("Simpan ke folder"))
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder.setText(documents)
        held = QWidget()
        held.setFocusProxy(self.folder)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        self.folder_labeled = LabeledField(_("Simpan ke folder"), held)
        self.folder.textEdited.connect(lambda _text: self.folder_labeled.accept())
        self.choose_folder = OutlinedButton(_("Pilih"))
        self.choose_folder.setAccessibleDescription(_("Pilih folder"))
        self.choose_folder.clicked.connect(self._ask_folder)
        row.addWidget(self.choose_folder)

    def _choose_paper(self) -> None:
        self.blank.paper = self.paper.value()

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Simpan ke folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
            self.folder_labeled.accept()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(16)
        bar.addWidget(self.search, 2)
        bar.addWidget(self.filters, 3)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.counted, 1)
        foot.addWidget(self.every)
        foot.addWidget(self.none)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(self._results)
        left.addWidget(self.warning)
        left.addLayout(bar)
        self._body.addWidget(self.table)
        self._body.addWidget(self._nothing_found())
        self._body.addWidget(self._nothing_yet())
        left.addWidget(self._body, 1)
        left.addLayout(foot)
        numbers = QHBoxLayout()
        numbers.setSpacing(16)
        numbers.addWidget(self.letter_number, 3)
        numbers.addWidget(self.numbered, 2, Qt.AlignmentFlag.AlignBottom)
        left.addLayout(numbers)
        across = QHBoxLayout()
        across.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 16)
        across.setSpacing(theme.BETWEEN_CARDS)
        across.addLayout(left, 1)
        across.addWidget(self._side())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_("Ekspor"), second=_("Daftar Hadir sebagai PDF. Temuan tidak pernah ikut.")))
        column.addLayout(across, 1)

    def _side(self) -> QWidget:
        asked = QWidget()
        questions = QVBoxLayout(asked)
        questions.setContentsMargins(0, 0, 8, 0)
        questions.setSpacing(8)
        for part in (self.variant, self.paper, self.way, self.folder_labeled):
            questions.addWidget(part)
            questions.addSpacing(4)
        questions.addWidget(Rule())
        questions.addWidget(self.blank)
        questions.addStretch(1)
        area = scrolling(asked)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card = Card()
        card.setFixedWidth(336)
        card.add(area, 1)
        card.add(self.progress)
        card.add(self.save)
        return card

    def _nothing_found(self) -> QWidget:
        empty = EmptyState(
            _("Tidak ada kunjungan yang cocok"),
            _("Periksa ejaannya, atau lepas pencarian dan saringan."),
            icon="magnifying-glass",
        )
        return _in_card(empty)

    def _nothing_yet(self) -> QWidget:
        empty = EmptyState(
            _("Belum ada kunjungan"), _("Kunjungan yang ditulis petugas tampil di sini setelah terkirim ke kantor.")
        )
        return _in_card(empty)


def _in_card(widget: QWidget) -> Card:
    card = Card()
    card.add(widget, 1)
    return card


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Kunjungan"), Show.KEY),
        Column(_("Orang"), Show.NUMBER, 88),
        Column(_("Kiriman"), Show.SIGNED, 160),
    )


def _month(month: str) -> Callable[[VisitLine], bool]:
    return lambda line: line.starts_at.startswith(month)


def _village(name: str) -> Callable[[VisitLine], bool]:
    return lambda line: any(village.name == name for village in line.villages)
