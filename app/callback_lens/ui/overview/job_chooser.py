"""Which of a payload's jobs is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from callback_lens.errors import Message
from callback_lens.payload.jobs import Job
from callback_lens.ui.models.plain import shown
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.states import look_of, state_words
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.label import Label


class JobChooser(QWidget):
    """A list of the jobs that follows the selection, and leads it."""

    def __init__(
        self, session: Session, selection: Selection, jobs: Sequence[Job], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self.list = QComboBox(self)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line = QHBoxLayout(self)
        line.setContentsMargins(TIGHT, 0, 0, 0)
        line.setSpacing(GAP)
        total = Message("{total} jobs", {"total": len(jobs)})
        line.addWidget(Label(session, total, self, "muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.list, 1)
        self.list.addItems([""] * len(jobs))
        self.list.setCurrentIndex(selection.job_index)
        self.list.activated.connect(selection.select_job)
        selection.job_changed.connect(self.list.setCurrentIndex)
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._draw)
        self._draw()
        self._speak()

    def _speak(self) -> None:
        self.list.setAccessibleName(self._session.say(Message("Job")))
        for place, job in enumerate(self._jobs):
            state = state_words(job.state) if job.state else ""
            said = self._session.say(state) if isinstance(state, Message) else state
            parts = filter(None, (str(place + 1), job.tag, said, job.job_id))
            self.list.setItemText(place, shown(" · ".join(parts), 200))

    def _draw(self) -> None:
        for place, job in enumerate(self._jobs):
            self.list.setItemIcon(place, self._session.theme.icon(*look_of(job.state)))
