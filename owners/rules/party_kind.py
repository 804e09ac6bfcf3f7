"""Whether a name or a number is a person's or an organisation's."""

import re

_ORGANISATION = re.compile(
    r".{2,}(?:公司|企业|集团|厂|银行|中心|学校|幼儿园|医院|诊所|事务所|合作社|委员会|居委会|超市|酒店|宾馆|商行"
    r"|经营部|工作室|协会|基金会|管理局|研究院|门市部|商店|餐厅|饭店|药店|合伙)(?:[(（].{1,20}[)）])?"
)


def is_organisation(name: str, id_number: str = "") -> bool:
    """By a unified credit code, which has letters where a person's number has none, else by name.

    >>> is_organisation("杭州杨梓商贸有限公司"), is_organisation("张三"), is_organisation("厂长")
    (True, False, False)
    >>> is_organisation("王记", "91330100MA27XYZ00X")
    True
    """
    if len(id_number) == 18 and not id_number[:17].isdecimal():
        return True
    return _ORGANISATION.fullmatch(name) is not None
