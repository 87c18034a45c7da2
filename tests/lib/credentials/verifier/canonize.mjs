// Reads a list of data sets in N-Quads from standard input and prints each as Digital Bazaar's canonicalizer writes it.
import { canonize } from "rdf-canonize";

let text = "";
for await (const part of process.stdin) text += part;

const options = { algorithm: "RDFC-1.0", inputFormat: "application/n-quads", maxWorkFactor: 3 };
const found = [];
for (const quads of JSON.parse(text)) found.push(await canonize(quads, options).catch((error) => `!! ${error.message}`));
console.log(JSON.stringify(found));
