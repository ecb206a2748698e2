import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { introduction, type TestHome, testHome } from './support/homes.js'

const SERVE = fileURLToPath(new URL('./fixtures/serve.ts', import.meta.url))
const EMBED = fileURLToPath(new URL('./fixtures/embed.ts', import.meta.url))
const INITIALIZE = `${JSON.stringify({ id: 1, method: 'initialize', params: introduction() })}\n`

function start(home: TestHome, env: Record<string, string> = {}, program = SERVE): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--conditions=@gangway/source', '--import', 'tsx', program], {
    env: { PATH: process.env.PATH, ...home.env, ...env },
    stdio: 'pipe',
  })
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return line
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = ''
  for await (const chunk of stream.setEncoding('utf8')) all += chunk
  return all
}

describe('a process that serves its standard input and output', () => {
  it('answers everything that was asked before its input ended, and exits 0', async () => {
    using home = testHome()
    const child = start(home)
    const [output, log, exit] = [text(child.stdout), text(child.stderr), once(child, 'exit')]

    child.stdin.end(
      INITIALIZE +
        Array.from({ length: 50 }, (_, id) => `{"id":"r${id}","method":"configRequirements/read"}\n`).join(''),
    )

    expect(await exit).toEqual([0, null])
    const lines = (await output)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; result?: object })
    expect(lines).toHaveLength(51)
    expect(lines.every(({ result }) => result !== undefined)).toBe(true)
    expect(await log).toBe('')
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('H11: exits 0 at %s', async (signal) => {
    using home = testHome()
    const child = start(home)
    const exit = once(child, 'exit')
    child.stdin.write(INITIALIZE)
    await firstLine(child)

    child.kill(signal)

    expect(await exit).toEqual([0, null])
  })

  it('keeps its log out of standard output, and quiet when told to be', async () => {
    using home = testHome()
    const [loud, quiet] = [start(home), start(home, { GANGWAY_LOG: 'off' })]
    const outputs = [text(loud.stdout), text(loud.stderr), text(quiet.stdout), text(quiet.stderr)]

    loud.stdin.end('not json\n')
    quiet.stdin.end('not json\n')

    expect(await Promise.all(outputs)).toEqual(['', expect.stringMatching(/^\S+ ERROR dropped .*\n$/), '', ''])
  })

  it('finishes what it has accepted although its output is gone', async () => {
    using home = testHome()
    const child = start(home, { GANGWAY_LOG: 'off' })
    const exit = once(child, 'exit')
    child.stdin.write(INITIALIZE)
    await firstLine(child)

    child.stdout.destroy()
    const write = { keyPath: 'model', value: 'm', mergeStrategy: 'replace' }
    child.stdin.end(`${JSON.stringify({ id: 2, method: 'config/value/write', params: write })}\n`)

    expect(await exit).toEqual([0, null])
    expect(readFileSync(join(home.codexHome, 'config.toml'), 'utf8')).toContain('model = "m"')
  })

  it('exits although nobody reads its answers', async () => {
    using home = testHome()
    const child = start(home)
    const exit = once(child, 'exit')

    const request = (_: unknown, id: number) => `{"id":${id},"method":"configRequirements/read"}\n`
    child.stdin.end(INITIALIZE + Array.from({ length: 20_000 }, request).join(''))

    expect(await exit).toEqual([0, null])
  })

  it('C13: starts over a home in which folders are files', async () => {
    using home = testHome()
    for (const name of ['agents', 'skills', 'sessions', 'gangway']) writeFileSync(join(home.codexHome, name), '')
    const child = start(home)
    child.stdin.write(INITIALIZE)

    expect(JSON.parse(await firstLine(child))).toMatchObject({ id: 1, result: { codexHome: home.codexHome } })
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('says what is wrong with CODEX_HOME, and does not start', async () => {
    using home = testHome()
    rmSync(home.codexHome, { recursive: true })
    const child = start(home)
    const log = text(child.stderr)

    expect((await once(child, 'exit'))[0]).toBe(1)
    expect(await log).toContain(home.codexHome)
  })

  it('makes nothing in a home that is only looked at', async () => {
    using home = testHome()
    const child = start(home)

    child.stdin.end(INITIALIZE)
    await once(child, 'exit')

    expect(readdirSync(home.codexHome)).toEqual([])
  })
})

describe('a program that serves its standard input and output among other things', () => {
  it('goes on when its client has left, and ends by itself', async () => {
    using home = testHome()
    const child = start(home, {}, EMBED)
    const [output, log, exit] = [text(child.stdout), text(child.stderr), once(child, 'exit')]

    child.stdin.end(INITIALIZE)

    expect(await exit).toEqual([0, null])
    expect(JSON.parse(await output)).toMatchObject({ id: 1, result: { codexHome: home.codexHome } })
    expect(JSON.parse(await log)).toEqual({ reason: 'input ended', forced: false })
  })
})
