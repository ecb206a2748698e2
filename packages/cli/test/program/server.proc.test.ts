import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { launcher, runProgram } from './run-program.js'
import { temporaryFolder } from './temporary-folder.js'

const initialize = `${JSON.stringify({ id: 1, method: 'initialize', params: { clientInfo: { name: 't', version: '1' } } })}\n`

it('answers initialize on standard output, nothing else, and ends with its input', async () => {
  await using folder = await temporaryFolder()

  const run = await runProgram(['app-server'], { env: { HOME: folder.path }, cwd: folder.path, input: initialize })

  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(
    run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([{ id: 1, result: { codexHome: join(folder.path, '.codex') } }])
})

it('takes configuration from -c', async () => {
  await using folder = await temporaryFolder()
  const input = `${initialize}${JSON.stringify({ method: 'initialized' })}\n${JSON.stringify({ id: 2, method: 'config/read', params: {} })}\n`

  const run = await runProgram(['app-server', '-c', 'model=harbour-1', '--listen', 'stdio://'], {
    env: { HOME: folder.path },
    cwd: folder.path,
    input,
  })
  const answers = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

  expect(answers.find((answer) => answer.id === 2)).toMatchObject({ result: { config: { model: 'harbour-1' } } })
})

it('loads no library, and neither parser nor prompts, before it has answered', async () => {
  const dist = resolve(dirname(launcher), '../dist')
  const loaded = new Map<string, string>()
  await collect(join(dist, 'gangway.js'), loaded)
  await collect(join(dist, 'server', 'app-server.js'), loaded)

  const text = [...loaded.values()].join('\n')

  expect(text).toContain('// ../app-server/src/runtime.ts')
  expect(text.match(/^\/\/ .*node_modules\/.*$/gm)).toBeNull()
})

it('writes the protocol as JSON Schema and as TypeScript, experimental parts on request', async () => {
  await using folder = await temporaryFolder()
  const generate = (...words: readonly string[]) => runProgram(['app-server', ...words], { cwd: folder.path })

  const json = await generate('generate-json-schema', '--out', 'json')
  const plain = await generate('generate-ts', '--out', 'plain')
  const experimental = await generate('generate-ts', '--out', 'all', '--experimental')
  const files = await folder.read()

  expect([json.code, plain.code, experimental.code]).toEqual([0, 0, 0])
  expect(json.stdout).toBe('')
  for (const [path, text] of Object.entries(files)) if (path.endsWith('.json')) JSON.parse(text)
  const preview = (root: string) =>
    Object.keys(files).filter((path) => path.startsWith(root) && path.includes('Preview'))
  expect(preview('plain')).toEqual([])
  expect(preview('all')).not.toEqual([])
  expect(Object.keys(files).some((path) => path.startsWith('json/'))).toBe(true)
})

/** A file of the bundle and everything that it imports at once. */
async function collect(path: string, loaded: Map<string, string>): Promise<void> {
  if (loaded.has(path)) return
  const text = await readFile(path, 'utf8')
  loaded.set(path, text)
  for (const [, target] of text.matchAll(/^(?:import |\} from )"(\.[^"]+)";$/gm)) {
    await collect(resolve(dirname(path), target!), loaded)
  }
}
