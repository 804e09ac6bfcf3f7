// The visitor's page: doors in walking order, saved on the phone first and sent when there is a network.
import "./walk.css";
import { DoorForm } from "./door";
import { forget, keep, kept, send, type Kept } from "./queue";

const AGAIN_EVERY = 20_000;
const body = document.body;
const said = (name: string): string => body.dataset[name] ?? "";
const user = said("user");
const doors = new Map<HTMLFormElement, DoorForm>();
let sending = false;

function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

function tell(name: string, shown: boolean): void {
  const line = document.getElementById(name);
  if (line) line.hidden = !shown;
}

/** A stop shows what the phone knows of it: kept here, or taken by the server. */
function mark(stop: string, text: string, tone: string): void {
  const badge = document.querySelector<HTMLElement>(`[data-badge="${CSS.escape(stop)}"]`);
  if (!badge) return;
  badge.textContent = text;
  badge.className = `badge ${tone}`;
}

function line(entry: Kept): HTMLLIElement {
  const row = document.createElement("li");
  const head = document.createElement("strong");
  head.textContent = entry.title;
  const why = document.createElement("p");
  why.textContent = entry.refused || said("waits");
  why.className = entry.refused ? "refused" : "quiet";
  row.append(head, why);
  if (entry.refused) {
    const door = [...doors.values()].find((one) => one.made(entry.fields));
    if (door) row.append(button(said("correct"), () => correct(entry, door)));
    row.append(button(said("again"), () => void retry(entry)));
    row.append(button(said("discard"), () => void discard(entry)));
  }
  return row;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

async function draw(): Promise<Kept[]> {
  const entries = await kept(user);
  const list = document.getElementById("queue-list");
  list?.replaceChildren(...entries.map(line));
  const refused = entries.filter((entry) => entry.refused).length;
  const count = document.getElementById("queue-count");
  if (count) count.textContent = String(entries.length);
  tell("queue", entries.length > 0);
  document.getElementById("queue")?.classList.toggle("wrong", refused > 0);
  for (const entry of entries) mark(entry.stop, said(entry.refused ? "refusedWord" : "keptWord"), entry.refused ? "late" : "warn");
  return entries;
}

async function retry(entry: Kept): Promise<void> {
  await keep({ ...entry, refused: "" });
  await sync();
}

function correct(entry: Kept, door: DoorForm): void {
  for (let fold = door.form.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  door.refill(entry.key, entry.fields);
  door.form.scrollIntoView();
}

async function discard(entry: Kept): Promise<void> {
  if (!window.confirm(said("discardAsk"))) return;
  await forget(entry.key);
  mark(entry.stop, said("openWord"), "");
  await draw();
}

/** What was recorded and is not enough: it stays in sight until the page is opened again. */
function report(title: string, why: string): void {
  const row = document.createElement("li");
  const head = document.createElement("strong");
  head.textContent = title;
  const text = document.createElement("p");
  text.className = "refused";
  text.textContent = why;
  row.append(head, text);
  document.getElementById("lacking-list")?.append(row);
  tell("lacking", true);
}

/** One after the other, in the order they were made: a skip must not overtake a visit. */
async function sendAll(): Promise<void> {
  for (const entry of await kept(user)) {
    if (entry.refused) continue;
    const address = `/api/v1/walks/${encodeURIComponent(entry.round)}/entries/`;
    const [outcome, why] = await send(entry, address, csrfToken());
    if (outcome === "taken") {
      await forget(entry.key);
      if (why) report(entry.title, why);
      mark(entry.stop, said(why ? "lacksWord" : "sentWord"), why ? "late" : "good");
    } else if (outcome === "refused") await keep({ ...entry, refused: why });
    else {
      tell("please-log-in", outcome === "login");
      return;
    }
  }
  tell("please-log-in", false);
}

/** Whether the server answers: what the browser says of its network is not to be trusted in a stairwell. */
async function reached(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

async function sync(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    const there = await reached();
    tell("offline", !there);
    if (there) await sendAll();
  } finally {
    sending = false;
    await draw();
  }
}

async function save(door: DoorForm): Promise<void> {
  const form = door.form;
  const key = crypto.randomUUID();
  const entry: Kept = {
    key,
    user,
    round: said("round"),
    stop: door.stop,
    title: form.dataset["title"] ?? "",
    savedAt: new Date().toISOString(),
    fields: await door.fields(key),
    refused: "",
  };
  const { replaces } = door;
  await keep(entry);
  if (replaces) await forget(replaces);
  door.reset();
  form.closest("details.door")?.removeAttribute("open");
  mark(entry.stop, said("keptWord"), "warn");
  await sync();
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  const door = form instanceof HTMLFormElement ? doors.get(form) : undefined;
  if (!door) return;
  event.preventDefault();
  void save(door);
}

/** The page and its files, for when there is no network; pages of rounds that are over go. */
async function keepPages(): Promise<void> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register("/walk/offline.js");
  const files = await caches.open("walk-files");
  const names = [...document.querySelectorAll<HTMLElement>("script[src], link[rel=stylesheet], link[rel=modulepreload]")];
  const wanted = names.map((one) => one.getAttribute("src") ?? one.getAttribute("href") ?? "").filter(Boolean);
  const there = new Set((await files.keys()).map((request) => new URL(request.url).pathname));
  await files.addAll(wanted.filter((name) => !there.has(name)));
  const pages = await caches.open("walk-pages");
  if (navigator.onLine) await pages.add(window.location.pathname);
  const listed = document.getElementById("rounds");
  if (!listed) return;
  const mine = new Set([...listed.querySelectorAll("a")].map((link) => link.pathname));
  for (const request of await pages.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== window.location.pathname && !mine.has(pathname)) await pages.delete(request);
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-kind]")) {
  const door = new DoorForm(form);
  doors.set(form, door);
  form.closest("details")?.addEventListener("toggle", (event) => {
    if ((event.target as HTMLDetailsElement).open) door.arrive();
  });
}
document.addEventListener("submit", onSubmit);
document.getElementById("send-now")?.addEventListener("click", () => void sync());
window.addEventListener("online", () => void sync());
window.addEventListener("offline", () => tell("offline", true));
window.setInterval(() => void sync(), AGAIN_EVERY);
// Some browsers inside apps refuse to keep pages; what was entered waits in any case.
keepPages().catch(() => undefined);
void sync();
