import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AppServer, createAppServer, type ListenOptions } from '@gangway/app-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startInProcess } from '../src/in-process.js'
import { AppServerClient, NotInitializedError, type QueueOptions, ServerError } from '../src/index.js'

const program = fileURLToPath(new URL('../../cli/bin/gangway.js', import.meta.url))
const bundle = fileURLToPath(new URL('../../cli/dist/gangway.js', import.meta.url))
const clientInfo = { name: 'scenario', version: '1' }

let server: AppServer | undefined
let folder: string
let codexHome: string
let env: Record<string, string | undefined>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-client-'))
  codexHome = join(folder, '.codex')
  env = { ...process.env, HOME: folder, CODEX_HOME: codexHome, CLAUDE_CONFIG_DIR: undefined }
  await mkdir(codexHome)
  await mkdir(join(folder, '.claude', 'skills', 'pdf'), { recursive: true })
  await writeFile(join(folder, '.claude', 'CLAUDE.md'), 'Write plainly.\n')
  await writeFile(
    join(folder, '.claude', 'skills', 'pdf', 'SKILL.md'),
    '---\nname: pdf\ndescription: Reads PDF files.\n---\nUse pdftotext.\n',
  )
})

afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(folder, { recursive: true, force: true })
})

const starts: readonly [string, boolean, (options?: QueueOptions) => Promise<AppServerClient>][] = [
  [
    'in process',
    true,
    (options) =>
      startInProcess({
        ...options,
        clientInfo,
        sessionSource: 'exec',
        codexHome,
        env,
        cwd: folder,
        experimentalApi: true,
      }),
  ],
  [
    'in a child process',
    existsSync(bundle),
    (options) =>
      AppServerClient.spawn({
        ...options,
        command: [process.execPath, program, 'app-server'],
        clientInfo,
        env,
        cwd: folder,
        experimentalApi: true,
      }),
  ],
  [
    'behind a websocket',
    true,
    async (options) =>
      AppServerClient.connect({
        ...options,
        url: await listen({ url: 'ws://127.0.0.1:0' }),
        clientInfo,
        experimentalApi: true,
      }),
  ],
  [
    'behind a Unix socket',
    process.platform !== 'win32',
    async (options) => {
      const socketPath = join(folder, 'control.sock')
      await listen({ socketPath })
      return AppServerClient.connect({ ...options, socketPath, clientInfo, experimentalApi: true })
    },
  ],
]

/** Lets one server of the test be reached from outside. */
async function listen(where: ListenOptions): Promise<string> {
  if (server === undefined) server = await createAppServer({ codexHome, env, cwd: folder })
  else if ('socketPath' in where) return where.socketPath
  return (await server.listen(where)).address
}

for (const [where, isThere, start] of starts) {
  describe.skipIf(!isThere)(`a server ${where}`, () => {
    it('says who it is and where it keeps things', async () => {
      await using client = await start()

      expect(client.server.codexHome).toBe(codexHome)
      expect(client.server.userAgent).toMatch(/^scenario\/\S+ \(.*\) \S+ \(scenario; 1\)$/)
    })

    it('refuses a method that it does not know, and a second initialize', async () => {
      await using client = await start()

      const unknown = await client.requestRaw('made/up', {})
      const again = client.request('initialize', { clientInfo })

      expect(unknown).toMatchObject({ ok: false, error: { code: -32600 } })
      await expect(again).rejects.toBeInstanceOf(ServerError)
      await expect(again).rejects.not.toBeInstanceOf(NotInitializedError)
      await expect(again).rejects.toThrow('initialize failed: Already initialized')
    })

    it('imports what it has detected, step by step, and remembers it', async () => {
      await using client = await start()

      const { items } = await client.request('externalAgentConfig/detect', { includeHome: true })
      const run = await client.startImport(items)
      const steps = []
      for await (const step of run.progress()) steps.push(step)
      const report = await run.completed

      expect(items.map(({ itemType }) => itemType).toSorted()).toEqual(['AGENTS_MD', 'SKILLS'])
      expect(report.importId).toBe(run.importId)
      expect(report.itemResults).toMatchObject([
        { itemType: 'SKILLS', successCount: 1, errorCount: 0 },
        { itemType: 'AGENTS_MD', successCount: 1, errorCount: 0 },
      ])
      expect(steps.map(({ importId }) => importId)).toEqual(steps.map(() => run.importId))
      expect(await readFile(join(codexHome, 'AGENTS.md'), 'utf8')).toContain('Write plainly.')
      const { data } = await client.request('externalAgentConfig/import/readHistories')
      expect(data.map(({ importId }) => importId)).toEqual([run.importId])
    })

    it('completes every import of a client that reads no events', async () => {
      await using client = await start({ channelCapacity: 1 })
      const { items } = await client.request('externalAgentConfig/detect', { includeHome: true })

      for (let n = 0; n < 4; n += 1) {
        const run = await client.startImport(items)
        expect(await run.completed).toMatchObject({ importId: run.importId })
      }
    })

    it('completes an import of nothing', async () => {
      await using client = await start()

      const run = await client.startImport([])

      expect(await run.completed).toMatchObject({ importId: run.importId, itemTypeResults: [] })
    })

    it('can be started again over the same home after it has ended', async () => {
      const first = await start()
      await first.shutdown()
      await using second = await start()

      await expect(first.request('config/read', {})).rejects.toMatchObject({ reason: 'closed' })
      expect(await second.request('config/read', {})).toHaveProperty('config')
    })

    it('ends at once when there is nothing to do, and its events end', async () => {
      const client = await start()

      expect(await client.shutdown()).toEqual({ forced: false })

      for await (const event of client.events()) expect(event.type).toBe('notification')
      await expect(client.request('config/read', {})).rejects.toMatchObject({ reason: 'closed' })
    })
  })
}
