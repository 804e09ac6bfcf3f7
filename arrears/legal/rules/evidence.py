"""The standing list of evidence, E1 to E14: names, kinds, and the fact each item proves (domain 4.14)."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class EvidenceCode(StrEnum):
    """The items in the order in which a court reads them."""

    E1 = "E1"
    E2 = "E2"
    E3 = "E3"
    E4 = "E4"
    E5 = "E5"
    E6 = "E6"
    E7 = "E7"
    E8 = "E8"
    E9 = "E9"
    E10 = "E10"
    E11 = "E11"
    E12 = "E12"
    E13 = "E13"
    E14 = "E14"


class EvidenceKind(NamedTuple):
    """An item as a list names it: its name, its kind in procedural law, original or copy, source, fact."""

    name: str
    kind: str
    copy: str
    source: str
    proves: str


DOCUMENTARY: Final = "书证"
ELECTRONIC: Final = "电子数据"
KINDS_IN_LAW: Final = (DOCUMENTARY, ELECTRONIC, "物证", "视听资料", "证人证言", "当事人陈述")
ORIGINAL: Final = "原件"
COPY: Final = "复印件"
PRINTOUT: Final = "打印件"
COPIES: Final = (ORIGINAL, COPY, PRINTOUT)

_E = EvidenceCode
_KEPT: Final = "原告留存"
_SYSTEM: Final = "物业管理系统"
EVIDENCE: Final = MappingProxyType(
    {
        _E.E1: EvidenceKind(
            "营业执照、法定代表人身份证明", DOCUMENTARY, COPY, "登记机关", "原告的主体资格及法定代表人身份"
        ),
        _E.E2: EvidenceKind(
            "物业服务合同及备案材料", DOCUMENTARY, COPY, _KEPT, "双方存在物业服务合同关系及约定的内容"
        ),
        _E.E3: EvidenceKind(
            "房屋交接手续、业主登记资料", DOCUMENTARY, COPY, _KEPT, "被告为该房屋的业主并已接收房屋"
        ),
        _E.E4: EvidenceKind("收费标准依据及公示照片", DOCUMENTARY, COPY, _KEPT, "收费标准已经约定并公示"),
        _E.E5: EvidenceKind("房屋面积证明", DOCUMENTARY, COPY, _KEPT, "计费面积"),
        _E.E6: EvidenceKind("缴费通知单及应收明细", ELECTRONIC, PRINTOUT, _SYSTEM, "所欠费用的期间和金额"),
        _E.E7: EvidenceKind("交费记录", ELECTRONIC, PRINTOUT, _SYSTEM, "被告以往交费情况及已付款项"),
        _E.E8: EvidenceKind(
            "欠费及违约金计算表", DOCUMENTARY, ORIGINAL, "原告制作", "诉讼请求金额的计算过程"
        ),
        _E.E9: EvidenceKind("催款通知书及送达凭证", DOCUMENTARY, COPY, _KEPT, "原告已经书面催告并送达"),
        _E.E10: EvidenceKind("短信、电话及上门催缴记录", ELECTRONIC, PRINTOUT, _SYSTEM, "原告多次催交"),
        _E.E11: EvidenceKind("物业服务履行记录", DOCUMENTARY, COPY, _KEPT, "原告已按约提供物业服务"),
        _E.E12: EvidenceKind("缓交、分期或付款承诺材料", DOCUMENTARY, COPY, _KEPT, "被告承认欠费并同意履行"),
        _E.E13: EvidenceKind("律师函及邮寄凭证", DOCUMENTARY, COPY, _KEPT, "诉前已委托律师催告"),
        _E.E14: EvidenceKind("实现债权费用票据", DOCUMENTARY, COPY, _KEPT, "实现债权支出的费用"),
    }
)


class Held(NamedTuple):
    """What of a case the system keeps, item by item; of the rest of the list the papers lie in a folder."""

    credit_code: bool = False
    handover: bool = False
    bills: bool = False
    charges: bool = False
    demands: bool = False
    talks: bool = False
    acknowledged: bool = False
    letter: bool = False
    costs: bool = False


def there(held: Held, ticked: Mapping[str, bool]) -> frozenset[EvidenceCode]:
    """The items that a list names: what is kept here, and what a person ticked or took out, by code.

    The contract, the tariff as displayed, the proof of the area and of the service a person must tick.

    >>> sorted(there(Held(charges=True), {"E2": True, "E7": False}))
    [<EvidenceCode.E2: 'E2'>, <EvidenceCode.E8: 'E8'>]
    """
    kept = {
        _E.E1: held.credit_code,
        _E.E3: held.handover,
        _E.E6: held.bills,
        _E.E7: True,
        _E.E8: held.charges,
        _E.E9: held.demands,
        _E.E10: held.talks,
        _E.E12: held.acknowledged,
        _E.E13: held.letter,
        _E.E14: held.costs,
    }
    return frozenset(code for code in EvidenceCode if ticked.get(code.value, kept.get(code, False)))


# A complaint needs all but these: a debtor need not have promised, a letter and costs need not be.
_OPTIONAL: Final = frozenset({_E.E12, _E.E13, _E.E14})


def needed(code: EvidenceCode, *, claims_costs: bool) -> bool:
    """Whether a court will miss the item: costs are proven when they are claimed.

    >>> needed(EvidenceCode.E2, claims_costs=False), needed(EvidenceCode.E14, claims_costs=False)
    (True, False)
    """
    return code not in _OPTIONAL or (code is _E.E14 and claims_costs)


def lacking(there: Collection[EvidenceCode], *, claims_costs: bool) -> tuple[EvidenceCode, ...]:
    """Items that are needed and not there, in order.

    >>> lacking(set(EvidenceCode) - {EvidenceCode.E11, EvidenceCode.E12}, claims_costs=False)
    (<EvidenceCode.E11: 'E11'>,)
    """
    return tuple(
        code for code in EvidenceCode if code not in there and needed(code, claims_costs=claims_costs)
    )
