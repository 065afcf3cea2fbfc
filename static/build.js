// Makes the bundles: `node static/build.js FOLDER` writes them, compressed as well, and manifest.json into a folder.
//
// Every name carries a hash of what the file holds, so that browsers may keep it for good. The manifest says what the
// hashed name of `residents.css` is, and lists all files that browsers may ask for.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";
import { bundle } from "lightningcss";

const SOURCES = import.meta.dirname;
const AREAS = ["residents", "desk"];
const IMAGES = ["mark.svg"];
/** The oldest browsers that know cascade layers, as [major, minor]. */
const BROWSERS = { chrome: [99, 0], firefox: [97, 0], safari: [15, 4] };
const COMPRESSED = new Set([".css", ".js", ".svg"]);
const HASH_LENGTH = 10;

/** A script and what it loads later; the area's own file is called after the area. */
async function scriptsOf(area) {
  const result = await build({
    absWorkingDir: SOURCES,
    entryPoints: [`scripts/${area}.js`],
    outdir: "/",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    sourcemap: true,
    metafile: true,
    write: false,
    target: Object.entries(BROWSERS).map(([name, version]) => name + version.join(".")),
  });
  const entry = Object.entries(result.metafile.outputs).find(
    ([, output]) => output.entryPoint === `scripts/${area}.js`,
  );
  return {
    entry: parse(entry[0]).base,
    files: result.outputFiles.map(({ path, contents }) => [parse(path).base, contents]),
    sources: Object.keys(result.metafile.inputs),
  };
}

/** A style sheet with all that it imports. */
function styleOf(area) {
  const targets = Object.entries(BROWSERS).map(([name, [major, minor]]) => [name, (major << 16) | (minor << 8)]);
  const { code, map, warnings } = bundle({
    filename: join(SOURCES, "styles", `${area}.css`),
    projectRoot: SOURCES,
    minify: true,
    sourceMap: true,
    targets: Object.fromEntries(targets),
    drafts: { customMedia: true },
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ message }) => message).join("\n"));
  const entry = hashed(`${area}.css`, code);
  const sheet = Buffer.concat([code, Buffer.from(`\n/*# sourceMappingURL=${entry}.map */\n`)]);
  return {
    entry,
    files: [
      [entry, sheet],
      [`${entry}.map`, map],
    ],
    sources: JSON.parse(map).sources,
  };
}

function hashed(name, content) {
  const { name: stem, ext } = parse(name);
  return `${stem}-${createHash("sha256").update(content).digest("hex").slice(0, HASH_LENGTH)}${ext}`;
}

/** The file, and its compressed forms where they are smaller. */
async function write(folder, name, content) {
  await writeFile(join(folder, name), content);
  if (!COMPRESSED.has(parse(name).ext)) return;
  const forms = {
    br: await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    gz: await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
  };
  for (const [ending, form] of Object.entries(forms)) {
    if (form.length < content.length) await writeFile(join(folder, `${name}.${ending}`), form);
  }
}

async function make(folder) {
  await mkdir(folder, { recursive: true });
  const manifest = { names: {}, files: [], sources: {} };

  async function add(name, { entry, files, sources }) {
    manifest.names[name] = entry;
    manifest.sources[name] = sources;
    for (const [file, content] of files) {
      manifest.files.push(file);
      await write(folder, file, content);
    }
  }

  for (const area of AREAS) {
    await add(`${area}.js`, await scriptsOf(area));
    await add(`${area}.css`, styleOf(area));
  }
  for (const image of IMAGES) {
    const drawing = await readFile(join(SOURCES, "images", image));
    const entry = hashed(image, drawing);
    await add(image, { entry, files: [[entry, drawing]], sources: [`images/${image}`] });
  }
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest, null, 2));
}

await make(process.argv[2]);
