import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runs } from '../process/start.js'
import { toolTurn } from './tool-turn.js'

const form = (status: string, tokens: number, output: string) =>
  new RegExp(
    `^Chunk ID: [0-9a-f]{6}\nWall time: \\d+\\.\\d{4} seconds\n${status}\nOriginal token count: ${tokens}\nOutput:\n${output}$`,
  )

describe('exec_command', () => {
  it('tells the model the output, and clients the item and every byte as it comes', async () => {
    await using turn = await toolTurn()

    const output = await turn.call('exec_command', { cmd: "printf 'a\\nb'; echo é >&2; exit 3", login: false })

    expect(output).toMatch(form('Process exited with code 3', 2, 'a\nbé\n'))
    expect(turn.completed).toMatchObject([
      {
        type: 'commandExecution',
        id: 'call-1',
        source: 'unifiedExecStartup',
        status: 'failed',
        aggregatedOutput: 'a\nbé\n',
        exitCode: 3,
        cwd: turn.cwd,
      },
    ])
    const deltas = turn.told.filter(({ method }) => method === 'item/commandExecution/outputDelta')
    expect(deltas.map(({ params }) => params['delta']).join('')).toBe('a\nbé\n')
  })

  it('goes on after its time, is written to, and ends', async () => {
    await using turn = await toolTurn()

    const first = await turn.call('exec_command', {
      cmd: 'read -r x; echo got $x',
      tty: true,
      yield_time_ms: 250,
      login: false,
    })
    const id = Number(/session ID (\d+)/.exec(first)?.[1])
    expect(turn.set.terminals?.list()).toMatchObject([{ processId: String(id), itemId: 'call-1' }])
    const second = await turn.call('write_stdin', { session_id: id, chars: 'hello\n', yield_time_ms: 5_000 })

    expect(second).toContain('Process exited with code 0')
    expect(second).toContain('got hello')
    expect(turn.told.find(({ method }) => method.endsWith('terminalInteraction'))?.params).toMatchObject({
      itemId: 'call-1',
      processId: String(id),
      stdin: 'hello\n',
    })
    expect(await turn.call('write_stdin', { session_id: id, chars: 'x' })).toBe(
      `write_stdin failed: Unknown process id ${id}`,
    )
    expect(turn.set.terminals?.list()).toEqual([])
  })

  it('keeps the beginning and the end of too much output', async () => {
    await using turn = await toolTurn()

    const output = await turn.call('exec_command', { cmd: 'seq 1 100000', max_output_tokens: 50, login: false })

    expect(output).toContain(
      'Original token count: 147224\nOutput:\nWarning: truncated output (original token count: 147224)\nTotal output lines: 100000\n\n1\n2\n',
    )
    expect(output).toContain('36\n3…147174 tokens truncated…84\n99985\n')
    expect(output.endsWith('\n99999\n100000\n')).toBe(true)
  })

  it('ends at once, with its children, when the turn is interrupted', async () => {
    await using turn = await toolTurn()
    const call = turn.call('exec_command', { cmd: 'sleep 87 & echo $! > pid; wait', login: false })
    let pid = 0
    while (pid === 0) {
      await delay(10)
      pid = Number(await readFile(join(turn.cwd, 'pid'), 'utf8').catch(() => 0))
    }

    turn.abort()
    await call

    expect(turn.completed).toMatchObject([{ status: 'failed' }])
    for (let tries = 0; tries < 200 && runs(pid); tries += 1) await delay(10)
    expect(runs(pid)).toBe(false)
  })

  it('kills what goes on when the thread is closed or its terminals are cleaned', async () => {
    await using turn = await toolTurn()
    await turn.call('exec_command', { cmd: 'sleep 88', yield_time_ms: 250, login: false })
    const [terminal] = turn.set.terminals?.list() ?? []

    expect(await turn.set.terminals?.terminate('1')).toBe(false)
    expect(await turn.set.terminals?.terminate(terminal?.processId ?? '')).toBe(true)

    expect(turn.set.terminals?.list()).toEqual([])
    expect(turn.completed).toMatchObject([{ status: 'failed', exitCode: 143 }])
  })

  it('runs what the person typed outside the sandbox', async () => {
    await using turn = await toolTurn({ sandboxPolicy: { type: 'readOnly' } })

    await turn.set.runForPerson?.('echo mine > file', turn.context)

    expect(await readFile(join(turn.cwd, 'file'), 'utf8')).toBe('mine\n')
    expect(turn.completed).toMatchObject([{ source: 'userShell', status: 'completed' }])
  })

  it.each([
    [{}, 'failed to parse function arguments: missing field `cmd`'],
    [
      { cmd: 'x', sandbox_permissions: 'bogus' },
      'unknown variant `bogus`, expected one of `use_default`, `require_escalated`',
    ],
    [{ cmd: 'ls', workdir: 'nosuch' }, 'no such folder'],
  ])('tells what is wrong with %j', async (input, message) => {
    await using turn = await toolTurn()

    expect(await turn.call('exec_command', input)).toContain(message)
  })
})
