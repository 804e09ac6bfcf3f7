"""Stamps over pages of any kind: upright, on foreign papers too, without changing what is below."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from notices.documents.pdf import to_pdf
from notices.documents.receipt import without_receipt
from notices.documents.stamping import Bookmark, bind_stamped, count_pages, fit, split_by_outline

A4 = (595.0, 842.0)


def page(text):
    return to_pdf(f"<html><body><h1>{text}</h1></body></html>")


def foreign(turned):
    """A sheet of another size with the turn of a scanner, its size written once for the whole file."""
    writer = PdfWriter()
    sheet = writer.add_blank_page(700, 400)
    sheet.rotate(turned)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def placed(matrix, x, y):
    a, b, c, d, e, f = matrix
    return round(a * x + c * y + e, 3), round(b * x + d * y + f, 3)


@pytest.mark.parametrize(
    ("turned", "corner"), [(0, (0, 0)), (90, (700, 0)), (180, (700, 400)), (270, (0, 400))]
)
def test_the_lower_left_of_a_stamp_is_the_lower_left_that_a_reader_sees(turned, corner):
    sheet = {"/MediaBox": [0, 0, 700, 400], "/Rotate": turned}
    assert placed(fit(sheet, A4), 0, 0) == corner
    opposite = placed(fit(sheet, A4), *A4)
    assert {corner[0], opposite[0]} == {0, 700}
    assert {corner[1], opposite[1]} == {0, 400}


def test_every_page_keeps_its_text_and_gets_its_own_number_and_the_mark():
    numbers = to_pdf(
        "<html><style>p{break-after:page;margin:0}p:last-child{break-after:auto}</style><p>1/4<p>2/4<p>3/4<p>4/4</html>"
    )
    documents = [page("甲"), foreign(90), to_pdf("<p style='break-after:page'>乙一</p><p>乙二</p>")]
    target = BytesIO()
    marks = [Bookmark("甲", 0), Bookmark("乙", 2)]
    count = bind_stamped(documents, target, stamps=numbers, mark=page("水印"), bookmarks=marks)
    reader = PdfReader(BytesIO(target.getvalue()))
    texts = [one.extract_text() for one in reader.pages]
    assert count == len(texts) == 4
    for number, (text, own) in enumerate(zip(texts, ("甲", "", "乙一", "乙二"), strict=True), start=1):
        assert f"{number}/4" in text
        assert own in text
        assert "水印" in text
    assert [(one.title, reader.get_destination_page_number(one)) for one in reader.outline] == [
        ("甲", 0),
        ("乙", 2),
    ]
    assert [float(side) for side in reader.pages[1].mediabox[2:]] == [700, 400]


def test_a_document_is_cut_before_each_heading():
    whole = to_pdf(
        "<style>section + section{break-before:page}</style>"
        "<section><h1>一</h1><p style='break-after:page'>a</p><p>b</p></section><section><h1>二</h1></section>"
    )
    parts = split_by_outline(whole, 2)
    assert [count_pages(part) for part in parts] == [2, 1]
    assert "二" in PdfReader(BytesIO(parts[1])).pages[0].extract_text()
    with pytest.raises(ValueError, match="3 parts"):
        split_by_outline(whole, 3)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.4 nonsense"])
def test_what_is_no_pdf_has_no_pages(content):
    assert count_pages(content) is None


SLIP = "<div class='slip' style='break-inside:avoid'><h2>送达回执　催款通知书</h2><p>签收人签字</p><p style='height:{high}mm'></p></div>"


@pytest.mark.parametrize(("high", "pages"), [(20, 1), (200, 2)])
def test_a_paper_is_cut_before_its_receipt_and_keeps_its_foot(high, pages):
    style = "<style>@page{size:A4;margin:13mm 18mm 16mm;@bottom-left{content:'编号 7'}}</style>"
    whole = to_pdf(f"{style}<h1>催款通知书</h1><p style='height:60mm'>请缴费</p>{SLIP.format(high=high)}")
    assert count_pages(whole) == pages
    cut = without_receipt(whole)
    (text,) = [one.extract_text() for one in PdfReader(BytesIO(cut)).pages]
    assert "请缴费" in text
    assert "编号 7" in text
    assert "送达回执" not in text
    assert "签收人" not in text


def test_a_paper_without_a_receipt_stays_as_it_is():
    paper = page("支付令申请书")
    assert without_receipt(paper) is paper
