import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { message, respond } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { assertBundled, launcher } from '../program/run-program.js'
import { type ExecHome, eventsOf, execHome } from './exec-home.js'

interface Served extends AsyncDisposable {
  readonly address: string
}

/** Serves a home on a websocket, to who knows the token, from a folder of its own. */
async function served(home: ExecHome): Promise<Served> {
  assertBundled()
  await home.folder.write({ token: 'harbour' })
  const auth = ['--ws-auth', 'capability-token', '--ws-token-file', `${home.folder.path}/token`]
  const child = spawn(process.execPath, [launcher, 'app-server', '--listen', 'ws://127.0.0.1:0', ...auth], {
    cwd: home.repository,
    env: { PATH: process.env.PATH, ...home.env },
    stdio: 'pipe',
  })
  return { address: await addressOf(child), [Symbol.asyncDispose]: () => ended(child) }
}

async function addressOf(child: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of child.stderr?.setEncoding('utf8') ?? []) {
    said += String(chunk)
    const address = /listening on: (ws:\S+)\n/.exec(said)?.[1]
    if (address !== undefined) return address
  }
  throw new Error(`no address: ${said}`)
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

it('I9: runs a turn on a server that runs by itself, with a token', async () => {
  await using home = await execHome()
  await using server = await served(home)

  const run = await home.exec(
    ['--json', '--remote', server.address, '--remote-auth-token-env', 'TOKEN', '-c', 'model=far', 'x'],
    { env: { ...home.env, CODEX_HOME: '/nowhere', TOKEN: 'harbour' }, cwd: '/' },
  )

  expect([run.code, eventsOf(run).at(-1)?.type]).toEqual([0, 'turn.completed'])
  expect(home.model.requests[0]?.body).toMatchObject({ model: 'far' })
})

it('finishes a turn whose connection was cut meanwhile', async () => {
  let isCut = () => {}
  const promise = new Promise<void>((resolve) => {
    isCut = resolve
  })
  const answer = respond([message('Still there.')])
  const held = { ...answer, steps: [{ do: 'until', promise } as const, ...(answer.steps ?? [])] }
  await using home = await execHome({ replies: [held] })
  await using server = await served(home)
  const sockets = new Set<Socket>()
  const proxy = createServer((near) => {
    const far = connect(Number(new URL(server.address).port), '127.0.0.1')
    sockets.add(near)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.pipe(other)
      one.on('error', () => {})
      one.on('close', () => other.destroy())
    }
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  void home.model.request(0).then(() => {
    for (const socket of sockets) socket.destroy()
    isCut()
  })

  const { port } = proxy.address() as { readonly port: number }
  const run = await home.exec(
    ['--json', '--remote', `ws://127.0.0.1:${port}`, '--remote-auth-token-env', 'TOKEN', 'x'],
    { env: { ...home.env, TOKEN: 'harbour' } },
  )
  proxy.close()

  const types = eventsOf(run).map(({ type }) => type)
  expect([run.code, types]).toEqual([0, ['thread.started', 'turn.started', 'item.completed', 'turn.completed']])
})

it('says where it could not connect, and which options cannot go along', async () => {
  await using home = await execHome()

  const nobody = await home.exec(['--remote', 'ws://127.0.0.1:9', 'x'])
  const wrong = await home.exec(['--remote', 'http://127.0.0.1:9', 'x'])
  const local = await home.exec(['--remote', 'ws://127.0.0.1:9', '-p', 'deep', 'x'])

  expect([nobody.code, wrong.code, local.code]).toEqual([1, 2, 2])
  expect(nobody.stderr).toContain('ws://127.0.0.1:9')
  expect(wrong.stderr).toContain('--remote http://127.0.0.1:9: give ws://HOST:PORT')
  expect(local.stderr).toContain('--profile does not go with --remote')
})
