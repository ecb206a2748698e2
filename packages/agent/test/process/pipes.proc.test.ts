import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { shellExitCode } from '../../src/index.js'
import { start } from './start.js'

describe('a process with pipes', () => {
  it('tells both streams, and the exit code', async () => {
    const streams: string[] = []

    const { process } = await start(['bash', '-c', 'echo out; echo err >&2; exit 3'], {
      onOutput: (chunk, stream) => void streams.push(`${stream}:${chunk}`),
    })

    expect(await process.ended).toEqual({ exitCode: 3, signal: null, reason: 'exited', outputStillHeld: false })
    expect(streams.sort()).toEqual(['stderr:err\n', 'stdout:out\n'])
  })

  it('loses nothing of much output at the exit', async () => {
    const { process, text } = await start(['seq', '1', '200000'])
    await process.ended

    expect(createHash('sha256').update(text()).digest('hex')).toBe(
      createHash('sha256')
        .update(Array.from({ length: 200_000 }, (_, index) => `${index + 1}\n`).join(''))
        .digest('hex'),
    )
  })

  it('writes its input, and ends it', async () => {
    const { process, text } = await start(['cat'], { stdin: true })

    await process.write('grüße ')
    await process.write(Buffer.from('alle'))
    process.closeStdin()
    await process.ended

    expect(text()).toBe('grüße alle')
  })

  it('refuses what is written where no input was asked for', async () => {
    const { process } = await start(['cat'])

    await expect(process.write('x')).rejects.toMatchObject({ code: 'NO_STDIN' })
    expect((await process.ended).exitCode).toBe(0)
  })

  it('does not wait for ever for output that a child holds after the end', async () => {
    const { process, text } = await start(['bash', '-c', 'echo done; sleep 30 & disown'])

    expect(await process.ended).toMatchObject({ exitCode: 0, outputStillHeld: true })
    expect(text()).toBe('done\n')
    await process.kill()
  })

  it.each([
    [['no-such-program-here'], { code: 'NOT_FOUND', message: 'no-such-program-here: not found' }],
    [['/'], { code: 'NOT_STARTED', message: '/: could not be started (EACCES)' }],
    [[], { code: 'NO_COMMAND', message: 'command must not be empty' }],
  ])('says why %j cannot be started', async (argv, expected) => {
    await expect(start(argv)).rejects.toMatchObject(expected)
  })

  it('says which folder is not there', async () => {
    await expect(start(['ls'], { cwd: '/no/such/folder' })).rejects.toMatchObject({
      code: 'NO_FOLDER',
      message: '/no/such/folder: no such folder',
    })
  })

  it('gives the number that a shell gives for a signal', async () => {
    const { process } = await start(['bash', '-c', 'kill -SEGV $$'])
    const end = await process.ended

    expect(end).toMatchObject({ exitCode: null, signal: 'SIGSEGV' })
    expect(shellExitCode(end)).toBe(139)
  })
})
