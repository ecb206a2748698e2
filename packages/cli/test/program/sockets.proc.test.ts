import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launcher, runProgram } from './run-program.js'
import { temporaryFolder } from './temporary-folder.js'

const UPGRADE =
  'GET /rpc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n'

function serve(home: string, ...options: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [launcher, 'app-server', ...options], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: join(home, '.codex') },
    stdio: 'pipe',
  })
}

async function homeIn(path: string): Promise<string> {
  await mkdir(join(path, '.codex'))
  return path
}

/** What a program says on standard error until it names the address of its websocket. */
async function addressOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  let said = ''
  for await (const chunk of child.stderr.setEncoding('utf8')) {
    said += chunk
    const address = /listening on: (ws:\S+)\n/.exec(said)?.[1]
    if (address !== undefined) return address
  }
  throw new Error(`no address: ${said}`)
}

it('serves websockets to who has the token, and leaves at SIGTERM', async () => {
  await using folder = await temporaryFolder()
  const home = await homeIn(folder.path)
  await writeFile(join(home, 'token'), 'harbour\n')
  const child = serve(home, '--listen', 'ws://127.0.0.1:0', '--ws-auth', 'capability-token', '--ws-token-file', 'token')
  const exit = once(child, 'exit')
  const { host } = new URL(await addressOf(child))

  expect((await fetch(`http://${host}/readyz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

it('connects a pipe to the control socket of a server that runs, byte by byte', async () => {
  await using folder = await temporaryFolder()
  const home = await homeIn(folder.path)
  const server = serve(home, '--listen', 'unix://')
  const exit = once(server, 'exit')

  let answer = ''
  while (!answer.startsWith('HTTP/1.1 101')) {
    const proxy = serve(home, 'proxy')
    proxy.stdin.on('error', () => {})
    proxy.stdin.write(UPGRADE)
    const [chunk] = (await Promise.race([once(proxy.stdout, 'data'), once(proxy, 'exit')])) as [unknown]
    answer = Buffer.isBuffer(chunk) ? chunk.toString() : ''
    const ended = proxy.exitCode === null ? once(proxy, 'exit') : [proxy.exitCode]
    proxy.stdin.end()
    const [code] = await ended
    if (answer !== '') expect(code).toBe(0)
  }

  expect(answer).toContain('Sec-WebSocket-Accept: BACScCJPNqyz+UBoqMH89VmURoA=')
  server.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

it.each([
  [['--listen', 'off'], 1, 'no transport configured; use --listen'],
  [
    ['--listen', 'ws://0.0.0.0:0'],
    1,
    'refusing to start non-loopback websocket listener 0.0.0.0:0 without auth; configure `--ws-auth capability-token` or `--ws-auth signed-bearer-token`',
  ],
  [['--listen', 'ws://127.0.0.1:0', '--ws-auth', 'capability-token'], 1, 'is required when `--ws-auth'],
  [['--listen', 'ws://127.0.0.1:0', '--ws-issuer', 'x'], 1, 'websocket auth flags require `--ws-auth'],
  [
    ['--listen', 'ws://127.0.0.1:0', '--ws-auth', 'capability-token', '--ws-token-file', 'nowhere'],
    1,
    'failed to read websocket auth secret ',
  ],
  [['--listen', 'ws://localhost:1'], 2, 'invalid websocket --listen URL `ws://localhost:1`; expected `ws://IP:PORT`'],
  [['--listen', 'tcp://x'], 2, 'unsupported --listen URL `tcp://x`; expected `stdio://`'],
  [['proxy', '--sock', 'nobody.sock'], 1, 'failed to connect to socket at '],
])('says why it does not start with %s', async (options, code, message) => {
  await using folder = await temporaryFolder()
  const home = await homeIn(folder.path)

  const run = await runProgram(['app-server', ...options], { env: { HOME: home }, cwd: home })

  expect(run).toMatchObject({ code, stdout: '' })
  expect(run.stderr).toMatch(/^gangway: /)
  expect(run.stderr).toContain(message)
})
