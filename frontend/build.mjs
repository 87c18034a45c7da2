// Bundles scripts, styles and fonts into the folder that Saem serves. One run, no network, no plug-ins.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

const out = process.argv[2] ? `${resolve(process.argv[2])}/` : new URL("../src/saem/web/static/dist/", import.meta.url).pathname;
const print = process.argv[3] ? `${resolve(process.argv[3])}/` : new URL("../src/saem/web/fonts/", import.meta.url).pathname;
const modules = new URL("node_modules/", import.meta.url).pathname;

const bundle = await build({
  entryPoints: ["src/app.js", "src/lesson.js", "src/authoring.js", "src/attendance.js", "src/attendance-worker.js", "src/saem.css", "src/fonts.css"],
  absWorkingDir: new URL(".", import.meta.url).pathname,
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome90", "firefox90", "safari15"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]-[hash]",
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
  logLimit: 5,
});

// Name below `out` → what the file holds.
const made = new Map(bundle.outputFiles.map((file) => [file.path.slice(out.length), file.contents]));

// Figures are drawn inside the sandbox, where no web font exists: matplotlib needs a plain font file.
const plain = await readFile(`${modules}pretendard/dist/public/static/alternative/Pretendard-Regular.ttf`);
made.set("fonts-plot/Pretendard-Regular.ttf", plain);

// The Open Font License asks to travel with the fonts. The D2Coding package brings no copy of the same text.
const licence = await readFile(`${modules}pretendard/dist/LICENSE.txt`, "utf8");
const text = licence.slice(licence.indexOf("This Font Software is licensed"));
const d2coding = "Copyright (c) 2015-2016 NHN Corporation. All rights reserved. Font designed by FONTRIX Inc.\n\n";
for (const folder of ["fonts", "fonts-plot"]) {
  made.set(`${folder}/OFL-Pretendard.txt`, licence);
}
made.set("fonts/OFL-D2Coding.txt", d2coding + text);

// So do the licences of the scripts that went into the bundles.
const inputs = Object.keys(bundle.metafile.inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
const notices = [];
for (const name of [...new Set(inputs)].filter(Boolean).sort()) {
  const file = (await readdir(modules + name)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) notices.push(`${name}\n\n${await readFile(`${modules}${name}/${file}`, "utf8")}`);
}
made.set("THIRD-PARTY.txt", notices.join(`\n${"-".repeat(78)}\n\n`));

// A running sandbox has mounted fonts-plot: a folder that is removed and made anew would be empty in there for good.
await lay(out, made);

// Certificates are set on the server, in whole fonts that nobody is sent: beside what is served, not in it.
const letters = new Map();
const pretendard = `${modules}pretendard/dist/public/static/`;
for (const weight of ["Regular", "Medium", "SemiBold", "Bold"]) {
  letters.set(`Pretendard-${weight}.otf`, await readFile(`${pretendard}Pretendard-${weight}.otf`));
}
for (const [name, file, weights] of [
  ["gowun-batang", "GowunBatang", ["400Regular", "700Bold"]],
  ["noto-emoji", "NotoEmoji", ["400Regular"]],
  // Names and quotations in other scripts: Hanja, Arabic, Thai. Pretendard has Hangul, Latin, Cyrillic, Greek and kana.
  ["noto-sans-kr", "NotoSansKR", ["400Regular"]],
  ["noto-sans-arabic", "NotoSansArabic", ["400Regular"]],
  ["noto-sans-thai", "NotoSansThai", ["400Regular"]],
]) {
  const folder = `${modules}@expo-google-fonts/${name}/`;
  for (const weight of weights) {
    letters.set(`${file}-${weight.slice(3)}.ttf`, await readFile(`${folder}${weight}/${file}_${weight}.ttf`));
  }
  letters.set(`OFL-${file}.txt`, await readFile(`${folder}LICENSE_FONT`));
}
letters.set("OFL-Pretendard.txt", licence);
await lay(print, letters);

// Writes what changed, and takes away what is left over from before.
async function lay(folder, files) {
  for (const [name, content] of files) await put(folder + name, Buffer.from(content));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = `${entry.parentPath ?? entry.path}/`.replace(/\/+$/, "/") + entry.name;
    if (entry.isFile() && !files.has(path.slice(folder.length)) && entry.name !== ".stamp") await rm(path);
  }
}

async function put(path, content) {
  const before = await readFile(path).catch(() => null);
  if (before?.equals(content)) return;
  await mkdir(resolve(path, ".."), { recursive: true });
  await writeFile(path, content);
}
