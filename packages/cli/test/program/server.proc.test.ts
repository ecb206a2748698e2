import { existsSync } from 'node:fs'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { launcher, runProgram } from './run-program.js'
import { temporaryFolder } from './temporary-folder.js'

const initialize = `${JSON.stringify({ id: 1, method: 'initialize', params: { clientInfo: { name: 't', version: '1' } } })}\n`

const dist = resolve(dirname(launcher), '../dist')

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
  const loaded = new Map<string, string>()
  await collect(join(dist, 'server', 'app-server.cjs'), loaded)

  const sources = [...loaded.values()].flatMap((text) => /^\/\/ Made of: (.*)$/m.exec(text)?.[1]?.split(' ') ?? [])

  expect(sources).toContain('../app-server/src/runtime.ts')
  expect(sources.filter((path) => path.includes('node_modules'))).toEqual([])
})

it('keeps compiled code for every file that it starts with', async () => {
  const loaded = new Map<string, string>()
  await collect(join(dist, 'server', 'app-server.cjs'), loaded)

  const missing = [...loaded.keys()].filter((file) => !existsSync(`${file}.cache`))

  expect(missing).toEqual([])
})

it('starts all the same when its compiled code is missing or is something else', async () => {
  await using folder = await temporaryFolder()
  const copy = join(folder.path, 'cli')
  await cp(dirname(launcher), join(copy, 'bin'), { recursive: true })
  await cp(join(dist, 'server'), join(copy, 'dist', 'server'), { recursive: true })
  const names = await readdir(join(copy, 'dist', 'server'), { recursive: true })
  const caches = names.filter((name) => name.endsWith('.cache')).map((name) => join(copy, 'dist', 'server', name))
  for (const [index, path] of caches.entries()) await (index % 2 ? rm(path) : writeFile(path, 'no code of this Node'))

  const options = { env: { HOME: folder.path }, cwd: folder.path, input: initialize }
  const run = await runProgram(['app-server'], options, join(copy, 'bin', 'gangway.js'))

  expect(caches.length).toBeGreaterThan(1)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(run.stdout)).toMatchObject({ id: 1, result: { codexHome: join(folder.path, '.codex') } })
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
  for (const [, target] of text.matchAll(/^(?:var \w+ = )?require\(['"](\.[^'"]+)['"]\);?$/gm)) {
    await collect(resolve(dirname(path), target!), loaded)
  }
}
