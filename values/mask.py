"""How personal data looks until someone with a reason asks for all of it (L-CO5)."""


def mask_name(name: str) -> str:
    """The first character stays; at most two stars, so the length of a long name is not told.

    >>> mask_name("张三"), mask_name("王小明"), mask_name("锦绣物业有限公司"), mask_name("")
    ('张*', '王**', '锦**', '')
    """
    text = name.strip()
    return text[:1] + "*" * min(max(len(text) - 1, 0), 2)


def mask_phone(phone: str) -> str:
    """First three and last four characters; a number too short for that shows its last two only.

    >>> mask_phone("13812341234"), mask_phone("0571-88886666"), mask_phone("12345")
    ('138****1234', '057****6666', '****45')
    """
    text = phone.strip()
    if len(text) < 10:
        return "****" + text[-2:] if text else ""
    return f"{text[:3]}****{text[-4:]}"


def mask_id(number: str) -> str:
    """An identity number: first and last four, a star for each of the others.

    >>> mask_id("330102199001011234"), mask_id("12345678")
    ('3301**********1234', '********')
    """
    text = number.strip()
    if len(text) <= 8:
        return "*" * len(text)
    return text[:4] + "*" * (len(text) - 8) + text[-4:]


def mask_bank(number: str) -> str:
    """A bank card or account: the last four.

    >>> mask_bank("6222 0212 0200 1234"), mask_bank("123")
    ('****1234', '****')
    """
    digits = "".join(number.split())
    return "****" + digits[-4:] if len(digits) > 4 else "****"
