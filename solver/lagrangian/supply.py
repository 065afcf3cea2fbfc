"""The rooms, or the teachers, with what their menus cost at the prices of the moment."""

import numpy as np
from numpy.typing import NDArray

from solver.lagrangian.layout import WEEKDAYS, Layout
from solver.lagrangian.offers import Menus
from solver.lagrangian.pricing import price_menus, sum_days, sum_hours
from solver.lagrangian.timing import Numbers, Timing


class Supply:
    """Menus are priced anew only where their owner may have prices, which most rooms never do."""

    def __init__(
        self, menus: Menus, owners: int, first_hour: int, timing: Timing, layout: Layout, has_days: bool
    ) -> None:
        self.menus = menus
        self.prices = np.zeros(int(menus.first[-1]), np.int64)
        self.least = np.zeros(len(menus.owner), np.int64)
        self._first_hour, self._timing, self._layout = first_hour, timing, layout
        days = owners * WEEKDAYS
        self._hours = np.zeros((days, layout.slots + 1, layout.weeks + 1), np.int64)
        self._days = np.zeros((days if has_days else 0, layout.weeks + 1), np.int64)
        self._priced = np.zeros(owners, np.bool_)
        self._owners = self._menus_of_owners = np.zeros(0, np.int64)
        self._price_menus(np.arange(len(menus.owner)))

    def let_price(self, owners: Numbers) -> None:
        """From now on these may have prices."""
        self._priced[owners] = True
        self._owners = np.flatnonzero(self._priced)
        self._menus_of_owners = np.flatnonzero(self._priced[self.menus.owner])

    def renew(self, price: Numbers) -> None:
        """Price the menus anew, given the prices of all constraints."""
        sum_hours(price, self._first_hour, self._owners, self._layout, self._hours)
        if len(self._days):
            sum_days(price, self._owners, self._layout, self._days)
        self._price_menus(self._menus_of_owners)

    def _price_menus(self, chosen: NDArray[np.int64]) -> None:
        price_menus(self.menus, chosen, self._timing, self._hours, self._days, self.prices, self.least)
