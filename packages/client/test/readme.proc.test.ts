import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

function run(program: string, home: string) {
  const { code } = transformSync(program, { loader: 'ts', format: 'esm', target: 'node20' })
  const flags = ['--import', 'tsx', '--conditions', '@gangway/source', '--input-type=module', '-e', code]
  const env = { ...process.env, HOME: home, CODEX_HOME: home, CLAUDE_CONFIG_DIR: undefined }
  return spawnSync(process.execPath, flags, { cwd: join(root, 'packages/client'), env, encoding: 'utf8' })
}

it.each([
  ['packages/client/README.md', /^import [0-9a-f-]{36} is complete\n$/],
  ['packages/testkit/README.md', /^ws:\/\/127\.0\.0\.1:PORT\n$/],
  ['docs/delivery.md', /^turn\/completed\n$|^notification\n$/],
])('%s: the example runs and prints what it says', (file, output) => {
  const home = mkdtempSync(join(tmpdir(), 'gangway-readme-'))
  try {
    const program = /```[jt]s\n(.*?)```/s.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? ''

    const { stdout, stderr } = run(program, home)

    expect(stderr).toBe('')
    expect(stdout).toMatch(output)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})
