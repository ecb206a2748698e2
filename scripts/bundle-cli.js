// Bundles the gangway program into packages/cli/dist, split so that a command loads only what it needs. Files whose
// content has not changed are left alone, so that a program that runs meanwhile still finds what it loads later.
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

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
  logLevel: 'warning',
  write: false,
}

// Dependencies in CommonJS ask for Node's own modules with `require`.
const requireInModules =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

// What writes large conversations in threads of its own: one file, named for its content like all but the entries.
const writer = await build({
  ...shared,
  splitting: false,
  entryPoints: { 'writer-thread': '../external-agents/src/kinds/sessions/writing/writer-thread.ts' },
  entryNames: '[name]-[hash]',
  outdir: 'dist/server',
  outExtension: { '.js': '.cjs' },
  metafile: true,
})
const writerName = basename(writer.outputFiles[0].path)

// Two bundles, so that a starting server is few files and shares none with the other commands.
const [server, program] = await Promise.all([
  build({
    ...shared,
    define: { ...shared.define, __GANGWAY_WRITER_THREAD__: JSON.stringify(`../${writerName}`) },
    entryPoints: { 'app-server': 'src/server-main.ts' },
    entryNames: '[name]-[hash]',
    outdir: 'dist/server',
    outExtension: { '.js': '.cjs' },
    metafile: true,
  }),
  build({
    ...shared,
    define: { ...shared.define, __GANGWAY_WRITER_THREAD__: JSON.stringify(`../server/${writerName}`) },
    entryPoints: { gangway: 'src/main.ts' },
    outdir: 'dist',
    banner: { js: requireInModules },
  }),
])
const serverFiles = await Promise.all(server.outputFiles.map(asCommonJs))
const outputFiles = [
  await asCommonJs(writer.outputFiles[0]),
  ...serverFiles,
  entryOf(serverFiles),
  ...program.outputFiles,
]

/** As the launcher loads it: `require` for `import`, so that its compiled code can be kept (docs/decisions/0007-start-up.md). */
async function asCommonJs({ path, text }) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: `// Made of: ${madeOf(path)}\nconst __importMetaUrl = require('node:url').pathToFileURL(__filename).href;`,
  })
  return { path, contents: Buffer.from(code) }
}

/** The sources in a file of the server. */
function madeOf(path) {
  const name = relative(cli, path).replaceAll('\\', '/')
  const { inputs } = server.metafile.outputs[name] ?? writer.metafile.outputs[name]
  return Object.keys(inputs).join(' ')
}

/** Compiled code is found by the name of its file, so every name but this one says what is in the file. */
function entryOf(files) {
  const { path } = files.find(({ path }) => basename(dirname(path)) === 'server')
  return { path: join(dirname(path), 'app-server.cjs'), contents: Buffer.from(`require('./${basename(path)}')\n`) }
}

// Entries come last: until then the old ones find their old chunks.
const rankOf = ({ path }) => (basename(dirname(path)) === 'chunks' ? 0 : /-\w+\.cjs$/.test(path) ? 1 : 2)
for (const file of [...outputFiles].sort((a, b) => rankOf(a) - rankOf(b))) {
  const before = await readFile(file.path).catch(() => undefined)
  if (before?.equals(file.contents)) continue
  const staged = `${file.path}.${process.pid}.tmp`
  await mkdir(dirname(file.path), { recursive: true })
  await writeFile(staged, file.contents)
  // Node takes compiled code back for any text of the same length: that of another entry is one.
  await rm(`${file.path}.cache`, { force: true })
  await rename(staged, file.path)
}
// The entry's time says how new the whole bundle is.
const now = new Date()
await utimes(join(cli, 'dist', 'gangway.js'), now, now)
const current = new Set(outputFiles.map((file) => file.path))
for (const folder of new Set(
  outputFiles.map(({ path }) => dirname(path)).filter((path) => path !== join(cli, 'dist')),
)) {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const isCurrent = current.has(path.replace(/\.cache$/, ''))
    if (!isCurrent && !name.endsWith('.tmp') && /\.(cjs|js|cache)$/.test(name)) await rm(path, { force: true })
  }
}

// Without compiled code the server starts all the same, only later.
const codeCache = join(dirname(fileURLToPath(import.meta.url)), 'code-cache.js')
const { status } = spawnSync(process.execPath, [codeCache], { stdio: 'inherit', timeout: 60_000 })
if (status !== 0) console.warn(`bundle: the compiled code of the server was not kept (${status})`)
