// Bundles the gangway program into packages/cli/dist/gangway.js and packages/cli/dist/chunks, split so that a command
// loads only what it needs. Files whose content has not changed are left alone, so that a program that runs meanwhile
// still finds what it loads later.
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages', 'cli')
const { version } = JSON.parse(await readFile(join(cli, 'package.json'), 'utf8'))

const { outputFiles } = await build({
  absWorkingDir: cli,
  entryPoints: { gangway: 'src/main.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  conditions: ['@gangway/source'],
  // Some libraries ask for their own files in ways that no bundler sees, but not in their ES modules.
  mainFields: ['module', 'main'],
  define: { __GANGWAY_VERSION__: JSON.stringify(version) },
  // Dependencies in CommonJS ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  write: false,
})

const chunks = join(cli, 'dist', 'chunks')
await mkdir(chunks, { recursive: true })
// The entry comes last: until then the old one finds its old chunks.
const isChunk = (path) => dirname(path) === chunks
for (const file of [...outputFiles].sort((a, b) => Number(isChunk(b.path)) - Number(isChunk(a.path)))) {
  const before = await readFile(file.path).catch(() => undefined)
  if (before?.equals(file.contents)) continue
  const staged = `${file.path}.${process.pid}.tmp`
  await writeFile(staged, file.contents)
  await rename(staged, file.path)
}
// The entry's time says how new the whole bundle is.
const now = new Date()
await utimes(join(cli, 'dist', 'gangway.js'), now, now)
const current = new Set(outputFiles.map((file) => basename(file.path)))
for (const name of await readdir(chunks)) {
  if (!current.has(name) && !name.endsWith('.tmp')) await rm(join(chunks, name), { force: true })
}
