// The service worker of /walk/: a round that was opened once opens without a network. Never an answer of the API.
// Built by itself and served as /walk/offline.js: it imports nothing.
const walkWorker = self as unknown as ServiceWorkerGlobalScope;
const WALK_PAGES = "walk-pages";
const WALK_FILES = "walk-files";
const WALK_START = "/walk/";

/** The page from the network, kept for later; without a network the one that was kept. */
async function walkPage(request: Request): Promise<Response> {
  const pages = await caches.open(WALK_PAGES);
  const address = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    if (answer.ok) await pages.put(address, answer.clone());
    // Whoever is sent to the log-in leaves no names behind on the phone.
    else if (answer.type === "opaqueredirect") await caches.delete(WALK_PAGES);
    return answer;
  } catch (error) {
    const kept = (await pages.match(address)) ?? (await pages.match(WALK_START));
    if (kept) return kept;
    throw error;
  }
}

async function walkFile(request: Request): Promise<Response> {
  const files = await caches.open(WALK_FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await files.put(request, answer.clone());
  return answer;
}

walkWorker.addEventListener("install", (event) => {
  event.waitUntil(walkWorker.skipWaiting());
});

walkWorker.addEventListener("activate", (event) => {
  event.waitUntil(walkWorker.clients.claim());
});

walkWorker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== walkWorker.location.origin || request.method !== "GET") return;
  // A sheet of paper is not kept: only pages.
  const isPage = request.mode === "navigate" && /^\/walk\/(\d+\/)?$/.test(url.pathname);
  if (isPage) event.respondWith(walkPage(request));
  else if (url.pathname.startsWith("/static/assets/")) event.respondWith(walkFile(request));
});
