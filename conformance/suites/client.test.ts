import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { AppServerClient, ServerError, TransportError } from '@gangway/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plain } from '../fixtures/plain.js'
import { lay, type Site } from '../support/fixture.js'
import { type Program, releases } from '../support/programs.js'

const clientInfo = { name: 'gangway-conformance', version: '1' }

/** Our built client and a real server of one release, and how the client comes to it. */
interface Way {
  readonly name: string
  open(program: Program, site: Site): Promise<{ client: AppServerClient; server?: ChildProcess }>
}

const envOf = (site: Site) => ({ PATH: process.env.PATH ?? '', HOME: site.home, CODEX_HOME: site.codexHome })

const ways: readonly Way[] = [
  {
    name: 'a child process',
    async open(program, site) {
      const [command = '', ...words] = program.command
      const client = await AppServerClient.spawn({
        command: [command, ...words, 'app-server'],
        cwd: site.home,
        env: envOf(site),
        clientInfo,
        experimentalApi: true,
      })
      return { client }
    },
  },
  {
    name: 'a websocket',
    async open(program, site) {
      const [command = '', ...words] = program.command
      const server = spawn(command, [...words, 'app-server', '--listen', 'ws://127.0.0.1:0'], {
        cwd: site.home,
        env: envOf(site),
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const url = await addressOf(server)
      return { client: await AppServerClient.connect({ url, clientInfo, experimentalApi: true }), server }
    },
  },
]

async function addressOf(server: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /listening on:\s*(ws:\/\/[\d.]+:\d+)/.exec(stripVTControlCharacters(said))?.[1]
      if (address !== undefined) resolve(address)
    })
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
  })
}

/** Processes that live in the home of a site. */
function processesOf(site: Site): string[] {
  if (!existsSync('/proc/self/environ')) return []
  return readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && environmentOf(name).includes(`HOME=${site.home}\0`),
  )
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}

const available = releases()

it('finds the releases that the client is to be tried with', () => {
  const expected = process.platform === 'linux' && process.arch === 'x64' ? ['0.141', '0.155', '0.169'] : ['0.169']
  expect(available.map(({ release }) => release)).toEqual(expected)
})

const pairs = available.flatMap((program) => ways.map((way) => [program.release, way.name, program, way] as const))

describe.each(pairs)('our client and codex %s, over %s', (release, _, program, way) => {
  let site: Site
  let client: AppServerClient
  let server: ChildProcess | undefined

  beforeAll(async () => {
    site = lay(plain)
    ;({ client, server } = await way.open(program, site))
  })

  afterAll(async () => {
    await client?.shutdown()
    server?.kill('SIGKILL')
    site?.remove()
  })

  it('is introduced, and knows the version of the server', () => {
    expect(client.server.version).toMatch(new RegExp(`^${release.replace('.', '\\.')}\\.`))
  })

  it('reads configuration and lists threads, with results that fit their types', async () => {
    const { config } = await client.request('config/read', { includeLayers: false })
    const answer = await client.requestRaw('thread/loaded/list', {})

    expect(typeof config).toBe('object')
    expect(answer).toEqual({ ok: true, result: expect.objectContaining({ data: [] }) })
  })

  it('gives a refusal with its code and words, and goes on', async () => {
    const asked = client.request('thread/read', { threadId: 'no-such-thread' })

    await expect(asked).rejects.toBeInstanceOf(ServerError)
    await expect(asked).rejects.toMatchObject({ code: -32600 })
    expect(await client.requestRaw('no/such' as never, {} as never)).toMatchObject({
      ok: false,
      error: { code: -32600 },
    })
    await expect(client.request('config/read', { includeLayers: false })).resolves.toBeDefined()
  })

  it('never misses the report of an import, also when nobody reads the events', async () => {
    const { items } = await client.request('externalAgentConfig/detect', { includeHome: true })
    expect(items.length).toBeGreaterThan(0)

    const run = await client.startImport(items)
    const report = await run.completed

    expect(report.importId).toBe(run.importId)
  })

  it('answers many requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => client.requestRaw('thread/loaded/list', {})))

    expect(answers.filter(({ ok }) => ok)).toHaveLength(200)
  })

  it('ends in good order, and no process is left of a server that was its own', async () => {
    const gone = server && once(server, 'exit')
    const { forced } = await client.shutdown()
    server?.kill('SIGTERM')
    await gone

    expect(forced).toBe(false)
    await expect(client.request('config/read', { includeLayers: false })).rejects.toBeInstanceOf(TransportError)
    await expect.poll(() => processesOf(site), { timeout: 5_000 }).toEqual([])
  })
})
