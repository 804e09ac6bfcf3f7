"""Telephone numbers as they are compared: digits only, however they were typed."""


def phone_key(number: str) -> str:
    """The digits of a number; what its fingerprint is made of.

    >>> phone_key("0571-88006864"), phone_key("138 0013 8000")
    ('057188006864', '13800138000')
    """
    return number if number.isdecimal() else "".join(filter(str.isdecimal, number))


def last_four(number: str) -> str:
    """The last four digits, as people say them at the counter; "" for a shorter number.

    >>> last_four("0571-88006864"), last_four("123")
    ('6864', '')
    """
    digits = phone_key(number)
    return digits[-4:] if len(digits) >= 4 else ""
