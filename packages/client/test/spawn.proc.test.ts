import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { AppServerClient, type SpawnOptions, TransportError } from '../src/index.js'

const server = fileURLToPath(new URL('./fixtures/line-server.mjs', import.meta.url))
const source = fileURLToPath(new URL('../src/index.ts', import.meta.url))

function start(how: string, options: Partial<SpawnOptions> = {}): Promise<AppServerClient> {
  return AppServerClient.spawn({
    command: [process.execPath, server, how],
    clientInfo: { name: 'test', version: '1' },
    ...options,
  })
}

async function pidOf(client: AppServerClient): Promise<number> {
  return ((await client.request('threadSection/list')) as { pid: number }).pid
}

/** Waits for the end of a process that is not our child. */
async function ended(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
      if (isZombie(pid)) return
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Whether a process has ended, and nobody has asked how. Orphans stay so until the system's first process does. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe('spawn', () => {
  it('starts a server, talks to it, and ends it by closing its input', async () => {
    const client = await start('fine', { cwd: tmpdir(), env: { ...process.env, GANGWAY_TEST: 'yes' } })
    const text = 'a\u2028b\u2029c\r\nd \u00e9\ud83d\ude00'

    expect(client.server.version).toBe('0.1.0')
    expect(await client.request('account/usage/read', { text })).toEqual({ text })
    const info = (await client.request('threadSection/list')) as { pid: number; env: string }
    expect(info.env).toBe('yes')

    expect(await client.shutdown()).toEqual({ forced: false })
    await ended(info.pid)
  })

  it('ends the server when it is disposed', async () => {
    let pid = 0
    {
      await using client = await start('fine')
      pid = await pidOf(client)
    }

    await ended(pid)
  })

  it('makes a server end that does not end by itself', async () => {
    const client = await start('stays')
    const pid = await pidOf(client)

    expect(await client.shutdown({ timeoutMs: 100 })).toEqual({ forced: true })
    await ended(pid)
  })

  it('kills a server that ignores SIGTERM', async () => {
    const client = await start('deaf')
    const pid = await pidOf(client)

    expect(await client.shutdown({ timeoutMs: 100 })).toEqual({ forced: true })
    await ended(pid)
  })

  it('ends what the server has started and left behind', async () => {
    const client = await start('parent')
    const grandchild = await pidOf(client)

    await client.shutdown({ timeoutMs: 1_000 })

    await ended(grandchild)
  })

  it('ends what a server leaves behind that falls over', async () => {
    const client = await start('parent')
    const grandchild = await pidOf(client)

    await expect(client.request('fs/remove', { path: '/nowhere' })).rejects.toMatchObject({ reason: 'closed' })

    await ended(grandchild)
  })

  it('fails every open call with what the server said last, and tells the reader', async () => {
    const client = await start('fine')
    const calls = [client.request('fs/remove', { path: '/nowhere' }), client.request('account/usage/read')]

    for (const call of calls) {
      await expect(call).rejects.toBeInstanceOf(TransportError)
      await expect(call).rejects.toMatchObject({
        reason: 'closed',
        detail: `\`${process.execPath}\` exited with code 7`,
      })
    }

    const events = []
    for await (const event of client.events()) events.push(event)
    expect(events).toEqual([{ type: 'disconnected', reason: `\`${process.execPath}\` exited with code 7` }])
  })

  it('fails to start with the exit code and the standard error of a server that dies', async () => {
    await expect(start('dies')).rejects.toThrow(/exited with code 3: no such home: \/nowhere$/)
  })

  it('fails to start when there is no such program', async () => {
    const command = ['/no/such/program'] as const

    await expect(start('', { command })).rejects.toThrow(
      'cannot start `/no/such/program`: spawn /no/such/program ENOENT',
    )
  })

  it('fails in time when the server does not answer, and leaves no process', async () => {
    const begun = performance.now()

    await expect(start('mute', { initializeTimeoutMs: 100 })).rejects.toMatchObject({ reason: 'timeout' })

    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  it('passes over what a server prints that is no message', async () => {
    await using client = await start('chatty')

    expect(await client.request('account/usage/read', 5)).toBe(5)
  })

  it('fails the one request whose answer is larger than it may be', async () => {
    await using client = await start('fine', { maxMessageBytes: 100_000 })
    const large = client.request('account/securitySetup/read', { length: 200_000 })
    const small = client.request('account/securitySetup/read', { length: 10 })

    await expect(large).rejects.toMatchObject({ reason: 'tooLarge' })
    expect(await small).toEqual({ text: 'x'.repeat(10) })
  })

  it('gives every letter of a long text to a reader that is slower than the server', async () => {
    await using client = await start('fine', { channelCapacity: 8 })
    const count = 20_000
    void client.requestRaw('thread/list', { count })
    const texts = new Map<string, string>()

    for await (const event of client.events()) {
      if (event.type !== 'notification') continue
      if (event.method === 'turn/completed') break
      const { itemId, delta } = event.params as { itemId: string; delta: string }
      texts.set(itemId, (texts.get(itemId) ?? '') + delta)
      await new Promise(setImmediate)
    }

    for (let i = 0; i < 7; i += 1) {
      const numbers = Array.from({ length: count }, (_, n) => n).filter((n) => n % 7 === i)
      expect(texts.get(`i${i}`)).toBe(numbers.map((n) => `${n} `).join(''))
    }
  })

  it('answers 5,000 requests made at once', async () => {
    await using client = await start('fine')

    const answers = await Promise.all(Array.from({ length: 5_000 }, (_, n) => client.request('account/usage/read', n)))

    expect(answers).toEqual(Array.from({ length: 5_000 }, (_, n) => n))
  })

  it('takes the server along when this process exits', async () => {
    const { printed } = await runParent('stays', 'process.exit(0)')

    expect(printed).toMatch(/^\d+\n$/)
    await ended(Number(printed))
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'takes along a server that ignores its end when this process dies of %s, and dies of it itself',
    async (signal) => {
      const { printed, endedBy } = await runParent('deaf', `process.kill(process.pid, '${signal}')`)

      expect(endedBy).toBe(signal)
      await ended(Number(printed))
    },
  )

  it('leaves a signal to a program that listens to it', async () => {
    const { printed, endedBy } = await runParent(
      'fine',
      `process.once('SIGTERM', async () => {
        const answer = await client.request('account/usage/read', 'still here')
        console.log(answer)
        await client.shutdown()
      })
      process.kill(process.pid, 'SIGTERM')`,
    )

    expect(printed).toMatch(/^\d+\nstill here\n$/)
    expect(endedBy).toBe(null)
  })

  it('takes along a server that ignores its end when this process is killed', async () => {
    const { printed } = await runParent('deaf', `process.kill(process.pid, 'SIGKILL')`)

    await ended(Number(printed))
  })

  it('leaves no watcher and no listener behind', async () => {
    const before = process.listenerCount('SIGTERM')
    const client = await start('fine')

    expect(process.listenerCount('SIGTERM')).toBe(before + 1)
    await client.shutdown()

    expect(process.listenerCount('SIGTERM')).toBe(before)
    expect(process.listeners('exit').map(({ name }) => name)).not.toContain('killAll')
  })
})

/** Runs a program that spawns a server, prints the server's process id, and then does `then`. */
async function runParent(how: string, then: string): Promise<{ printed: string; endedBy: string | null }> {
  const program = `
    import { AppServerClient } from ${JSON.stringify(source)}
    const client = await AppServerClient.spawn({
      command: [process.execPath, ${JSON.stringify(server)}, '${how}'], clientInfo: { name: 'test', version: '1' },
    })
    process.stdout.write((await client.request('threadSection/list')).pid + '\\n', () => { ${then} })
  `
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: dirname(source), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['ws'],
    conditions: ['@gangway/source'],
    write: false,
  })
  const child = spawn(process.execPath, ['--input-type=module', '-'], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(outputFiles[0]?.text)
  const exit = new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  let printed = ''
  for await (const chunk of child.stdout) printed += String(chunk)
  return { printed, endedBy: await exit }
}
