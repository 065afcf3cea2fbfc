"""All registers that go to Excel and come back, in the order in which one builds on the other."""

from werkzeug.exceptions import NotFound

from scheduler.models import Term
from scheduler.workbooks.register import WorkbookRegister, belongs
from scheduler.workbooks.registers.courses import COURSES
from scheduler.workbooks.registers.demand import DEMAND
from scheduler.workbooks.registers.demand_sources import DEMAND_SOURCES
from scheduler.workbooks.registers.sections import SECTIONS
from scheduler.workbooks.registers.teachers import TEACHERS
from scheduler.workbooks.registers.venues import ROOMS, VENUES

REGISTERS: dict[str, WorkbookRegister] = {
    register.name: register for register in (VENUES, ROOMS, TEACHERS, COURSES, DEMAND_SOURCES, DEMAND, SECTIONS)
}
WHOLE_TERM = "term"


def sheets(name: str, term: Term | None) -> list[WorkbookRegister]:
    """The registers in a workbook of this name: one, or all of a term; NotFound when there is none such there."""
    if name == WHOLE_TERM and term is not None:
        return list(REGISTERS.values())
    register = REGISTERS.get(name)
    if register is None or not belongs(register, term):
        raise NotFound
    return [register]
