// What was last seen, kept in this browser with its moment: it is shown when there is no network.
const PREFIX = "portal.seen.";
const WHOSE = "portal.phone";

export interface Seen<T> {
  answer: T;
  at: string;
}

export function remember(name: string, answer: unknown): string {
  const at = new Date().toISOString();
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ answer, at }));
  } catch (error) {
    // A full or closed store: the portal works, it only remembers nothing.
    if (!(error instanceof DOMException)) throw error;
  }
  return at;
}

export function recall<T>(name: string): Seen<T> | null {
  const text = localStorage.getItem(PREFIX + name);
  return text === null ? null : (JSON.parse(text) as Seen<T>);
}

/** Another phone logs in here: what the one before saw is not for it. */
export function belongsTo(phone: string): void {
  if (localStorage.getItem(WHOSE) !== phone) forgetEverything();
  localStorage.setItem(WHOSE, phone);
}

export function forgetEverything(): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) || name === WHOSE) localStorage.removeItem(name);
  }
}
