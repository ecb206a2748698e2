import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const launcher = fileURLToPath(new URL('../../packages/cli/bin/gangway.js', import.meta.url))
const sessionCount = 60
const recordCount = 200

type Json = { readonly [member: string]: unknown }

/** The program, driven line by line. */
class Server {
  readonly #child: ChildProcess
  readonly #waiting: { readonly fits: (message: Json) => boolean; readonly take: (message: Json) => void }[] = []
  readonly ended: Promise<void>
  #id = 0

  constructor(home: string) {
    this.#child = spawn(process.execPath, [launcher, 'app-server'], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: path.join(home, '.codex') },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.ended = new Promise((resolve) => this.#child.once('exit', () => resolve()))
    this.#child.stdin!.on('error', () => {})
    createInterface({ input: this.#child.stdout! }).on('line', (line) => this.#take(JSON.parse(line) as Json))
  }

  async open(): Promise<this> {
    const clientInfo = { name: 'crash', title: null, version: '1' }
    await this.request('initialize', { clientInfo, capabilities: { experimentalApi: true } })
    this.#send({ method: 'initialized' })
    return this
  }

  async request(method: string, params: Json): Promise<Json> {
    const id = this.#id++
    const answer = this.message((message) => message.id === id)
    this.#send({ id, method, params })
    const { result, error } = await answer
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`)
    return result as Json
  }

  message(fits: (message: Json) => boolean): Promise<Json> {
    return new Promise((take) => this.#waiting.push({ fits, take }))
  }

  kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    return this.ended
  }

  close(): Promise<void> {
    this.#child.stdin!.end()
    return this.ended
  }

  #send(message: Json): void {
    this.#child.stdin!.write(`${JSON.stringify(message)}\n`)
  }

  #take(message: Json): void {
    const at = this.#waiting.findIndex(({ fits }) => fits(message))
    if (at >= 0) this.#waiting.splice(at, 1)[0]!.take(message)
  }
}

function writeLogs(home: string): void {
  const folder = path.join(home, '.claude/projects/-work')
  mkdirSync(folder, { recursive: true })
  for (let number = 0; number < sessionCount; number++) {
    const lines = Array.from({ length: recordCount }, (_, index) => {
      const role = index % 2 === 0 ? 'user' : 'assistant'
      return JSON.stringify({
        type: role,
        uuid: `s${number}-${index}`,
        parentUuid: index === 0 ? null : `s${number}-${index - 1}`,
        sessionId: `s${number}`,
        cwd: '/',
        timestamp: new Date(Date.UTC(2026, 4, 1, number) + index * 1000).toISOString(),
        message: { role, content: `session ${number}, words ${index} ${'and more '.repeat(60)}` },
      })
    })
    writeFileSync(path.join(folder, `s${number}.jsonl`), `${lines.join('\n')}\n`)
  }
}

const finding = { includeHome: true, maxSessions: 1000, maxSessionAgeDays: 10_000 }

/** Starts an import. Gives what the server says of it, and when it is done. */
async function startImport(server: Server): Promise<{ readonly completed: Promise<Json> }> {
  const { items } = await server.request('externalAgentConfig/detect', finding)
  const completed = server.message(({ method }) => method === 'externalAgentConfig/import/completed')
  await server.request('externalAgentConfig/import', { migrationItems: items })
  return { completed: completed.then(({ params }) => params as Json) }
}

function rollouts(home: string): string[] {
  const names = readdirSync(path.join(home, '.codex/sessions'), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => path.extname(name) !== '' && !name.endsWith(path.sep))
}

async function listed(server: Server): Promise<Json[]> {
  return (await server.request('thread/list', { limit: 100 })).data as Json[]
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

describe('the program, killed while it brings sessions over', () => {
  it('E11: has each session once after the next run, whenever it was killed, in files, ledger, names and lists', {
    timeout: 180_000,
  }, async () => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'gangway-crash-'))
    try {
      for (let run = 0; run < 12; run++) {
        const home = path.join(root, String(run))
        writeLogs(home)
        mkdirSync(path.join(home, '.codex'))
        const killed = await new Server(home).open()
        await startImport(killed)
        await pause(Math.random() * 25 * run)
        await killed.kill()

        const server = await new Server(home).open()
        const before = await listed(server)
        const { items } = await server.request('externalAgentConfig/detect', finding)
        const left = (items as Json[]).flatMap(({ details }) => (details as { sessions: Json[] }).sessions)
        if (left.length > 0) {
          const { itemResults } = await (await startImport(server)).completed
          expect((itemResults as Json[]).map(({ errorCount }) => errorCount)).toEqual([0])
        }

        const names = Array.from({ length: sessionCount }, (_, number) => `session ${number}, words 0`).sort()
        const after = await listed(server)
        expect(before.length + left.length).toBeGreaterThanOrEqual(sessionCount)
        expect(rollouts(home)).toHaveLength(sessionCount)
        expect(after.map(({ preview }) => String(preview).split(' and')[0]).sort()).toEqual(names)
        expect(after.map(({ name }) => String(name).split(' and')[0]).sort()).toEqual(names)
        const ledger = readFileSync(path.join(home, '.codex/external_agent_session_imports.json'), 'utf8')
        const { records } = JSON.parse(ledger) as { records: Json[] }
        expect(records.map((one) => one.imported_thread_id).sort()).toEqual(after.map(({ id }) => id).sort())
        expect(new Set(records.map((one) => one.source_path)).size).toBe(sessionCount)
        expect((await server.request('externalAgentConfig/detect', finding)).items).toEqual([])
        await server.close()
      }
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})
