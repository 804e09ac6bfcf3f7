"""Which court: the basic people's court of the debtor's domicile, read from an address (L-P, G7)."""

import re
from typing import Final

# 浙江省杭州市西湖区…, 北京市朝阳区…, 杭州市临安市…: the last district or county names the court.
_PLACE: Final = re.compile(
    r"^(?:[^省市区县]{2,7}(?:省|自治区))?((?:[^省市区县]{1,8}(?:市|自治州|地区|盟))?)([^省市区县]{1,8}(?:区|县|旗|市))"
)


def basic_court(address: str) -> str:
    """The court's name, empty when the address does not say where it is.

    >>> basic_court("浙江省杭州市西湖区文一路1号"), basic_court("北京市朝阳区建国路9号")
    ('杭州市西湖区人民法院', '北京市朝阳区人民法院')
    >>> basic_court("文一路1号")
    ''
    """
    found = _PLACE.match("".join(address.split()))
    return f"{found[1]}{found[2]}人民法院" if found else ""
