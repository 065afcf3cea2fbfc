"""A place that people take from a map: both degrees pasted at once, and those of Chinese map services converted."""

import re
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import Length

from scheduler.maps.datums import ERROR_METRES, Datum, to_wgs84
from scheduler.web.forms import BaseForm, TrimmedField
from scheduler.web.labels import WordedEnum

PAIR = re.compile(r"^\D*?(-?\d{1,3}(?:\.\d+)?)\s*[,，;； ]\s*(-?\d{1,3}(?:\.\d+)?)\D*$")
SOUTHERNMOST_EAST = 60
"""Whatever is larger is no latitude of a city in this hemisphere but a longitude."""


class MapService(WordedEnum):
    """Where degrees come from."""

    WORLD = Datum.WGS84.value, _l("GPS, OpenStreetMap, Tianditu")
    AMAP = Datum.GCJ02.value, _l("Amap or Tencent maps (GCJ-02)")
    BAIDU = Datum.BD09.value, _l("Baidu maps (BD-09)")


def pasted_field() -> TrimmedField:
    """Both degrees in one line, instead of the two fields."""
    return TrimmedField(
        _l("Or both degrees, pasted from a map"), [Length(max=60)],
        description=_l("Such as 121.4179, 29.6592. They stand instead of the two numbers above."),
    )


def datum_field() -> SelectField:
    """The map from which the degrees were taken."""
    return SelectField(
        _l("The degrees are from"), choices=[SelectChoice(str(service), service.words) for service in MapService],
        default=str(MapService.WORLD),
        description=_l(
            "Chinese map services are some hundred metres off; their degrees are converted, to about %(metres)s m.",
            metres=ERROR_METRES,
        ),
    )


class PlaceForm(BaseForm):
    """Parent of forms with ``latitude``, ``longitude``, ``pasted`` and ``datum``; degrees of GPS come out of it."""

    latitude: Any
    longitude: Any
    pasted: Any
    datum: Any

    def validate(self, extra_validators: Any = None) -> bool:
        """Take the pasted pair over, look at every field, and convert the degrees once all is sound."""
        if self.pasted.data and not self._take_pasted():
            super().validate(extra_validators)
            message = _("Paste two numbers, such as 121.4179, 29.6592.")
            self.pasted.errors = [*self.pasted.errors, message]
            return False
        if not super().validate(extra_validators):
            return False
        datum = Datum(self.datum.data)
        if datum is not Datum.WGS84 and self.latitude.data is not None and self.longitude.data is not None:
            latitude, longitude = to_wgs84((self.latitude.data, self.longitude.data), datum)
            self.latitude.data, self.longitude.data = round(latitude, 6), round(longitude, 6)
            self.datum.data = Datum.WGS84.value
        return True

    def values(self, *skip: str) -> dict[str, Any]:
        """The degrees stand for all that was written about the place."""
        return super().values("pasted", "datum", *skip)

    def _take_pasted(self) -> bool:
        """Map services write the longitude first, GPS the latitude; in this hemisphere the larger is the longitude."""
        pair = PAIR.match(self.pasted.data)
        if pair is None:
            return False
        first, second = float(pair[1]), float(pair[2])
        latitude, longitude = (second, first) if first > SOUTHERNMOST_EAST >= second else (first, second)
        for entry, value in ((self.latitude, latitude), (self.longitude, longitude)):
            entry.data, entry.raw_data, entry.process_errors = value, [str(value)], []
        return True
