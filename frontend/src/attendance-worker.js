// The service worker of one attendance list: the list and its look are kept for a room without a network.
// Its scope is the list alone; whatever else the site has is never answered from here.
import { KEPT_AT, KEPT_FOR, cacheName, forgetOld, forgetOthers, forgetVersions, keptNames } from "./behaviours/keeping.js";

// Written before this script by the address it is served from: the bundle's version, and the files a list looks by.
const { version, files } = self.saem;
// A network that is there and does not answer must not hold the teacher up.
const PATIENCE_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("message", (event) => event.data?.keep && event.waitUntil(fetchAndKeep(event.data.keep)));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET") return;
  if (mode === "navigate") {
    if (isList(url)) event.respondWith(openList(event));
  } else if (files.includes(new URL(url).pathname)) {
    event.respondWith(openFile(event.request));
  }
});

async function begin() {
  await forgetVersions(version);
  await forgetOld();
  await self.clients.claim();
}

function isList(address) {
  const url = new URL(address);
  return `${url.origin}${url.pathname}` === self.registration.scope;
}

// The server first, always: what is kept is for when it cannot be reached.
async function openList(event) {
  const { url } = event.request;
  const answer = fetch(event.request);
  // Copied before the page reads it; kept even where it comes too late to be shown.
  event.waitUntil(answer.then((response) => keep(url, response.clone())).catch(() => {}));
  const kept = await find(url);
  if (!kept) return answer;
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  return (await Promise.race([answer.catch(() => null), slow])) ?? shown(kept);
}

async function fetchAndKeep(address) {
  if (!isList(address)) return;
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (answer) await keep(address, answer);
}

// What the server refuses now must not be seen from a copy; a redirect to the sign-in page says nothing about that.
async function keep(address, response) {
  const owner = response.ok && response.headers.get(KEPT_FOR);
  if (owner) {
    const cache = await caches.open(cacheName(version, owner));
    await Promise.all(files.map(async (file) => (await cache.match(file)) || cache.add(file)));
    const headers = new Headers(response.headers);
    headers.set(KEPT_AT, String(Date.now()));
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    await cache.put(address, new Response(await response.text(), { headers }));
    await forgetOthers(owner);
  } else if (response.status === 403 || response.status === 404) {
    for (const name of await keptNames()) await (await caches.open(name)).delete(address, { ignoreVary: true });
  }
  await forgetOld();
}

async function find(address) {
  await forgetOld();
  // The copy belongs to the address; cookies and languages of a later visit change nothing about it.
  return caches.match(address, { ignoreVary: true });
}

// The page says itself that it was kept, and since when.
async function shown(kept) {
  const page = await kept.text();
  return new Response(page.replace('data-kept-at=""', `data-kept-at="${kept.headers.get(KEPT_AT)}"`), {
    headers: kept.headers,
  });
}

async function openFile(request) {
  return (await caches.match(new URL(request.url).pathname, { ignoreVary: true })) ?? fetch(request);
}
