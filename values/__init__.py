"""Pure truths every storey may import: money, periods, masks, windows, reasons."""
