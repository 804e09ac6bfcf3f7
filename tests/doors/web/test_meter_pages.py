"""Meters and their reading round, as staff see them: by keyboard, by a sheet, with doubts that need a tick."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.charges.models import Charge, Meter, MeterReading, Tariff
from owners.gateways.sheets import open_sheets
from tests.meters import read, run, water_meter, water_tariff

A, B = "3-1-1602", "3-1-1702"
JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


def workbook(*rows):
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [str(cell) if isinstance(cell, date) else cell for cell in row])
    return written.getvalue()


@pytest.fixture
def metered(cast):
    """锦绣花园 with two water meters that stood at 100 and 500."""
    company = cast.jinxiu
    with company.open():
        tariff = water_tariff(company)
        company.meters = [
            water_meter(company, tariff, A, start=100, on=JAN),
            water_meter(company, tariff, B, start=500, on=JAN),
        ]
        company.water = tariff
    return company


def text(response):
    return response.content.decode()


def asked(company, on=FEB):
    return {"community": company.community.pk, "fee_item": company.water[0], "read_on": on.isoformat()}


def post_round(client, company, values, on=FEB, **headers):
    return client.post(reverse("charges:round"), asked(company, on) | values, headers=headers)


def readings(company):
    with company.open():
        found = MeterReading.objects.filter(kind__in=["READ", "ESTIMATED"]).order_by("pk")
        return list(found.values_list("value_milli", "kind"))


def test_the_list_shows_each_meter_with_its_last_reading(metered, log_in):
    shown = text(log_in(metered, "finance").get(reverse("charges:meters")))
    assert A in shown
    assert "W-3-1-1702" in shown


def test_the_round_shows_units_in_walking_order_with_the_reading_before(metered, log_in):
    shown = text(log_in(metered, "cashier").get(reverse("charges:round"), asked(metered)))
    assert shown.index(A) < shown.index(B)
    assert f'name="value-{metered.meters[0]}"' in shown
    assert "500" in shown


def test_all_lines_are_saved_at_once(metered, log_in):
    first, second = metered.meters
    answer = post_round(
        log_in(metered, "cashier"),
        metered,
        {
            f"value-{first}": "112",
            f"value-{second}": "",
        },
    )
    assert answer.status_code == 302
    assert readings(metered) == [(112_000, "READ")]


def test_a_line_is_saved_as_the_cursor_leaves_it_and_shows_its_usage(metered, log_in):
    first, _second = metered.meters
    answer = post_round(
        log_in(metered, "cashier"),
        metered,
        {f"value-{first}": "112.5", f"est-{first}": "1"},
        **{"HX-Request": "true"},
    )
    shown = text(answer)
    assert f'id="meter-{first}"' in shown
    assert "12.5" in shown
    assert "<html" not in shown
    assert readings(metered) == [(112_500, "ESTIMATED")]


def test_an_odd_usage_waits_for_a_tick(metered, log_in):
    first, _second = metered.meters
    client = log_in(metered, "cashier")
    doubted = post_round(client, metered, {f"value-{first}": "90"})
    assert doubted.status_code == 422
    assert f'name="sure-{first}"' in text(doubted)
    assert readings(metered) == []
    post_round(client, metered, {f"value-{first}": "90", f"sure-{first}": "1"})
    assert readings(metered) == [(90_000, "READ")]


def test_what_is_no_number_is_said_at_its_line(metered, log_in):
    first, _second = metered.meters
    assert post_round(log_in(metered, "cashier"), metered, {f"value-{first}": "zw"}).status_code == 422
    assert readings(metered) == []


def test_the_sheet_to_take_along_comes_back_by_the_import(metered, log_in):
    client = log_in(metered, "cashier")
    (sheet,) = open_sheets(client.get(reverse("charges:round_sheet"), asked(metered)).content)
    heads, *lines = [list(cells) for _row, cells in sheet.rows()]
    at = heads.index("本期读数")
    lines[0][at], lines[1][at] = 112, 530
    filled = workbook(heads, *lines)
    file = SimpleUploadedFile("抄表单.xlsx", filled)
    answer = client.post(reverse("charges:import_readings"), asked(metered) | {"file": file})
    assert answer.status_code == 200
    assert readings(metered) == [(112_000, "READ"), (530_000, "READ")]


def test_an_import_names_every_bad_line_and_takes_the_good_ones_once(metered, log_in):
    content = workbook(
        ["一月抄表"], ["房号", "表号", "本期读数", "抄表日期"],
        [A, "W-3-1-1602", 112, "2026-02-01"], [B, "W-3-1-1602", 1, None], ["9-9-999", "", 5, None],
        [B, "", "看不清", None], [B, "", 520, "昨天"], [B, "", "", None],
    )  # fmt: skip
    client = log_in(metered, "cashier")

    def send():
        file = SimpleUploadedFile("读数.xlsx", content)
        return text(client.post(reverse("charges:import_readings"), asked(metered) | {"file": file}))

    shown = send()
    for row in ("4", "5", "6", "7"):
        assert f'<td class="n">{row}</td>' in shown
    assert "看不清" in shown
    assert readings(metered) == [(112_000, "READ")]
    send()
    assert readings(metered) == [(112_000, "READ")]


def test_a_csv_of_an_old_computer_is_read_too(metered, log_in):
    content = "房号,读数,估抄\n3-1-1602,112,是\n".encode("gb18030")
    file = SimpleUploadedFile("读数.csv", content)
    log_in(metered, "cashier").post(reverse("charges:import_readings"), asked(metered) | {"file": file})
    assert readings(metered) == [(112_000, "ESTIMATED")]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04broken", b"\x00" * 9, b"a" * 200_000, b"\xff\xfe\xff", "没有表头\n1,2\n".encode()]
)
def test_a_file_that_cannot_be_read_is_said(metered, log_in, content):
    file = SimpleUploadedFile("读数.xlsx", content)
    answer = log_in(metered, "cashier").post(
        reverse("charges:import_readings"), asked(metered) | {"file": file}
    )
    assert answer.status_code == 422


def test_a_meter_is_put_in_corrected_and_changed(metered, log_in):
    client = log_in(metered, "finance")
    new = {
        "community": metered.community.pk, "room": "3-2-201", "fee_item": metered.water[0], "installed_on": "2026-01-01",
        "serial": "W-9", "digits": "5", "multiplier": "1", "start": "7", "people": "2", "place": "厨房",
    }  # fmt: skip
    assert client.post(reverse("charges:new_meter"), new | {"room": "9-9"}).status_code == 422
    made = client.post(reverse("charges:new_meter"), new)
    assert made.status_code == 302
    assert client.post(reverse("charges:new_meter"), new).status_code == 422
    with metered.open():
        meter = Meter.objects.get(serial="W-9")
        first = MeterReading.objects.get(meter=meter)
    url = reverse("charges:correct_reading", args=[first.pk])
    assert client.post(url, {"value": "8", "reason": ""}).status_code == 422
    client.post(url, {"value": "8", "reason": "看错"})
    page = text(client.get(reverse("charges:meter", args=[meter.pk])))
    assert "看错" in page
    client.post(reverse("charges:meter_household", args=[meter.pk]), {"people": "6", "place": "阳台"})
    change = reverse("charges:change_meter", args=[meter.pk])
    assert client.post(change, {"on": "2026-01-01", "end": "20", "digits": "5"}).status_code == 422
    answer = client.post(
        change, {"on": "2026-01-16", "end": "20", "serial": "W-10", "digits": "6", "start": "1"}
    )
    assert answer.status_code == 302
    with metered.open():
        new_one = Meter.objects.get(serial="W-10")
        assert (new_one.people, new_one.place, new_one.digits) == (6, "阳台", 6)


def test_finance_edits_meters_the_cashier_only_reads(metered, log_in):
    assert log_in(metered, "cashier").get(reverse("charges:new_meter")).status_code == 403
    assert log_in(metered, "legal").get(reverse("charges:round")).status_code == 403
    assert log_in(metered, "project_manager").get(reverse("charges:round")).status_code == 200


def test_the_calculation_shows_readings_and_steps(metered, log_in):
    with metered.open():
        read(metered.meters[0], FEB, 290)
        run(metered, 2026, 2)
        charge = Charge.objects.get(fee_item__code="water")
    shown = text(log_in(metered, "finance").get(reverse("charges:charge", args=[charge.pk])))
    assert "W-3-1-1602" in shown
    assert "180 m³ × ¥3.20" in shown
    assert "10 m³ × ¥4.50" in shown


def test_a_metered_tariff_in_steps_is_made_on_the_screen(cast, log_in):
    client = log_in(cast.jinxiu, "finance")
    form = {
        "community": cast.jinxiu.community.pk, "fee_item": cast.jinxiu.items["parking"].pk, "name": "阶梯水价",
        "basis": "METERED", "measure": "m³", "cycle_months": "1", "rounding": "PER_BILL", "from_on": "2026-01-01",
        "rate": "3.2", "steps": "180 3.20\n260 4.50\n7.20", "span": "YEAR",
    }  # fmt: skip
    wrong = client.post(reverse("charges:new_tariff"), form | {"steps": "260 3.20\n180 4.50\n7.20"})
    assert wrong.status_code == 422
    assert client.post(reverse("charges:new_tariff"), form | {"steps": "x"}).status_code == 422
    assert client.post(reverse("charges:new_tariff"), form | {"basis": "AREA"}).status_code == 422
    assert client.post(reverse("charges:new_tariff"), form).status_code == 302
    with cast.jinxiu.open():
        made = Tariff.objects.get(name="阶梯水价")
    shown = text(client.get(reverse("charges:tariff", args=[made.pk])))
    assert "≤ 180 ¥3.20" in shown
