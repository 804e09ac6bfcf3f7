// Asks the browser to keep the portal's own files, so that it opens without a network.
export function workOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  // Some browsers inside apps refuse; the portal then simply needs its network.
  navigator.serviceWorker.register("/my/offline.js").catch(() => undefined);
}
