// Bundles the gangway program into packages/cli/dist, split so that a command loads only what it needs. Files whose
// content has not changed are left alone, so that a program that runs meanwhile still finds what it loads later.
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages', 'cli')
const { version } = JSON.parse(await readFile(join(cli, 'package.json'), 'utf8'))

const shared = {
  absWorkingDir: cli,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['@gangway/source'],
  // Packages that come as UMD too (jsonc-parser) load parts of themselves in a way that cannot be bundled.
  mainFields: ['module', 'main'],
  define: { __GANGWAY_VERSION__: JSON.stringify(version) },
  // Dependencies in CommonJS ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  write: false,
}

// Three bundles, so that a starting server is few files and shares none with the other commands.
const bundles = await Promise.all([
  build({ ...shared, entryPoints: { 'app-server': 'src/commands/app-server.ts' }, outdir: 'dist/server' }),
  build({ ...shared, entryPoints: { 'run-gangway': 'src/run-gangway.ts' }, outdir: 'dist/program' }),
  build({ ...shared, entryPoints: { gangway: 'src/main.ts' }, outdir: 'dist', plugins: [otherBundles()] }),
])
const outputFiles = bundles.flatMap((bundle) => bundle.outputFiles)

/** What main.ts loads from the other two bundles. */
function otherBundles() {
  const places = {
    './commands/app-server.js': './server/app-server.js',
    './run-gangway.js': './program/run-gangway.js',
  }
  const setup = ({ onResolve }) =>
    onResolve({ filter: /\/(app-server|run-gangway)\.js$/ }, ({ path }) => ({ path: places[path], external: true }))
  return { name: 'other-bundles', setup }
}

// Entries come last: until then the old ones find their old chunks.
const isChunk = (path) => basename(dirname(path)) === 'chunks'
for (const file of [...outputFiles].sort((a, b) => Number(isChunk(b.path)) - Number(isChunk(a.path)))) {
  const before = await readFile(file.path).catch(() => undefined)
  if (before?.equals(file.contents)) continue
  const staged = `${file.path}.${process.pid}.tmp`
  await mkdir(dirname(file.path), { recursive: true })
  await writeFile(staged, file.contents)
  await rename(staged, file.path)
}
// The entry's time says how new the whole bundle is.
const now = new Date()
await utimes(join(cli, 'dist', 'gangway.js'), now, now)
const current = new Set(outputFiles.map((file) => file.path))
for (const folder of new Set(
  outputFiles.map((file) => dirname(file.path)).filter((path) => basename(path) === 'chunks'),
)) {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (!current.has(path) && !name.endsWith('.tmp')) await rm(path, { force: true })
  }
}
