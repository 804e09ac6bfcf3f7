// The owner's key in this browser, until he logs out or it grows old.
import { forgetEverything } from "./remembered";

const KEY = "portal.key";

interface Kept {
  token: string;
  expires_at: string;
}

export function isLoggedIn(): boolean {
  return key() !== null;
}

/** The key, or null where there is none that is still good. */
export function key(): string | null {
  const text = localStorage.getItem(KEY);
  if (text === null) return null;
  const kept = JSON.parse(text) as Kept;
  return new Date(kept.expires_at) > new Date() ? kept.token : null;
}

export function begin(kept: Kept): void {
  localStorage.setItem(KEY, JSON.stringify(kept));
}

/** The key is no good any more; what was last seen stays for the same person's next log-in. */
export function expire(): void {
  localStorage.removeItem(KEY);
}

/** Log out: on a borrowed phone nothing stays behind. */
export function end(): void {
  expire();
  forgetEverything();
}
