"""The rooms, or the teachers, with what their menus cost at the prices of the moment."""

import numpy as np

from solver.search.lagrangian.layout import WEEKDAYS, Layout
from solver.search.lagrangian.offers import FORBIDDEN, Menus
from solver.search.lagrangian.pricing import price_menus, sum_days, sum_hours
from solver.search.lagrangian.timing import Numbers, Timing


class Supply:
    """Menus are priced anew only where their owner has prices or just had some, which most rooms never do."""

    def __init__(
        self, menus: Menus, owners: int, first_hour: int, timing: Timing, layout: Layout, has_days: bool
    ) -> None:
        self.menus = menus
        self.prices = np.full(int(menus.first[-1]), FORBIDDEN)
        """What each series of each menu costs, FORBIDDEN where the menu does not have it."""
        self.least = np.zeros(len(menus.owner), np.int64)
        self._first_hour, self._timing, self._layout = first_hour, timing, layout
        days = owners * WEEKDAYS
        self._hours = np.zeros((days, layout.slots + 1, layout.weeks + 1), np.int64)
        self._days = np.zeros((days if has_days else 0, layout.weeks + 1), np.int64)
        self._outdated = np.ones(owners, np.bool_)

    def renew(self, price: Numbers, priced: Numbers) -> None:
        """Price the menus anew, given the prices of all constraints and the owners that have any."""
        self._outdated[priced] = True
        owners = np.flatnonzero(self._outdated)
        sum_hours(price, self._first_hour, owners, self._layout, self._hours)
        if len(self._days):
            sum_days(price, owners, self._layout, self._days)
        chosen = np.flatnonzero(self._outdated[self.menus.owner])
        price_menus(self.menus, chosen, self._timing, self._hours, self._days, self.prices, self.least)
        # an owner that has prices now is priced anew next time even if none is left then
        self._outdated[:] = False
        self._outdated[priced] = True
