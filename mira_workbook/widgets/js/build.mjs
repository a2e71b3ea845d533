// Joins the modules and sheets of the form and of the board: `npm ci && npm run build [-- --outdir <folder>]`.
// The results are committed, so nobody needs Node to install or to run the product.
import * as esbuild from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const given = process.argv.indexOf("--outdir");
const outdir = given > 0 ? path.resolve(process.argv[given + 1]) : "";
const sheets = path.join(here, "../../serve/template/voila/templates/mira/static");
const target = ["es2022", "safari15.4"];
const WIDGETS = [
  { name: "form", from: here, own: [] },
  { name: "board", from: path.join(here, "../../boards/js"), own: ["board.css", "wall.css"] },
];

// On pages that are not ours the tokens live on the widget, and nothing outside it may change.
const tokens = (await readFile(path.join(sheets, "tokens.css"), "utf8")).replaceAll(":root", ".mira-alone");
const page = (await readFile(path.join(sheets, "mira.css"), "utf8")).replace(/\/\* page only \*\/[\s\S]*?\/\* end of page only \*\//g, "");

for (const { name, from, own } of WIDGETS) {
  const to = outdir || path.join(from, "..");
  await esbuild.build({
    entryPoints: [path.join(from, `${name}.js`)],
    outfile: path.join(to, `${name}.js`),
    bundle: true,
    minify: true,
    format: "esm",
    target,
    legalComments: "none",
    logLevel: "warning",
  });
  const parts = [tokens + page, ...(await Promise.all(own.map((sheet) => readFile(path.join(from, sheet), "utf8"))))];
  const { code } = await esbuild.transform(parts.join("\n"), { loader: "css", minify: true, target });
  await writeFile(path.join(to, `${name}.css`), code);
}
