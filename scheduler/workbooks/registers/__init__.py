"""All registers that go to Excel and come back, in the order in which one builds on the other."""

from werkzeug.exceptions import NotFound

from scheduler.models import Term
from scheduler.workbooks.register import WorkbookRegister, belongs
from scheduler.workbooks.registers.courses import COURSES
from scheduler.workbooks.registers.demand import DEMAND
from scheduler.workbooks.registers.demand_sources import DEMAND_SOURCES
from scheduler.workbooks.registers.network import COMMUNITIES, UNITS
from scheduler.workbooks.registers.sections import SECTIONS
from scheduler.workbooks.registers.teachers import TEACHERS
from scheduler.workbooks.registers.venues import ROOMS, VENUES

REGISTERS: dict[str, WorkbookRegister] = {
    register.name: register
    for register in (UNITS, COMMUNITIES, VENUES, ROOMS, TEACHERS, COURSES, DEMAND_SOURCES, DEMAND, SECTIONS)
}
NETWORK = (UNITS, COMMUNITIES)
PLACES = (VENUES, ROOMS)
WHOLE_TERM, WHOLE_NETWORK, WHOLE_PLACES = "term", "network", "places"


def sheets(name: str, term: Term | None) -> list[WorkbookRegister]:
    """The registers in a workbook of this name; NotFound when there is none such there.

    It is one, both of the network, venues with their rooms, or all that a term is planned with.
    """
    if name == WHOLE_TERM and term is not None:
        return [register for register in REGISTERS.values() if register not in NETWORK]
    if name == WHOLE_NETWORK and term is None:
        return list(NETWORK)
    if name == WHOLE_PLACES and term is None:
        return list(PLACES)
    register = REGISTERS.get(name)
    if register is None or register in NETWORK or not belongs(register, term):
        raise NotFound
    return [register]
