// The service worker of /my/: keeps the page and the files of this build, never an answer of the API.
// Built by itself and served as /my/offline.js: it imports nothing.
const worker = self as unknown as ServiceWorkerGlobalScope;
const SHELF = "portal";
const SHELL = "/my/";
const FILES = /(?:src|href)="(\/static\/[^"]+)"/g;

/** The page as it is now, with every file it names; files of older builds go. */
async function stock(): Promise<void> {
  const page = await fetch(SHELL, { cache: "no-cache" });
  if (!page.ok) return;
  const text = await page.clone().text();
  const files = [...text.matchAll(FILES)].map((match) => new URL(match[1] ?? "", worker.location.origin).href);
  const shelf = await caches.open(SHELF);
  const there = (await shelf.keys()).map((request) => request.url);
  await shelf.addAll(files.filter((file) => !there.includes(file)));
  await shelf.put(SHELL, page);
  const wanted = new Set([...files, new URL(SHELL, worker.location.origin).href]);
  await Promise.all(there.filter((url) => !wanted.has(url)).map((url) => shelf.delete(url)));
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(SHELL);
    if (kept) return kept;
    throw error;
  }
}

worker.addEventListener("install", (event) => {
  event.waitUntil(stock().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith(SHELL)) {
    event.respondWith(page(request));
    event.waitUntil(stock().catch(() => undefined));
  } else if (url.pathname.startsWith("/static/assets/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
