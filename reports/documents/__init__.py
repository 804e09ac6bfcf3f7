"""Reports on paper and as workbooks."""

from reports.documents.ageing import SheetRow, ageing_sheet
from reports.documents.funds import FundsData, funds_html, funds_pdf, funds_sheet

__all__ = ["FundsData", "SheetRow", "ageing_sheet", "funds_html", "funds_pdf", "funds_sheet"]
