"""`manage.py import_register` and `import_arrears`: tables, JSON, exit 2 with a sentence, nothing half-done."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from billing.charges.management.import_command import Bar
from billing.charges.models import Charge
from owners.models import Community, Unit

DATA = Path(__file__).parent.parent / "data"
REGISTER, ARREARS = str(DATA / "house-register.xlsx"), str(DATA / "arrears-list.xlsx")
EXPECTED = json.loads((DATA / "expected.json").read_text())
WHOSE = ("--tenant=jinxiu", "--community=J2", "--as-of=2025-12-28")


def call(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def units(cast):
    with cast.jinxiu.open():
        return Unit.objects.filter(community__code="J2").count()


def test_a_dry_run_is_the_default_and_leaves_nothing_not_even_the_community(cast):
    said = json.loads(call("import_register", REGISTER, *WHOSE, "--create-community=锦绣二期", "--json"))
    assert (said["units"], said["parking_bays"], said["committed"]) == (EXPECTED["units"], 300, False)
    with cast.jinxiu.open():
        assert not Community.objects.filter(code="J2").exists()


def test_both_files_come_in_and_a_second_time_changes_nothing(cast):
    first = json.loads(
        call("import_register", REGISTER, *WHOSE, "--create-community=锦绣二期", "--commit", "--json")
    )
    assert [(e["row"], e["code"]) for e in first["errors"]] == [
        (e["row"], e["why"]) for e in EXPECTED["row_errors"]
    ]
    assert units(cast) == EXPECTED["units"] + EXPECTED["parking_bays"]
    again = json.loads(call("import_register", REGISTER, *WHOSE, "--commit", "--json"))
    assert (again["created"], again["changed"]) == (0, 0)
    owed = json.loads(call("import_arrears", ARREARS, *WHOSE, "--commit", "--json"))
    assert (owed["rows"], owed["total"]) == (
        EXPECTED["arrears"]["rows"],
        EXPECTED["arrears"]["valid_total_yuan"],
    )
    with cast.jinxiu.open():
        assert Charge.objects.filter(kind="OPENING").count() == owed["charges"]
    assert json.loads(call("import_arrears", ARREARS, *WHOSE, "--commit", "--json"))["charges"] == 0


def test_a_person_reads_a_table_with_reasons(cast):
    said = call("import_register", REGISTER, *WHOSE, "--create-community=锦绣二期")
    assert "房产台账 E199" in said
    assert "3-2-802" in said
    assert "836" in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((REGISTER, "--tenant=nobody", "--community=JX"), "not_found"),
        ((REGISTER, "--tenant=jinxiu", "--community=ZZ"), "not_found"),
        ((REGISTER, "--tenant=jinxiu", "--community=YD"), "not_found"),
        (("no-such-file.xlsx", "--tenant=jinxiu", "--community=JX"), "import.no_file"),
        ((__file__, "--tenant=jinxiu", "--community=JX"), "import.not_a_workbook"),
        ((ARREARS, "--tenant=jinxiu", "--community=JX"), "import.no_register"),
        ((REGISTER, "--tenant=jinxiu", "--community=JX", "--commit", "--strict"), "import.rows_rejected"),
    ],
)
def test_bad_input_exits_with_2_and_a_code_and_a_sentence(cast, arguments, code):
    with pytest.raises(CommandError) as refused:
        call("import_register", *arguments, "--json")
    assert refused.value.returncode == 2
    said = str(refused.value)
    assert said.startswith(f"{code}: ")
    assert len(said) > len(code) + 5
    with cast.jinxiu.open():
        assert Unit.objects.count() == 4


def test_the_bar_is_drawn_on_a_terminal_only():
    class Terminal(StringIO):
        def isatty(self):
            return True

    terminal, file = Terminal(), StringIO()
    for out in (terminal, file):
        bar = Bar(out)
        bar.start(200)
        bar.step(50)
        bar.step(200)
    assert " 25% 50/200" in terminal.getvalue()
    assert terminal.getvalue().endswith("100% 200/200\n")
    assert file.getvalue() == ""
