// How amounts, days and periods are written in the owner's language.
import { language, words } from "./words";

/** "2520.24" -> "¥2,520.24". */
export function money(yuan: string): string {
  const [whole = "0", decimals = "00"] = yuan.replace("-", "").split(".");
  const sign = yuan.startsWith("-") ? "-" : "";
  return `${sign}¥${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${decimals}`;
}

/** Whole fen, for sums: amounts are never added as fractions. */
export function fen(yuan: string): number {
  return Math.round(Number(yuan) * 100);
}

export function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

/** "2026-05-08" -> "2026-05-08 周五", never broken in between. */
export function day(iso: string): string {
  const [year = 0, month = 1, date = 1] = iso.split("-").map(Number);
  return `${iso}\u00a0${words.value.weekdays[new Date(year, month - 1, date).getDay()] ?? ""}`;
}

/** Whether a day lies before this phone's today. */
export function isPast(iso: string): boolean {
  return iso < moment(new Date().toISOString()).slice(0, 10);
}

/** A moment of this phone's clock: "2026-05-08 14:30". */
export function moment(iso: string): string {
  const at = new Date(iso);
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

interface Held {
  period?: string;
  from_on?: string | null;
  to_on?: string | null;
}

/** The server's Chinese words for a period, or its months or days in English. */
export function period(held: Held): string {
  if (language.value !== "en" || !held.from_on || !held.to_on) return held.period ?? "";
  const [from, to] = [held.from_on, held.to_on];
  if (!isWholeMonths(from, to)) return from === to ? from : `${from} to ${to}`;
  const [first, last] = [monthName(from), monthName(to)];
  return first === last ? first : `${first} to ${last}`;
}

function isWholeMonths(from: string, to: string): boolean {
  const [year = 0, month = 1, date = 1] = to.split("-").map(Number);
  return from.endsWith("-01") && new Date(year, month, 0).getDate() === date;
}

function monthName(iso: string): string {
  const [year = 0, month = 1] = iso.split("-").map(Number);
  return new Date(year, month - 1, 1).toLocaleDateString("en", { month: "long", year: "numeric" });
}
