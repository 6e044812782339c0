"""Materi & bantuan: what was explained, handed out or put up, and what help was given."""

from pimpasa_desktop.app.screen import Context
from pimpasa_desktop.app.visiting.part import Missing, Shown, VisitPart, page
from pimpasa_desktop.app.visiting.sections import Section, Sections
from pimpasa_desktop.app.widgets.parts import State
from pimpasa_desktop.i18n import _, plural
from pimpasa_desktop.spelling import number


class Materials(VisitPart):
    key = "materials"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Materi & bantuan"))
        unexplained = _("Belum ada materi. Catat tiap pokok yang dijelaskan, dibagikan, atau dipasang.")
        unaided = _("Belum ada bantuan. Bila tidak ada, biarkan kosong.")
        counted = {"recipients": _("Hanya jumlahnya, tanpa nama penerima.")}
        self.sections = Sections(
            context,
            Section("material_delivery", _("Materi"), _("Tambah materi"), unexplained),
            Section("aid", _("Bantuan"), _("Tambah bantuan"), unaided, counted),
        )
        self.materials, self.aid = self.sections.lists
        self.sections.stood.connect(self.stood)
        column = page(self)
        column.addWidget(self.sections)
        column.addStretch(1)

    def refresh(self, visit: Shown) -> None:
        super().refresh(visit)
        self.sections.refresh(visit)

    def told(self) -> tuple[str, State]:
        materials, aid = len(self.materials.records), len(self.aid.records)
        if self.sections.unfinished:
            return _("Ada yang belum tersimpan"), State.ATTENTION
        if not materials and not aid:
            return _("Belum diisi"), State.EMPTY
        given = _("{count} bantuan").format(count=number(aid)) if aid else _("tanpa bantuan")
        if not materials:
            return _("Belum ada materi, {aid}").format(aid=given), State.PARTLY
        return plural("{count} materi, {aid}", materials).format(count=number(materials), aid=given), State.COMPLETE

    def missing(self) -> list[Missing]:
        return self.sections.missing(self.wanted.emit)

    def arrive(self) -> None:
        self.sections.arrive()

    def leave(self) -> None:
        self.sections.leave()
