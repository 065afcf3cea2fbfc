"""Forms for units and communities."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from scheduler.web.forms import BaseForm, DegreesField, Filled, TrimmedField
from scheduler.web.place_fields import PlaceForm, datum_field, pasted_field

CODE = Regexp(r"^[0-9A-Za-z-]{2,40}$", message=_l("A code has 2 to 40 digits, letters or dashes."))


class UnitForm(BaseForm):
    """A new unit below a parent, or a city below nothing for those who may begin a network."""

    parent = SelectField(_l("Belongs to"))
    code = TrimmedField(_l("Code"), [Filled(), CODE], description=_l("The official division code, such as 330213001."))
    name = TrimmedField(_l("Name"), [Filled(), Length(max=200)])


class RenameUnitForm(BaseForm):
    """Another name for a unit."""

    name = TrimmedField(_l("Name"), [Filled(), Length(max=200)])


class EditCommunityForm(PlaceForm):
    """A community's facts, without its code."""

    unit = SelectField(_l("Street or town"), [Filled()])
    name = TrimmedField(_l("Name"), [Filled(), Length(max=200)])
    population = IntegerField(
        _l("Population"), [InputRequired(_l("Write a whole number.")), NumberRange(0, 10_000_000)]
    )
    latitude = DegreesField(
        _l("Latitude"),
        [InputRequired(_l("Write degrees, such as 29.6555.")), NumberRange(-90, 90)],
        description=_l("In degrees, north positive."),
    )
    longitude = DegreesField(
        _l("Longitude"),
        [InputRequired(_l("Write degrees, such as 121.4069.")), NumberRange(-180, 180)], axis="longitude",
        description=_l("In degrees, east positive."),
    )
    pasted, datum = pasted_field(), datum_field()


class CommunityForm(EditCommunityForm):
    """A new community."""

    code = TrimmedField(_l("Code"), [Filled(), CODE], description=_l("The official division code of twelve digits."))
