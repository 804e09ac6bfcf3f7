// What is asked for now: what is owed without what is in dispute, deferred, or paid by instalments.
import { api, got, type Answers } from "./api/client";
import { fen } from "./shown";

export type Agreed = Answers["PortalAgreed"];
export type Asked = Answers["PortalAsked"];
type Unit = Answers["PortalUnit"];

export const readAsked = (): Promise<Asked[]> => got(api.GET("/asked/"));

/** The unit with what is asked for in the place of what is owed. */
export function asks<U extends Unit>(unit: U, all: Asked[]): U {
  const found = all.find((one) => one.unit_id === unit.id);
  if (found === undefined) return unit;
  return { ...unit, owed: found.owed, next_due_on: found.next_due_on, next_due: found.next_due };
}

export const agreedOn = (unitId: number, all: Asked[]): Agreed[] =>
  all.filter((one) => one.unit_id === unitId).flatMap((one) => one.agreed);

/** What of a unit is to be paid next, its instalment included. */
export function payableFen(unit: Unit, all: Asked[]): number {
  const instalments = all.filter((one) => one.unit_id === unit.id).map((one) => fen(one.instalment));
  return fen(asks(unit, all).owed.total) + instalments.reduce((so, one) => so + one, 0);
}

/** Why a charge is not asked for as it stands; a promise changes nothing about it. */
export const matterOf = (chargeId: number, agreed: Agreed[]): Agreed | undefined =>
  agreed.find((one) => one.matter !== "PROMISE" && one.charges.some((charge) => charge.id === chargeId));

/** How much of what is owed on some charges is not asked for. */
export function waitingFen(chargeIds: number[], agreed: Agreed[]): number {
  const covered = agreed.filter((one) => one.matter !== "PROMISE").flatMap((one) => one.charges);
  return covered.reduce((so, one) => so + (chargeIds.includes(one.id) ? fen(one.amount) : 0), 0);
}

export function placeOf({ matter, id }: Agreed): string | null {
  if (id === null) return null;
  return matter === "DISPUTE" ? `/objections/${id}` : `/applications/${id}`;
}
