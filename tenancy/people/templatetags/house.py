"""Filters that write money, days, areas and codes the same way everywhere. Loaded as built-ins."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_vite.core.asset_loader import DjangoViteAssetLoader

from tenancy.kernel.once import FIELD
from values import daily_rate
from values.fen import display
from values.mask import mask_name

register = template.Library()
_WEEKDAYS = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


@register.filter
def fen(value: int | None) -> str:
    """¥2,520.24; a dash for nothing."""
    return "—" if value is None else display(value)


@register.filter
def day(value: date | None) -> str:
    """2026-05-08 周五; in English 2026-05-08 Fri."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value:%Y-%m-%d} {_WEEKDAYS[value.weekday()]}"


@register.filter
def moment(value: datetime | None) -> str:
    """2026-05-08 16:05, in Shanghai."""
    return "—" if value is None else f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


@register.filter
def area(value: int | None) -> str:
    """89.37 ㎡ from square centimetres."""
    return "—" if not value else f"{value / 10_000:.2f} ㎡"


@register.filter
def daily(rate: Any) -> str:
    """A late fee's daily rate, a fraction, as people read it: 0.03%/日（万分之三）."""
    exact = Decimal(rate)
    return _("%(percent)s a day (%(characters)s)") % {
        "percent": daily_rate.percent(exact),
        "characters": daily_rate.in_characters(exact),
    }


@register.filter
def percent(rate: Any) -> str:
    """0.03% from the fraction 0.0003."""
    return daily_rate.percent(Decimal(rate))


@register.filter
def masked_name(value: str) -> str:
    """张*."""
    return mask_name(value)


@register.filter
def word(code: str) -> str:
    """A stored code in the reader's language (msgid `code:<CODE>` falls back to the code)."""
    from tenancy.people.words import WORDS

    return str(WORDS.get(code, code))


@register.filter
def figure(value: Any, name: str) -> str:
    """One value of an entry or a job: fen as money, a code as a word."""
    if name.endswith("_fen") and isinstance(value, int):
        return display(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return "—"
    if name.startswith("set.") and isinstance(value, list):  # what stood there, and what stands there now
        return " → ".join(figure(one, name) for one in value)
    if isinstance(value, dict):
        return " · ".join(f"{word(key)} {figure(one, key)}" for key, one in value.items())
    if isinstance(value, list):
        return " · ".join(figure(one, name) for one in value)
    return word(value) if isinstance(value, str) else str(value)


@register.filter
def reason(because: Any) -> str:
    """Because (or its JSON) as a sentence in the reader's language."""
    from tenancy.people.words import sentence

    return sentence(because)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The current address's query string with some values changed; None removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"?{parameters.urlencode()}"


@register.simple_tag
def money(value: int | None, *, late: bool = False) -> SafeString:
    """A right-aligned amount; red only when past due, which nothing cannot be."""
    late = late and bool(value)
    label = _("overdue") if late else ""
    return format_html(
        '<span class="money{}"{}>{}</span>',
        " late" if late else "",
        format_html(' title="{}"', label) if late else "",
        fen(value),
    )


@register.simple_tag
def deadline(value: date | None, *, over: int = 0) -> SafeString:
    """A last day; once it is `over` days past, in red and in words."""
    if not over:
        return format_html('<span class="date">{}</span>', day(value))
    words = _("past by %(days)s d") % {"days": over}
    return format_html(
        '<span class="date late">{}</span> <span class="badge tone-late">{}</span>', day(value), words
    )


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's widget in the house's dress; what it is described by is Django's own work."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        dress = "options"
    elif isinstance(widget, CheckboxInput):
        dress = "form-check-input"
    elif isinstance(widget, Select):
        dress = "form-select"
    else:
        dress = "form-control"
    wrong = " is-invalid" if field.errors else ""
    attrs: dict[str, Any] = {"class": f"{widget.attrs.get('class', '')} {dress}{wrong}".strip()}
    if field.errors and field.name == next(name for name in field.form.fields if field.form.errors.get(name)):
        attrs["autofocus"] = True  # after a refusal the cursor stands in the first field that is at fault
    return field.as_widget(attrs=attrs)


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Django's own, and the form's token of its own: sent twice, it is done once (tenancy.kernel.once)."""
    forged = CsrfTokenNode().render(context)
    return format_html('{}<input type="hidden" name="{}" value="{}">', mark_safe(forged), FIELD, uuid4())  # noqa: S308 - Django's own


@register.simple_tag
def frontend(entry: str) -> SafeString:
    """The tags of a built entry of frontend/. Nothing where it was not built: pages work without."""
    if not settings.DJANGO_VITE["default"]["manifest_path"].exists():
        return SafeString("")
    tags: str = DjangoViteAssetLoader.instance().generate_vite_asset(entry)
    return mark_safe(tags)  # noqa: S308 - made from our own manifest
