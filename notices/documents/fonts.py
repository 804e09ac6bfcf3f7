"""Small fonts in PDFs: only the glyphs that are used, without 65,000 empty places for the rest."""

from __future__ import annotations

from io import BytesIO
from typing import Any


def compact(document: Any, pdf: Any) -> None:
    """WeasyPrint's finisher: swap each embedded CID font for its bare CFF with the used glyphs only.

    WeasyPrint keeps the glyph numbers of the whole font, which costs 130 kB per font of empty places; a bare
    CFF names its glyphs by CID (PDF 32000-1, 9.7.4.2), so it needs none. A font of another make, or one whose
    CIDs are not its glyph numbers, stays as it is.
    """
    small = {id(font.file_content): _bare_cff(font) for font in document.fonts.values() if _may_shrink(font)}
    for thing in pdf.objects:
        content = getattr(thing, "stream", None)
        if isinstance(content, list) and len(content) == 1 and small.get(id(content[0])):
            thing.stream = [small[id(content[0])]]
            thing.extra["Subtype"] = "/CIDFontType0C"


def _may_shrink(font: Any) -> bool:
    return bool(not font.bitmap and font.to_unicode and font.file_content[:4] == b"OTTO")


def _bare_cff(font: Any) -> bytes:
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    used = sorted(font.to_unicode)
    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    glyphs = harfbuzz_subset.hb_subset_input_glyph_set(wanted)
    harfbuzz.hb_set_add_sorted_array(glyphs, ffi.new(f"hb_codepoint_t[{len(used)}]", used), len(used))
    harfbuzz_subset.hb_subset_input_set_flags(
        wanted,
        harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING,
    )
    face = ffi.gc(harfbuzz_subset.hb_subset_or_fail(font.hb_face, wanted), harfbuzz.hb_face_destroy)
    if not face:
        return b""
    tag = harfbuzz.hb_tag_from_string(b"CFF ", -1)
    blob = ffi.gc(harfbuzz.hb_face_reference_table(face, tag), harfbuzz.hb_blob_destroy)
    length = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(blob, length)
    table = bytes(ffi.unpack(data, int(length[0]))) if length[0] else b""
    return table if _names_by_glyph_number(table, used) else b""


def _names_by_glyph_number(table: bytes, used: list[int]) -> bool:
    from fontTools.cffLib import CFFFontSet  # type: ignore[import-untyped]

    if not table:
        return False
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(table), None)
    names = fonts[0].charset[1:]
    # A few alternates may have come along; in order and complete, the numbers can be no others.
    return names == sorted(names) and {f"cid{number:05d}" for number in used if number} <= set(names)
