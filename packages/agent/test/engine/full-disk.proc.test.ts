import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { startModelServer, textReply } from '@gangway/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ThreadPlace } from './thread-place.js'

/** Files of this process may not grow beyond it: what a full disk is like. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${process.pid}`, `--fsize=${bytes}:`])
}

const ignore = () => {}

describe.runIf(process.platform === 'linux')('a disk that fills up during a turn', () => {
  beforeEach(() => void process.on('SIGXFSZ', ignore))
  afterEach(() => {
    limitFiles('unlimited')
    process.off('SIGXFSZ', ignore)
  })

  it('ends the turn as failed, and says which file could not be written', async () => {
    await using place = new ThreadPlace(await startModelServer({ otherwise: () => textReply('ok') }))
    const thread = await place.start()
    await place.turn(thread, 'first')
    limitFiles(statSync(thread.path ?? '').size + 200)

    const { params } = await place.turn(thread, 'second')

    expect(params.turn.status).toBe('failed')
    expect(params.turn.error.message).toContain(`${thread.path} could not be written: EFBIG`)
    expect(place.told.at(-2)?.method).toBe('error')
    await thread.close(1_000)
  })

  it('writes what is owed as soon as it can, nothing twice', async () => {
    await using place = new ThreadPlace(await startModelServer({ otherwise: () => textReply('ok') }))
    const thread = await place.start()
    await place.turn(thread, 'first')
    const path = thread.path ?? ''
    limitFiles(statSync(path).size + 200)
    await place.turn(thread, 'second')
    limitFiles('unlimited')

    expect((await place.turn(thread, 'third')).params.turn.status).toBe('completed')
    await thread.close(1_000)

    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    const events = lines.map((line) => JSON.parse(line).payload.type)
    expect(events.filter((type) => type === 'task_started')).toHaveLength(3)
    expect(events.filter((type) => type === 'task_complete')).toHaveLength(3)
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('ends an interrupted turn too', async () => {
    const stalled = () => ({ ...textReply('never'), steps: [{ do: 'stall' as const }] })
    await using place = new ThreadPlace(await startModelServer({ replies: [textReply('ok')], otherwise: stalled }))
    const thread = await place.start()
    await place.turn(thread, 'first')
    const said = place.next('item/completed', ({ params }) => params.item.type === 'userMessage')
    const end = place.next('turn/completed')
    const input = [{ type: 'text' as const, text: 'second', text_elements: [] }]
    const { id } = await thread.startTurn({ input, clientUserMessageId: null, outputSchema: null })
    await said
    limitFiles(statSync(thread.path ?? '').size)

    await thread.interrupt(id)

    expect((await end).params.turn.status).toBe('interrupted')
    expect(place.reported).toHaveLength(1)
    await thread.close(1_000)
  })
})
