// The one way to the server: typed by its own schema, with the owner's key, and three ways to say no.
import createClient from "openapi-fetch";
import type { components, paths } from "../../generated/portal";
import { expire, key } from "./session";

export const ROOT = "/api/portal/v1";
export type Answers = components["schemas"];

/** A refusal of the server (problem+json) with its stable code. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly waitSeconds: number | null,
  ) {
    super(detail);
  }
}

/** The server was not reached. */
export class NoNetwork extends Error {}

interface Problem {
  code?: string;
  detail?: string;
  params?: { retry_after?: number };
}

let expired = (): void => undefined;

/** What to do when a key is no good any more. */
export function whenExpired(act: () => void): void {
  expired = act;
}

export const api = createClient<paths>({ baseUrl: ROOT });
api.use({
  onRequest({ request }) {
    const mine = key();
    if (mine !== null) request.headers.set("Authorization", `Bearer ${mine}`);
    return request;
  },
});

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer of a call; Refusal or NoNetwork otherwise. A 401 also ends the session. */
export async function got<T>(call: Promise<Answered<T>>): Promise<T> {
  const answered = await call.catch((error: unknown) => {
    if (error instanceof TypeError) throw new NoNetwork();
    throw error;
  });
  const { data, error, response } = answered;
  if (response.ok) return data as T;
  if (response.status === 401) {
    expire();
    expired();
  }
  const problem = (typeof error === "object" && error !== null ? error : {}) as Problem;
  throw new Refusal(
    response.status,
    problem.code ?? "",
    problem.detail ?? "",
    problem.params?.retry_after ?? null,
  );
}

/** Open one of the portal's papers: a phone's viewer fetches it by address, for which there is a ticket. */
export async function openPaper(path: string): Promise<void> {
  const ticket = await got(api.POST("/tickets/", { body: { path: ROOT + path } }));
  window.location.assign(ticket.url);
}
