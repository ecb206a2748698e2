// Writes everything that is made from the protocol's schemas and method tables; with --check it writes nothing and
// exits 1, naming the files that differ.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tsImport } from 'tsx/esm/api'

const root = fileURLToPath(new URL('..', import.meta.url))
const { generate } = await tsImport('../packages/protocol/scripts/generate.ts', import.meta.url)
const files = Object.entries(generate())
const stale = files.filter(([path, text]) => read(path) !== text)

if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`generate: ${path} is not what its sources say; run npm run generate`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  console.log(`generate: ${stale.length} of ${files.length} files written`)
}

function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
