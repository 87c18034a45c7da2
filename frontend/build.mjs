// Bundles scripts, styles and fonts into the folder that Saem serves. One run, no network, no plug-ins.
import { build } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const out = new URL("../src/saem/web/static/dist/", import.meta.url).pathname;
const modules = new URL("node_modules/", import.meta.url).pathname;

await rm(out, { recursive: true, force: true });
const bundle = await build({
  entryPoints: ["src/app.js", "src/lesson.js", "src/saem.css", "src/fonts.css"],
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
  logLevel: "warning",
  logLimit: 5,
});

// Figures are drawn inside the sandbox, where no web font exists: matplotlib needs a plain font file.
await mkdir(`${out}fonts-plot`, { recursive: true });
await cp(
  `${modules}pretendard/dist/public/static/alternative/Pretendard-Regular.ttf`,
  `${out}fonts-plot/Pretendard-Regular.ttf`,
);

// The Open Font License asks to travel with the fonts. The D2Coding package brings no copy of the same text.
const licence = await readFile(`${modules}pretendard/dist/LICENSE.txt`, "utf8");
const text = licence.slice(licence.indexOf("This Font Software is licensed"));
const d2coding = "Copyright (c) 2015-2016 NHN Corporation. All rights reserved. Font designed by FONTRIX Inc.\n\n";
for (const folder of ["fonts", "fonts-plot"]) {
  await writeFile(`${out}${folder}/OFL-Pretendard.txt`, licence);
}
await writeFile(`${out}fonts/OFL-D2Coding.txt`, d2coding + text);

// So do the licences of the scripts that went into the bundles.
const inputs = Object.keys(bundle.metafile.inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
const notices = [];
for (const name of [...new Set(inputs)].filter(Boolean).sort()) {
  const file = (await readdir(modules + name)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) notices.push(`${name}\n\n${await readFile(`${modules}${name}/${file}`, "utf8")}`);
}
await writeFile(`${out}THIRD-PARTY.txt`, notices.join(`\n${"-".repeat(78)}\n\n`));
