import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { introduced } from '../support/introduced.js'

const open = { sandboxPolicy: { type: 'dangerFullAccess' } }
const base64 = (text: string) => Buffer.from(text).toString('base64')
const textOf = (deltas: readonly { readonly params?: unknown }[]) =>
  deltas.map(({ params }) => Buffer.from((params as { deltaBase64: string }).deltaBase64, 'base64')).join('')

describe('command/exec', () => {
  it('gives exit code and both streams', async () => {
    await using client = await introduced()
    const command = ['sh', '-c', 'echo out; echo err >&2; exit 3']

    expect(await client.request('command/exec', { command, ...open })).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    })
  })

  it('ends what takes too long with exit code 124, and keeps what it wrote', async () => {
    await using client = await introduced()
    const command = ['sh', '-c', 'echo part; sleep 60']

    expect(await client.request('command/exec', { command, timeoutMs: 300, ...open })).toEqual({
      exitCode: 124,
      stdout: 'part\n',
      stderr: '',
    })
  })

  it('keeps the beginning of what is longer than its cap', async () => {
    await using client = await introduced()
    const seq = { command: ['seq', '1', '200000'], ...open }
    const lengthOf = async (params: object) =>
      ((await client.request('command/exec', { ...seq, ...params })) as { stdout: string }).stdout.length

    expect(await lengthOf({ outputBytesCap: 20 })).toBe(20)
    expect(await lengthOf({})).toBe(1024 * 1024)
    expect(await lengthOf({ disableOutputCap: true })).toBe(1_288_895)
  })

  it('changes the environment: null takes a variable away', async () => {
    await using client = await introduced()
    const command = ['sh', '-c', 'echo "$FOO:$HOME"']

    expect(await client.request('command/exec', { command, env: { FOO: 'bar', HOME: null }, ...open })).toMatchObject({
      stdout: 'bar:\n',
    })
  })

  it('tells output as it comes, takes input, and does not repeat it in the result', async () => {
    await using client = await introduced()
    const params = { command: ['cat'], processId: 'p', streamStdin: true, streamStdoutStderr: true, ...open }
    const answer = client.request('command/exec', params)
    const written = await retried(() =>
      client.request('command/exec/write', { processId: 'p', deltaBase64: base64('abc\n') }),
    )

    await client.events.next('command/exec/outputDelta')
    await client.request('command/exec/write', { processId: 'p', closeStdin: true })

    expect(written).toEqual({})
    expect(await answer).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(textOf(client.events.of('command/exec/outputDelta'))).toBe('abc\n')
  })

  it('runs in a terminal that can be resized and ended', async () => {
    await using client = await introduced()
    const command = ['sh', '-c', 'stty size; read line; stty size; sleep 60']
    const size = { rows: 10, cols: 40 }
    const answer = client.request('command/exec', { command, processId: 't', tty: true, size, ...open })
    await client.events.next('command/exec/outputDelta')

    await client.request('command/exec/resize', { processId: 't', size: { rows: 20, cols: 80 } })
    await client.request('command/exec/write', { processId: 't', deltaBase64: base64('\n') })
    while (!textOf(client.events.of('command/exec/outputDelta')).includes('20 80')) {
      await client.events.next('command/exec/outputDelta', client.events.of('command/exec/outputDelta').length + 1)
    }
    await client.request('command/exec/terminate', { processId: 't' })

    expect(textOf(client.events.of('command/exec/outputDelta'))).toContain('10 40')
    expect(await answer).toMatchObject({ stdout: '' })
  })

  it('refuses with the reference’s codes and words', async () => {
    await using client = await introduced()
    const refusal = (params: object) => expect(client.request('command/exec', { command: ['true'], ...params })).rejects

    await refusal({ command: [] }).toMatchObject({ code: -32600, message: 'command must not be empty' })
    await refusal({ tty: true }).toMatchObject({
      code: -32600,
      message: 'command/exec tty or streaming requires a client-supplied processId',
    })
    await refusal({ size: { rows: 1, cols: 1 } }).toMatchObject({
      code: -32602,
      message: 'command/exec size requires tty: true',
    })
    await refusal({ timeoutMs: -1 }).toMatchObject({ code: -32602 })
    await refusal({ timeoutMs: 1, disableTimeout: true }).toMatchObject({ code: -32602 })
    await refusal({ permissionProfile: ':nope' }).toMatchObject({
      message: 'invalid permission profile: default_permissions refers to unknown built-in profile `:nope`',
    })
    await refusal({ cwd: '/no/such/folder', ...open }).toMatchObject({ code: -32603 })
    await expect(client.request('command/exec/terminate', { processId: 'zz' })).rejects.toMatchObject({
      code: -32600,
      message: 'no active command/exec for process id "zz"',
    })
  })

  it('I6: says plainly that a command is not found, within a sandbox too', async () => {
    await using client = await introduced()
    const message = 'failed to spawn command: No such file or directory (os error 2)'

    await expect(client.request('command/exec', { command: ['no-such-binary'] })).rejects.toMatchObject({ message })
    await expect(client.request('command/exec', { command: ['no-such-binary'], ...open })).rejects.toMatchObject({
      message,
    })
  })

  it.skipIf(!existsSync('/usr/bin/bwrap'))('may only read unless more is allowed', async () => {
    await using client = await introduced()
    const exec = (params: object) =>
      client.request('command/exec', { command: ['sh', '-c', 'echo x > here'], cwd: client.home.root, ...params })

    expect(await exec({})).not.toMatchObject({ exitCode: 0 })
    expect(existsSync(join(client.home.root, 'here'))).toBe(false)
    expect(await exec({ permissionProfile: ':workspace' })).toMatchObject({ exitCode: 0 })
    expect(existsSync(join(client.home.root, 'here'))).toBe(true)
  })

  it.skipIf(!existsSync('/usr/bin/bwrap'))(
    'cannot plant what agents read, and leaves no folders of its walls',
    async () => {
      await using client = await introduced()
      const project = join(client.home.root, 'project')
      mkdirSync(project)
      const params = { cwd: project, permissionProfile: ':workspace' }

      const planted = await client.request('command/exec', {
        command: ['sh', '-c', 'mkdir -p .codex && echo x > .codex/config.toml'],
        ...params,
      })

      expect(planted).not.toMatchObject({ exitCode: 0 })
      expect(readdirSync(project)).toEqual([])
    },
  )

  it.skipIf(!existsSync('/usr/bin/bwrap'))('does not see the folder by which it could ask the server', async () => {
    await using client = await introduced()
    const folder = join(client.home.codexHome, 'app-server-control')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'app-server-control.sock'), '')

    expect(await client.request('command/exec', { command: ['ls', folder] })).toMatchObject({ stdout: '' })
  })
})

/** Again until it is there: a process that is being started cannot be written to yet. */
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!String(error).includes('no active')) throw error
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
