import { describe, expect, it } from 'vitest'
import { introduced } from '../support/introduced.js'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('process', () => {
  it('answers at once, and tells the end with what was written', async () => {
    await using client = await introduced()
    const command = ['sh', '-c', 'echo out; echo err >&2; exit 4']

    expect(await client.request('process/spawn', { command, cwd: client.home.root, processHandle: 'a' })).toEqual({})

    expect((await client.events.next('process/exited')).params).toEqual({
      processHandle: 'a',
      exitCode: 4,
      outputDrainTimedOut: false,
      stdout: 'out\n',
      stdoutCapReached: false,
      stderr: 'err\n',
      stderrCapReached: false,
    })
  })

  it('takes input and gives output while it runs, up to its cap', async () => {
    await using client = await introduced()
    const params = { cwd: client.home.root, processHandle: 'c', streamStdin: true, streamStdoutStderr: true }
    await client.request('process/spawn', { command: ['cat'], outputBytesCap: 4, ...params })

    await client.request('process/writeStdin', { processHandle: 'c', deltaBase64: base64('123456789') })
    await client.request('process/writeStdin', { processHandle: 'c', closeStdin: true })
    await client.events.next('process/exited')

    expect(client.events.of('process/outputDelta').map(({ params }) => params)).toEqual([
      { processHandle: 'c', stream: 'stdout', deltaBase64: base64('1234'), capReached: true },
    ])
  })

  it('ends what takes too long with 124, and what is killed', async () => {
    await using client = await introduced()
    const cwd = client.home.root
    await client.request('process/spawn', { command: ['sleep', '60'], cwd, processHandle: 't', timeoutMs: 100 })
    expect((await client.events.next('process/exited')).params).toMatchObject({ processHandle: 't', exitCode: 124 })

    await client.request('process/spawn', { command: ['sleep', '60'], cwd, processHandle: 'k' })
    expect(await client.request('process/kill', { processHandle: 'k' })).toEqual({})

    expect((await client.events.next('process/exited', 2)).params).toMatchObject({ processHandle: 'k', exitCode: 143 })
  })

  it('refuses with the reference’s codes and words', async () => {
    await using client = await introduced()
    const cwd = client.home.root
    const spawn = (params: object) => client.request('process/spawn', { command: ['cat'], cwd, ...params })
    await spawn({ processHandle: 'd' }).catch(() => {})
    await spawn({ processHandle: 'e', command: ['sleep', '60'] })

    await expect(spawn({ processHandle: 'e' })).rejects.toThrow('duplicate active process handle: "e"')
    await expect(spawn({ processHandle: '' })).rejects.toThrow('processHandle must not be empty')
    await expect(spawn({ processHandle: 'f', cwd: 'relative' })).rejects.toThrow('AbsolutePathBuf')
    await expect(spawn({ processHandle: 'g', command: ['no-such-program'] })).rejects.toMatchObject({
      code: -32603,
      message: 'failed to spawn process: No such file or directory (os error 2)',
    })
    await expect(client.request('process/kill', { processHandle: 'zz' })).rejects.toThrow(
      'no active process for process handle "zz"',
    )
    const size = { rows: 1, cols: 1 }
    await expect(client.request('process/resizePty', { processHandle: 'e', size })).rejects.toThrow(
      'failed to resize PTY: process is not attached to a PTY',
    )
  })
})
