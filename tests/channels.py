"""Files of WeChat Pay and Alipay as they come over the wire, with whatever rows a test wants."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from values.fen import yuan

DAY = date(2026, 5, 20)
_WECHAT = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)
_WECHAT_SUM = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
_ALIPAY = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
    "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)


def wechat_row(
    order: str,
    fen: int,
    *,
    status: str = "SUCCESS",
    refund: str = "0",
    fee: int = 0,
    on: date = DAY,
    currency: str = "CNY",
    goods: str = "物业费,2026年5月",
) -> dict[str, str]:
    """A row of a 交易账单 by header; a refund gives back `fen`."""
    came, back = (0, fen) if status == "REFUND" else (fen, 0)
    return {
        "交易时间": f"{on} 10:11:12", "公众账号ID": "wx1", "商户号": "1900000109", "特约商户号": "0", "设备号": "",
        "微信订单号": f"42000{order}", "商户订单号": order, "用户标识": "oUpF8", "交易类型": "JSAPI",
        "交易状态": status, "付款银行": "OTHERS", "货币种类": currency, "应结订单金额": yuan(came),
        "代金券金额": "0.00", "微信退款单号": "0", "商户退款单号": refund, "退款金额": yuan(back),
        "充值券退款金额": "0.00", "退款类型": "", "退款状态": "", "商品名称": goods, "商户数据包": "",
        "手续费": f"{yuan(fee)}000", "费率": "0.60%", "订单金额": yuan(came), "申请退款金额": yuan(back), "费率备注": "",
    }  # fmt: skip


def wechat(*rows: dict[str, str], header: str = _WECHAT, **said: str) -> bytes:
    """A whole 交易账单; `said` overrides cells of the summary."""
    names = header.split(",")

    def total(column: str) -> str:
        return yuan(sum(round(float(row[column]) * 100) for row in rows))

    summary = {
        "总交易单数": str(len(rows)), "应结订单总金额": total("应结订单金额"), "退款总金额": total("退款金额"),
        "充值券退款总金额": "0.00", "手续费总金额": total("手续费"), "订单总金额": total("订单金额"),
        "申请退款总金额": total("申请退款金额"),
    } | said  # fmt: skip
    lines = [header, *(",".join(f"`{row[name]}" for name in names) for row in rows)]
    lines += [_WECHAT_SUM, ",".join(f"`{summary[name]}" for name in _WECHAT_SUM.split(","))]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def alipay_row(
    order: str, fen: int, *, kind: str = "交易", refund: str = "", fee: int = 0, on: date = DAY
) -> dict[str, str]:
    """A row of a 业务明细 by header; a refund is written with a minus."""
    signed = -fen if kind == "退款" else fen
    return dict.fromkeys(_ALIPAY.split(","), "") | {
        "支付宝交易号": f"2026052022001{order}", "商户订单号": order, "业务类型": kind, "商品名称": "物业费",
        "创建时间": f"{on} 10:00:00", "完成时间": f"{on} 10:00:05", "对方账户": "*三(138****1234)",
        "订单金额（元）": yuan(signed), "商家实收（元）": yuan(signed), "退款批次号/请求号": refund,
        "服务费（元）": yuan(-fee), "分润（元）": "0.00",
    }  # fmt: skip


def alipay_csv(
    *rows: dict[str, str], header: str = _ALIPAY, foot: bool = True, count: int | None = None
) -> bytes:
    """The file of details inside the ZIP."""
    paid = [row for row in rows if row["业务类型"] == "交易"]
    back = [row for row in rows if row["业务类型"] == "退款"]

    def got(of: list[dict[str, str]]) -> str:
        return yuan(sum(round(float(row["商家实收（元）"]) * 100) for row in of))

    lines = [
        "#支付宝业务明细查询", "#账号：[20880000000000000156]",
        "#起始日期：[2026年05月20日 00:00:00]   终止日期：[2026年05月21日 00:00:00]",
        "#-----------------------------------------业务明细列表----------------------------------------", header,
        *(",".join(f"{row[name]}\t" for name in header.split(",")) for row in rows),
    ]  # fmt: skip
    if foot:
        n = len(paid) if count is None else count
        lines += [
            "#-----------------------------------------业务明细列表结束------------------------------------",
            f"#交易合计：{n}笔，商家实收共{got(paid)}元，商家优惠共0.00元",
            f"#退款合计：{len(back)}笔，商家实收退款共{got(back)}元，商家优惠退款共0.00元",
            "#导出时间：[2026年05月21日 09:00:00]",
        ]
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


class _NamedInGbk(zipfile.ZipInfo):
    """A part of a ZIP whose name is GBK, as Alipay's are: Python alone would write UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own name
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def alipay(*rows: dict[str, str], **given: object) -> bytes:
    """The ZIP as it is downloaded: details and summary, names in GBK."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in (
            ("20880000000000000156_20260520_业务明细.csv", alipay_csv(*rows, **given)),
            ("20880000000000000156_20260520_业务明细(汇总).csv", "#汇总\r\n".encode("gb18030")),
        ):
            book.writestr(_NamedInGbk(name), content)
    return packed.getvalue()
