// Charts: each reads the table that stands behind it, so that both always say the same.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendPlainComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LegendPlainComponent, TooltipComponent, SVGRenderer]);

type Shape = "bar" | "past" | "line";
interface Series {
  name: string;
  shape: Shape;
  values: (number | null)[];
}

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const COLOURS: Record<Shape, string> = { bar: "#1f5fae", past: "#b9c6d6", line: "#8a5a00" };
const yuan = new Intl.NumberFormat("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const isChinese = document.documentElement.lang.startsWith("zh");
const short = new Intl.NumberFormat(isChinese ? "zh-CN" : "en", { notation: "compact", maximumFractionDigits: 1 });

function columns(table: HTMLTableElement): Series[] {
  const heads = [...table.querySelectorAll<HTMLElement>("thead th[data-series]")];
  return heads.map((head, at) => ({
    name: head.textContent?.trim() ?? "",
    shape: head.dataset["series"] as Shape,
    values: [...table.tBodies[0]!.rows].map((row) => {
      const fen = row.querySelectorAll("td")[at]?.dataset["fen"];
      return fen === undefined ? null : Number(fen) / 100;
    }),
  }));
}

function drawn({ name, shape, values }: Series): echarts.EChartsCoreOption {
  const common = { name, data: values, itemStyle: { color: COLOURS[shape] } };
  if (shape === "line") {
    return { ...common, type: "line", symbol: "none", lineStyle: { type: "dashed", width: 2 } };
  }
  return { ...common, type: "bar", barGap: "10%", barCategoryGap: "35%" };
}

function draw(figure: HTMLElement, table: HTMLTableElement): void {
  const series = columns(table);
  const months = [...table.querySelectorAll("tbody th")].map((head) => head.textContent?.trim() ?? "");
  figure.hidden = false;
  const style = getComputedStyle(figure);
  const [ink, quiet, line] = ["--ink", "--quiet", "--line"].map((name) => style.getPropertyValue(name).trim());
  const chart = echarts.init(figure, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    textStyle: { fontFamily: FONT },
    grid: { left: 8, right: 8, top: 30, bottom: 4, outerBoundsMode: "same", containLabel: true },
    legend: { top: 0, left: 0, itemHeight: 10, itemGap: 16, textStyle: { color: ink } },
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // an HTML tooltip needs inline styles, which the content policy forbids
      axisPointer: { type: "shadow" },
      valueFormatter: (value: unknown) => (typeof value === "number" ? `¥${yuan.format(value)}` : "—"),
    },
    xAxis: { type: "category", data: months, axisTick: { show: false }, axisLabel: { color: quiet } },
    yAxis: {
      type: "value",
      axisLabel: { color: quiet, formatter: (value: number) => short.format(value) },
      splitLine: { lineStyle: { color: line } },
    },
    series: series.map(drawn),
  });
  new ResizeObserver(() => chart.resize()).observe(figure);
}

/** Draw every chart of the page from the table beside it. */
export function drawCharts(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("[data-chart]")) {
    const table = figure.parentElement?.querySelector<HTMLTableElement>("[data-chart-table]");
    if (table) draw(figure, table);
  }
}
