"""Chinese capitals (大写) for receipts and court papers."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("亿", "万", "")
_LIMIT_FEN = 10**14


def capitals(fen: int) -> str:
    """An amount in capitals, as L-R6 writes it: whole yuan end in 整, a zero stands for every gap.

    ValueError from one trillion yuan on: no receipt has ever needed it.

    >>> capitals(252024)
    '人民币贰仟伍佰贰拾元零贰角肆分'
    >>> capitals(140950)
    '人民币壹仟肆佰零玖元伍角'
    >>> capitals(10700053)
    '人民币壹拾万柒仟元零伍角叁分'
    >>> capitals(1640902)
    '人民币壹万陆仟肆佰零玖元零贰分'
    >>> capitals(100000), capitals(5), capitals(0)
    ('人民币壹仟元整', '人民币伍分', '人民币零元整')
    """
    if abs(fen) >= _LIMIT_FEN:
        raise ValueError("too large to be written in capitals")
    whole, cents = divmod(abs(fen), 100)
    sign = "负" if fen < 0 else ""
    head = _whole(whole) + "元" if whole else ""
    if not cents:
        return f"人民币{sign}{head or '零元'}整"
    return f"人民币{sign}{head}{_cents(cents, whole)}"


def _whole(number: int) -> str:
    text, gap = "", False
    for size, name in zip((10**8, 10**4, 1), _GROUPS, strict=True):
        group = number // size % 10**4
        if not group:
            gap = bool(text)
            continue
        zero = "零" if text and (gap or group < 1000) else ""
        text += zero + _group(group) + name
        gap = False
    return text


def _group(group: int) -> str:
    text, gap = "", False
    for size, place in zip((1000, 100, 10, 1), _PLACES, strict=True):
        digit = group // size % 10
        if not digit:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + place
        gap = False
    return text


def _cents(cents: int, whole: int) -> str:
    jiao, fen = divmod(cents, 10)
    # 零 after 元 when the yuan end in 0 or the jiao are missing; amounts below one yuan need none.
    gap = "零" if whole and (whole % 10 == 0 or not jiao) else ""
    return gap + (_DIGITS[jiao] + "角" if jiao else "") + (_DIGITS[fen] + "分" if fen else "")
