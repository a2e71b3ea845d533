// Builds the page client: `npm ci && npm run build [-- --outdir <folder>]`.
// The result is committed, so nobody needs Node to install or to run the product.
import * as esbuild from "esbuild";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const given = process.argv.indexOf("--outdir");
const outdir =
  given > 0
    ? path.resolve(process.argv[given + 1])
    : path.join(here, "../template/voila/templates/mira/static");
const local = (name) => path.join(here, "src/shims", name);

/** Heavy packages of which the widgets use a few lines. */
const replaced = new Map([
  ["sanitize-html", local("sanitize.js")],
  ["jquery", local("jquery.js")],
  ["lodash/isEqual", local("equal.js")],
  ["@jupyterlab/coreutils", local("coreutils.js")],
  ["@lumino/widgets", local("lumino.js")],
]);

const lean = {
  name: "lean",
  setup(build) {
    build.onResolve({ filter: /^[@a-z]/ }, ({ path: name }) =>
      replaced.has(name) ? { path: replaced.get(name) } : undefined,
    );
    // The kernel connection asks its package's index for two names; the index brings every other service along.
    build.onResolve({ filter: /^\.\.$/ }, ({ importer }) =>
      /@jupyterlab\/services\/lib\/kernel\//.test(importer) ? { path: local("services.js") } : undefined,
    );
    // A widget that cannot be drawn says so in plain words, without a stack trace.
    build.onResolve({ filter: /^\.\/errorwidget$/ }, () => ({ path: local("errorwidget.js") }));
  },
};

const result = await esbuild.build({
  entryPoints: { client: path.join(here, "src/client.js"), simple: path.join(here, "src/simple.js") },
  outdir,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "safari15.4"],
  // Lumino's sources declare fields that a constructor above has already set.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  legalComments: "none",
  metafile: true,
  plugins: [lean],
  logLevel: "warning",
});

if (process.argv.includes("--analyze")) {
  console.log(await esbuild.analyzeMetafile(result.metafile));
}
