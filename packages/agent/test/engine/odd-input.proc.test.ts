import { execFileSync } from 'node:child_process'
import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UserInput } from '@gangway/protocol'
import { startModelServer, textReply } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { ThreadPlace } from './thread-place.js'

it.runIf(process.platform !== 'win32')(
  'is not held up by pictures that are devices, pipes, folders or huge',
  async () => {
    await using place = new ThreadPlace(await startModelServer({ otherwise: () => textReply('ok') }))
    const pipe = join(place.cwd, 'pipe.png')
    const huge = join(place.cwd, 'huge.png')
    execFileSync('mkfifo', [pipe])
    writeFileSync(huge, '')
    truncateSync(huge, 21 * 1024 * 1024)
    const thread = await place.start()
    const end = place.next('turn/completed')
    const input: UserInput[] = ['/dev/zero', pipe, place.cwd, huge].map((path) => ({ type: 'localImage', path }))

    await thread.startTurn({ input, clientUserMessageId: null, outputSchema: null })

    expect((await end).params.turn.status).toBe('completed')
    const body = JSON.stringify(place.model.requests[0]?.body)
    expect(body).toContain('/dev/zero could not be read: it is no file')
    expect(body).toContain('pipe.png could not be read: it is no file')
    expect(body).toContain('could not be read: it is a folder')
    expect(body).toContain('more than 20971520')
    await thread.close(1_000)
  },
)

it('passes over items of a model server that are none', async () => {
  const steps = [null, 5, {}, { type: 5 }].map((item) => ({
    do: 'event' as const,
    event: { type: 'response.output_item.done', item },
  }))
  const reply = textReply('still there')
  await using place = new ThreadPlace(
    await startModelServer({ replies: [{ ...reply, steps: [...steps, ...(reply.steps ?? [])] }] }),
  )
  const thread = await place.start()

  const { params } = await place.turn(thread, 'go')

  expect(params.turn).toMatchObject({ status: 'completed', items: [{ text: 'still there' }] })
  await thread.close(1_000)
})

it('fails a turn whose file was removed, and does not write into nothing', async () => {
  await using place = new ThreadPlace(await startModelServer({ otherwise: () => textReply('ok') }))
  const thread = await place.start()
  await place.turn(thread, 'first')
  rmSync(thread.path ?? '')

  const { params } = await place.turn(thread, 'second')

  expect(params.turn.status).toBe('failed')
  expect(params.turn.error.message).toContain(`${thread.path} could not be written: ENOENT`)
  await thread.close(1_000)
})
