import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { assertBundled, launcher } from './run-program.js'
import { temporaryFolder } from './temporary-folder.js'

const count = 24
const words = 'what the build has said, line by line. '.repeat(50)

interface Message {
  readonly id?: number
  readonly method?: string
  readonly result?: never
  readonly params?: never
}

/** Enough for the threads that write large sessions to be started. */
function writeLogs(home: string): void {
  const folder = join(home, '.claude/projects/-work')
  mkdirSync(folder, { recursive: true })
  for (let session = 0; session < count; session += 1) {
    const lines = Array.from({ length: 400 }, (_, index) => {
      const isPerson = index % 2 === 0
      const role = isPerson ? 'user' : 'assistant'
      return JSON.stringify({
        type: role,
        uuid: `s${session}-${index}`,
        parentUuid: index === 0 ? null : `s${session}-${index - 1}`,
        timestamp: new Date(Date.UTC(2026, 0, 1, session) + index * 1000).toISOString(),
        cwd: home,
        message: { role, content: isPerson ? `${session}: ${words}` : [{ type: 'text', text: words }] },
      })
    })
    const path = join(folder, `session-${session}.jsonl`)
    writeFileSync(path, `${lines.join('\n')}\n`)
    utimesSync(path, 1_790_000_000, 1_790_000_000)
  }
}

/** A server over a home, and its messages. */
function serve(home: string) {
  assertBundled()
  const env = { PATH: process.env.PATH ?? '', HOME: home }
  const child: ChildProcess = spawn(process.execPath, [launcher, 'app-server'], { cwd: home, env })
  const waiting: { readonly isIt: (message: Message) => boolean; readonly take: (message: Message) => void }[] = []
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const message = JSON.parse(line) as Message
    for (const one of waiting.filter(({ isIt }) => isIt(message))) {
      waiting.splice(waiting.indexOf(one), 1)
      one.take(message)
    }
  })
  const next = (isIt: (message: Message) => boolean) =>
    new Promise<Message>((take) => {
      waiting.push({ isIt, take })
    })
  const send = (message: object) => child.stdin!.write(`${JSON.stringify(message)}\n`)
  const request = async (id: number, method: string, params: object): Promise<unknown> => {
    const answer = next((message) => message.id === id)
    send({ id, method, params })
    return (await answer).result
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return { child, next, request, send, ended }
}

/** Starts an import of everything; gives its id and what comes at its end. */
async function startImport(server: ReturnType<typeof serve>) {
  const clientInfo = { name: 't', version: '1' }
  await server.request(1, 'initialize', { clientInfo, capabilities: { experimentalApi: true } })
  server.send({ method: 'initialized' })
  const limits = { includeHome: true, maxSessions: 1000, maxSessionAgeDays: 100_000 }
  const { items } = (await server.request(2, 'externalAgentConfig/detect', limits)) as { items: object[] }
  const completed = server.next(({ method }) => method === 'externalAgentConfig/import/completed')
  const started = server.request(3, 'externalAgentConfig/import', { migrationItems: items })
  const { importId } = (await started) as { importId: string }
  return { importId, completed: completed.then(({ params }) => params as unknown as Completed) }
}

interface Completed {
  readonly itemResults: readonly { readonly successes: object[]; readonly skipped: { readonly reason: string }[] }[]
}

function filesOf(home: string): string[] {
  try {
    return readdirSync(join(home, '.codex/sessions'), { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
}

const threadsOf = (home: string) => filesOf(home).filter((name) => name.endsWith('.jsonl') && !name.includes('.tmp'))
const halvesOf = (home: string) => filesOf(home).filter((name) => name.endsWith('.tmp'))

async function threadsReach(home: string, wanted: number): Promise<void> {
  while (threadsOf(home).length < wanted) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('an import of many large sessions', () => {
  it('E11: is finished by the next one after a kill, without a thread twice', { timeout: 60_000 }, async () => {
    await using folder = await temporaryFolder()
    writeLogs(folder.path)
    const first = serve(folder.path)
    await startImport(first)
    await threadsReach(folder.path, 3)
    first.child.kill('SIGKILL')
    await first.ended

    const second = serve(folder.path)
    const { completed } = await startImport(second)
    await completed
    second.child.stdin!.end()
    await second.ended

    expect(threadsOf(folder.path)).toHaveLength(count)
    expect(halvesOf(folder.path)).toEqual([])
    const ledger = readFileSync(join(folder.path, '.codex/external_agent_session_imports.json'), 'utf8')
    expect(JSON.parse(ledger).records).toHaveLength(count)
    const [name] = threadsOf(folder.path)
    const lines = readFileSync(join(folder.path, '.codex/sessions', name!), 'utf8')
      .trimEnd()
      .split('\n')
    expect(JSON.parse(lines.at(-1)!).type).toBe('gangway_checkpoint')
  })

  it('leaves nothing half written when it is cancelled, and tells what was left', { timeout: 60_000 }, async () => {
    await using folder = await temporaryFolder()
    writeLogs(folder.path)
    const server = serve(folder.path)
    const { importId, completed } = await startImport(server)
    await threadsReach(folder.path, 2)

    await server.request(4, 'externalAgentConfig/import/cancel', { importId })

    const [result] = (await completed).itemResults
    expect(new Set(result!.skipped.map(({ reason }) => reason))).toEqual(new Set(['cancelled']))
    expect(result!.successes.length + result!.skipped.length).toBe(count)
    expect(threadsOf(folder.path)).toHaveLength(result!.successes.length)
    expect(halvesOf(folder.path)).toEqual([])
    server.child.stdin!.end()
    await server.ended
  })
})
