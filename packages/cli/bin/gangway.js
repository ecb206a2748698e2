#!/usr/bin/env node
// The launcher. CommonJS (package.json beside it says so): a starting server need not wait for Node's loader of ES modules.
const { readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

const dist = join(__dirname, '..', 'dist')

/** Every file of the server that was run, by path. */
const loaded = new Map()

/** Runs a file of the server once, as `require` would, with the code that an earlier Node compiled where there is some. */
function load(file) {
  const known = loaded.get(file)
  if (known) return known.module.exports
  const text = readFileSync(file, 'utf8')
  const cachedData = readIfThere(`${file}.cache`)
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: file,
    ...(cachedData ? { cachedData } : {}),
  })
  const module = { exports: {} }
  const folder = dirname(file)
  loaded.set(file, { script, module })
  // All that is not Node's own is in the bundle.
  const requireFile = (name) => (name.endsWith('.cjs') ? load(join(folder, name)) : require(name))
  script.runInThisContext().call(module.exports, module.exports, requireFile, module, file, folder)
  return module.exports
}

function readIfThere(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

module.exports = { loaded }

if (process.argv[2] === 'app-server') {
  load(join(dist, 'server', 'app-server.cjs'))
} else {
  // Keeps compiled code between runs, where Node can (22.1 and later).
  require('node:module').enableCompileCache?.()
  void import('../dist/gangway.js')
}
