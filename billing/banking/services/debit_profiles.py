"""A bank's own way to be asked for direct debits and to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from billing.banking.models import DebitProfile
from billing.banking.rules.debit import BUILT_IN, FEN, YUAN, Profile, Result
from billing.banking.rules.profiles import DELIMITERS
from billing.banking.services.setup import BadProfile, ProfileKnown
from tenancy.people.services import audit

ENCODINGS = ("utf-8", "gb18030")
UNITS = (YUAN, FEN)


def add_debit_profile(
    *,
    code: str,
    name: str,
    out: Sequence[tuple[str, str]],
    back: Mapping[str, str],
    results: Mapping[str, str],
    delimiter: str = ",",
    encoding: str = "utf-8",
    unit: str = YUAN,
) -> int:
    """Keep a profile; refuses one that no bank could be asked by, or whose answer could not be read."""
    unknown = sorted(set(results.values()) - set(Result))
    known = {said: Result(result) for said, result in results.items() if result in set(Result)}
    profile = Profile(code, name, tuple(out), back, known, delimiter, encoding, unit)
    lacking = [*profile.lacks(), *unknown]
    if lacking:
        text = _("The profile lacks these columns or results, or does not know them: %(names)s.")
        raise BadProfile(text % {"names": ", ".join(lacking)}, field="out")
    if encoding not in ENCODINGS or delimiter not in DELIMITERS or unit not in UNITS:
        raise BadProfile(_("This encoding or separator is not known."), field="encoding")
    if code in BUILT_IN or DebitProfile.objects.filter(code=code).exists():
        raise ProfileKnown(_("A profile with this code is there already."), field="code")
    row = DebitProfile.objects.create(
        code=code, name=name, delimiter=delimiter, encoding=encoding, unit=unit,
        out=[list(pair) for pair in out], back=dict(back), results=dict(results),
    )  # fmt: skip
    audit.record("debit_profile.added", kind="debit_profile", pk=row.pk, code=code)
    return int(row.pk)
