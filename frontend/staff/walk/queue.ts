// What was entered at the doors and has not reached the server yet: kept in the browser until it has.
export interface Kept {
  key: string;
  user: string;
  round: string;
  stop: string;
  /** What a person calls it: room and kind. */
  title: string;
  savedAt: string;
  fields: [string, string | Blob][];
  /** The server's answer when it refused; empty while it waits. */
  refused: string;
}

const DATABASE = "walk";
const STORE = "entries";

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("indexedDB"));
  });
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opened = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = opened.transaction(STORE, mode);
      const asked = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("indexedDB"));
      transaction.onerror = () => reject(transaction.error ?? new Error("indexedDB"));
    });
  } finally {
    opened.close();
  }
}

/** Keep an entry, or what became of it. */
export async function keep(entry: Kept): Promise<void> {
  await run("readwrite", (store) => store.put(entry));
}

/** It arrived, or a person threw it away. */
export async function forget(key: string): Promise<void> {
  await run("readwrite", (store) => store.delete(key));
}

/** The entries of one person, the oldest first. */
export async function kept(user: string): Promise<Kept[]> {
  const all = (await run("readonly", (store) => store.getAll())) as Kept[];
  return all.filter((entry) => entry.user === user).sort((a, b) => a.savedAt.localeCompare(b.savedAt));
}

/** How one attempt to send went. */
export type Outcome = "taken" | "refused" | "offline" | "login";

/** Send one entry, and what the server says of it: why it was refused, or what it lacks to count. Its key makes sure that it is done once, however often it is sent. */
export async function send(entry: Kept, address: string, token: string): Promise<[Outcome, string]> {
  const body = new FormData();
  for (const [name, value] of entry.fields) {
    if (typeof value === "string") body.append(name, value);
    else body.append(name, value, `${name}.${value.type === "image/png" ? "png" : "jpg"}`);
  }
  let answer: Response;
  try {
    answer = await fetch(address, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token, Accept: "application/json" },
    });
  } catch {
    return ["offline", ""];
  }
  const told = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string; missing?: string };
  if (answer.ok) return ["taken", told.missing ?? ""];
  if (answer.status === 401 || (answer.status === 403 && told.code !== "team.not_your_round")) return ["login", ""];
  // A server that is down or busy has not refused anything.
  if (answer.status >= 500 || answer.status === 429) return ["offline", ""];
  return ["refused", told.detail ?? String(answer.status)];
}
