// Runs every bench, one after the other, each in a process of its own.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

for (const name of [
  'start.js',
  'import-artifacts.js',
  'validate.js',
  'channel.mjs',
  'in-process.js',
  'rpc.js',
  'connections.js',
  'deltas.js',
  'turn.js',
]) {
  const file = new URL(name, import.meta.url)
  if (!existsSync(file)) continue
  const { status } = spawnSync(process.execPath, [file.pathname], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
