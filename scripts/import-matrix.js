// Writes the table of kinds and sources in docs/import.md, from the homes that the tests import.
import { spawnSync } from 'node:child_process'

const run = spawnSync('npx', ['vitest', 'run', 'packages/external-agents/test/matrix'], {
  stdio: 'inherit',
  env: { ...process.env, GANGWAY_WRITE_MATRIX: '1' },
})
process.exitCode = run.status ?? 1
