"""The usual Chinese column titles and where they stand: the header row below the title rows."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from owners.rules.cells import text
from owners.rules.workbook import Cell, Sheet, letter

SEARCH_ROWS: Final = 30
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_MARKS = re.compile(r"[\s*:：。·_]+")
_TAIL_NUMBER = re.compile(r"[0-9一二三四五]+$")


def words(*lines: str) -> tuple[str, ...]:
    """Several words written as one text: it keeps tables of them readable."""
    return tuple(word for line in lines for word in line.split())


_BUILDING = words("楼栋 栋号 楼号 幢 幢号 楼栋号 楼栋编号 栋 楼宇 座 座号 楼幢 楼栋名称")
_ENTRANCE = words("单元 单元号 单元编号 单元名称 门号")
_ROOM = words("房号 室号 房间号 房屋编号 门牌号 房屋号 户号 房间 室 房间编号 单位号 铺号")
_PHONE = words("联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 业主电话 移动电话 固定电话")
_OWNER = words("业主姓名 业主 产权人 户主 业主名称 产权人姓名 房主 户主姓名 客户名称 姓名")
_REMARK = words("备注 说明 情况说明 备注说明 附注")
_NUMBER = words("序号 编号 NO 序列")

UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    "building": _BUILDING,
    "entrance": _ENTRANCE,
    "room": _ROOM,
    "floor": words("楼层 所在楼层 房屋楼层 层"),
    "area": words("建筑面积 产权面积 房屋面积 面积 计费面积 收费面积"),
    "usage": words("房屋性质 用途 类型 房屋类型 房屋用途 物业类型 业态 性质 房产性质"),
    "handover": words("交房日期 交付日期 交房时间 收房日期 交付时间 接房日期 入伙日期 收楼日期"),
    "status": words("入住状态 入住情况 居住状态 房屋状态 使用状态 状态 居住情况"),
    "owner": _OWNER,
    "identity": words("身份证号 证件号码 身份证号码 身份证 证件号 业主身份证号 身份证件号码"),
    "phone": (*_PHONE, *words("备用电话 业主手机 家庭电话")),
    "rate": words("收费标准 单价 物业费单价 物业费标准 物业费收费标准 计费单价 物业服务费标准"),
    "remark": _REMARK,
    "number": _NUMBER,
}
UNITS_REQUIRED: Final = frozenset({"room", "area"})

BAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "bay": words("车位号 车位编号 车位编码 车位 泊位号 车位号码"),
    "location": words("位置 车位位置 区域 所在位置 停车场 停车场编号 车库 楼层"),
    "tenure": words("性质 车位性质 类型 车位类型 产权性质 使用性质"),
    "unit": words("关联房号 房号 对应房号 所属房号 业主房号 关联房屋 房屋 房间号"),
    "user": words("使用人 车主 车主姓名 使用人姓名 业主 业主姓名 姓名 承租人"),
    "phone": _PHONE,
    "plate": words("车牌号 车牌 车牌号码"),
    "fee": words(
        "车位管理费 管理费 月租金 租金 收费标准 车位费 停车费 月费",
        "车位服务费 停车管理费",
    ),
    "remark": _REMARK,
    "number": _NUMBER,
}
BAYS_REQUIRED: Final = frozenset({"bay"})

ARREARS: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": words("房号 房屋编号 房间号 室号 房屋 单元房号 户号 关联房号"),
    "owner": _OWNER,
    "item": words("费用项目 收费项目 费项 费用名称 项目 费用类型 科目"),
    "first": words(
        "欠费起 欠费开始 起始月份 欠费起始 开始月份 欠费开始月份",
        "起始年月 欠费起始月 起月",
    ),
    "last": words(
        "欠费止 欠费结束 截止月份 欠费截止 结束月份 欠费结束月份",
        "截止年月 欠费截止月 止月",
    ),
    "months": words("欠费月数 月数 欠费期数"),
    "amount": words("欠费金额 金额 欠费 应收金额 欠费合计 欠缴金额"),
    "paid": words("最近一次缴费 最后缴费 最近缴费日期 最后缴费日期 上次缴费 最近缴费"),
    "remark": (*_REMARK, "欠费原因"),
    "number": _NUMBER,
}
ARREARS_REQUIRED: Final = frozenset({"unit", "first", "last", "amount"})


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field's column stands. `phones` are all columns of numbers; `titles` the texts by index."""

    row: int
    columns: Mapping[str, int]
    phones: tuple[int, ...]
    titles: Mapping[int, str]
    ignored: tuple[int, ...]

    def at(self, field: str) -> int:
        """The field's index, or -1 for "no such column": readers keep a blank cell at the end of a row."""
        return self.columns.get(field, -1)

    def title(self, field: str) -> str:
        """The column's own title, "" when there is none."""
        return self.titles.get(self.at(field), "")

    def place(self, field: str | int) -> tuple[str, str]:
        """Excel letter and title of a field or of an index, for an issue."""
        index = field if isinstance(field, int) else self.at(field)
        return letter(index), self.titles.get(index, "")

    def missing(self, required: frozenset[str]) -> tuple[str, ...]:
        """Fields without which nothing can be read."""
        return tuple(sorted(required - set(self.columns)))


@lru_cache(maxsize=1024)
def title_key(title: str) -> str:
    """A title without line breaks, marks and units: what the synonyms are compared with.

    >>> title_key("收费标准\\n（元/㎡·月）"), title_key(" *房 号："), title_key("楼栋（必填）")
    ('收费标准', '房号', '楼栋')
    """
    narrow = unicodedata.normalize("NFKC", title).upper()
    return _MARKS.sub("", _BRACKETS.sub("", narrow))


def read_header(row: int, cells: Sequence[Cell], synonyms: Mapping[str, tuple[str, ...]]) -> Header:
    """What a row says when it is taken for a header. Of two columns for one field the commoner title wins."""
    titles = {index: text(cell).replace("\n", "") for index, cell in enumerate(cells) if text(cell)}
    ranks: dict[str, tuple[int, int]] = {}
    phones: list[int] = []
    for index, title in titles.items():
        key = title_key(title)
        if _TAIL_NUMBER.sub("", key) in synonyms.get("phone", ()):
            phones.append(index)
            continue
        field = next((name for name, known in synonyms.items() if key in known), None)
        if field is not None:
            rank = (synonyms[field].index(key), index)
            ranks[field] = min(rank, ranks.get(field, rank))
    columns = {field: index for field, (_, index) in ranks.items()}
    known = {*columns.values(), *phones}
    return Header(row, columns, tuple(phones), titles, tuple(i for i in titles if i not in known))


def find_header(
    sheet: Sheet, synonyms: Mapping[str, tuple[str, ...]], required: frozenset[str]
) -> Header | None:
    """The first row near the top with all required titles, else the best near miss of three or more."""
    best: Header | None = None
    for number, cells in islice(sheet.rows(), SEARCH_ROWS):
        header = read_header(number, cells, synonyms)
        known = len(header.columns) + len(header.phones)
        if known >= 2 and not header.missing(required):
            return header
        if known >= 3 and (best is None or known > len(best.columns) + len(best.phones)):
            best = header
    return best


def is_yearly(title: str) -> bool:
    """Whether a price column says that its prices are not monthly.

    >>> is_yearly("收费标准（元/㎡·月）"), is_yearly("物业费（元/年）")
    (False, True)
    """
    return any(word in title for word in ("/年", "每年", "/季", "每季", "·年", "年费", "/日", "/天"))
