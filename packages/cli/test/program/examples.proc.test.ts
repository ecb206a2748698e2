import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { assertBundled, launcher } from './run-program.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

async function runExample(name: string, args: readonly string[] = []): Promise<string> {
  const script = `${root}examples/${name}.ts`
  const words = ['--conditions=@gangway/source', '--import', 'tsx', script, ...args]
  return (await promisify(execFile)(process.execPath, words, { cwd: root })).stdout
}

it('runs the example that imports in process', async () => {
  expect(await runExample('import-in-process')).toMatch(/import [0-9a-f-]{36} brought 1 skill/)
})

it('runs the example that talks with a scripted model', async () => {
  const output = await runExample('talk')

  expect(output).toContain('It says harbour.')
  expect(output).toMatch(/thread [0-9a-f-]{36} has 4 items on disk/)
})

it('runs the example that imports through a child process', async () => {
  assertBundled()

  const output = await runExample('spawn-and-import', [process.execPath, launcher, 'app-server'])

  expect(output).toMatch(/import [0-9a-f-]{36} is in the history/)
})
