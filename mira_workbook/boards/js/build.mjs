// Joins the board's modules and sheets: `npm ci && npm run build [-- --outdir <folder>]`.
// The results are committed, so nobody needs Node to install or to run the product.
import * as esbuild from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const given = process.argv.indexOf("--outdir");
const outdir = given > 0 ? path.resolve(process.argv[given + 1]) : path.join(here, "..");
const sheets = path.join(here, "../../serve/template/voila/templates/mira/static");
const target = ["es2022", "safari15.4"];

await esbuild.build({
  entryPoints: [path.join(here, "board.js")],
  outfile: path.join(outdir, "board.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target,
  legalComments: "none",
  logLevel: "warning",
});

// On pages that are not ours the tokens live on the board, and nothing outside it may change.
const tokens = (await readFile(path.join(sheets, "tokens.css"), "utf8")).replaceAll(":root", ".mira-alone");
const page = (await readFile(path.join(sheets, "mira.css"), "utf8")).replace(/\/\* page only \*\/[\s\S]*?\/\* end of page only \*\//g, "");
const own = await Promise.all(["board.css", "wall.css"].map((name) => readFile(path.join(here, name), "utf8")));
const { code } = await esbuild.transform([tokens, page, ...own].join("\n"), { loader: "css", minify: true, target });
await writeFile(path.join(outdir, "board.css"), code);
