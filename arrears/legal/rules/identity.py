"""What an identity number says of its holder: courts ask for day of birth and sex (GB 11643)."""

from datetime import date


def born_on(number: str) -> date | None:
    """The day of birth in an 18-digit number; None when it is none.

    >>> born_on("330102199001011234")
    datetime.date(1990, 1, 1)
    """
    if len(number) != 18 or not number[6:14].isdigit():
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """男 or 女 by the parity of the seventeenth digit; empty when the number is none.

    >>> sex("330102199001011234"), sex("330102199001011223"), sex("")
    ('男', '女', '')
    """
    if len(number) != 18 or not number[16].isdigit():
        return ""
    return "男" if int(number[16]) % 2 else "女"
