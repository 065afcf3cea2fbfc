"""Forms of the Excel pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from scheduler.web.forms import BaseForm


class WorkbookUploadForm(BaseForm):
    """A workbook, or a CSV file of one register."""

    has_files = True

    file = FileField(
        _l("Workbook"),
        [FileRequired(_l("Choose a file."))],
        description=_l(
            "An .xlsx or .xls file, or .csv, .tsv or .txt for a single sheet; at most 10 MB and 20,000 rows. "
            "You see what it would change before anything is changed."
        ),
        render_kw={"accept": ".xlsx,.xls,.csv,.tsv,.txt"},
    )


class ApplyForm(BaseForm):
    """Taking a workbook over."""

    release = BooleanField(_l("Where a room or teacher is taken twice, let planning choose another"))
