// What is owed, put together by whom it is paid to: one community, one account for payments, one button.
import type { Answers } from "./api/client";
import { day, fen, money, yuan } from "./shown";
import type { Words } from "./words";

type Unit = Answers["PortalUnit"];

export interface Debt {
  company: string;
  community: string;
  units: Unit[];
  totalFen: number;
  lateFeeFen: number;
  overdueFen: number;
  overdueSince: string | null;
  overdueMonths: number;
  nextFen: number;
  nextOn: string | null;
  payAt: number;
}

/** The communities in which something is owed, the largest debt first. */
export function debts(units: Unit[]): Debt[] {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    if (fen(unit.owed.total) <= 0) continue;
    const name = `${unit.company}\n${unit.community}`;
    groups.set(name, [...(groups.get(name) ?? []), unit]);
  }
  return [...groups.values()].map(debtOf).sort((a, b) => b.totalFen - a.totalFen);
}

/** What all these units owe together; at least one unit. */
export function debtOf(units: Unit[]): Debt {
  const [first] = units;
  if (first === undefined) throw new Error("a debt is of a unit");
  const sum = (amount: (unit: Unit) => string): number => units.reduce((so, unit) => so + fen(amount(unit)), 0);
  const nextOn = earliest(units.map((unit) => unit.next_due_on));
  return {
    company: first.company,
    community: first.community,
    units,
    totalFen: sum((unit) => unit.owed.total),
    lateFeeFen: sum((unit) => unit.owed.late_fee),
    overdueFen: sum((unit) => unit.owed.overdue),
    overdueSince: earliest(units.map((unit) => unit.owed.overdue_since)),
    overdueMonths: units.reduce((so, unit) => so + unit.owed.months, 0),
    nextFen: sum((unit) => (unit.next_due_on === nextOn ? unit.next_due : "0.00")),
    nextOn,
    payAt: first.id,
  };
}

/** By when, and whether a late fee is in the sum, in a few plain sentences. */
export function dueWords(debt: Debt, words: Words): string[] {
  const lateFee = debt.lateFeeFen > 0 ? [words.home.lateFee(money(yuan(debt.lateFeeFen)))] : [];
  const [first, ...rest] = byWhen(debt, words);
  return first === undefined ? lateFee : [first, ...lateFee, ...rest];
}

function byWhen(debt: Debt, { home }: Words): string[] {
  if (debt.overdueSince === null) {
    if (debt.nextOn === null) return [];
    if (debt.nextFen === debt.totalFen) return [home.payBy(day(debt.nextOn))];
    return [home.payPartBy(money(yuan(debt.nextFen)), day(debt.nextOn))];
  }
  if (debt.nextOn === null) return [home.past(day(debt.overdueSince), debt.overdueMonths > 1), home.justPaid];
  return [
    home.pastPart(money(yuan(debt.overdueFen)), day(debt.overdueSince)),
    home.payPartBy(money(yuan(debt.nextFen)), day(debt.nextOn)),
    home.justPaid,
  ];
}

function earliest(days: (string | null)[]): string | null {
  return days.filter((one) => one !== null).sort()[0] ?? null;
}
