// Attendance lists that this device keeps for a room without a network: few, not for long, and one person's alone.
// They hold names of pupils, and a tablet may be anybody's: each cache says in its name whose it is.
export const MOST_LISTS = 5;
export const KEPT_HOURS = 48;
// The server names in this header whom a page may be kept for; a page without it is kept for nobody.
export const KEPT_FOR = "Saem-Kept-For";
// When a kept page was got, in milliseconds; the worker writes it.
export const KEPT_AT = "Saem-Kept-At";
const PREFIX = "saem-lists:";
const WORKER = "/sessions/worker.js";

export const cacheName = (version, owner) => `${PREFIX}${version}:${owner}`;
const ownerOf = (name) => name.slice(name.lastIndexOf(":") + 1);

// Without HTTPS there are neither caches nor workers.
export async function keptNames() {
  if (!("caches" in globalThis)) return [];
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

export async function forgetOthers(owner) {
  for (const name of await keptNames()) if (ownerOf(name) !== String(owner)) await caches.delete(name);
}

export async function forgetVersions(version) {
  for (const name of await keptNames()) if (!name.startsWith(`${PREFIX}${version}:`)) await caches.delete(name);
}

// Takes away lists that have grown old and those beyond the newest few; what they looked like goes with the last one.
export async function forgetOld() {
  for (const name of await keptNames()) {
    const cache = await caches.open(name);
    const lists = await listsIn(cache);
    const oldest = Date.now() - KEPT_HOURS * 3600_000;
    const over = lists.filter(({ at }, place) => at < oldest || place >= MOST_LISTS);
    for (const { request } of over) await cache.delete(request);
    if (over.length === lists.length) await caches.delete(name);
  }
}

// The newest first.
async function listsIn(cache) {
  const found = [];
  for (const request of await cache.keys()) {
    const at = Number((await cache.match(request, { ignoreVary: true }))?.headers.get(KEPT_AT));
    if (at) found.push({ request, at });
  }
  return found.sort((one, other) => other.at - one.at);
}

export async function forgetAll() {
  for (const name of await keptNames()) await caches.delete(name);
  for (const each of await workers()) await each.unregister();
}

// A worker whose list is not kept any more has nothing to do.
export async function forgetWorkers() {
  const addresses = [];
  for (const name of await keptNames()) addresses.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
  for (const each of await workers()) {
    if (![location.href, ...addresses].some((address) => address.startsWith(each.scope))) await each.unregister();
  }
}

async function workers() {
  const every = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  return every.filter(({ active }) => active && new URL(active.scriptURL).pathname === WORKER);
}
