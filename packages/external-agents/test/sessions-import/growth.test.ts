import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readThreadHead } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import { agent, chain, log, user } from '../sessions-read/session-logs.js'
import { reasons, sessionHome, talk } from './session-home.js'

const one = '-repo/s1.jsonl'
const sha256 = /^[0-9a-f]{64}$/

describe('a log that has grown', () => {
  it('E5: is continued in the same thread, which keeps its dates true', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring(one)
    const before = readThreadHead(home.threadPaths()[0]!)
    const first = home.ledger().records[0]!
    home.write(one, log(...talk('ann', 3)))

    const { result } = await home.bring()

    expect(result.successes[0]).toMatchObject({ target: before.id, targetPath: before.path })
    const after = readThreadHead(before.path)
    expect(after.updatedAtMs).toBe(Date.UTC(2026, 4, 1, 10, 2, 5))
    expect(after.createdAtMs).toBe(before.createdAtMs)
    expect(await home.texts(before.path)).toEqual(
      [0, 1, 2].flatMap((turn) => [`user: ann asks ${turn}`, `agentMessage: answer ${turn} to ann`]),
    )
    expect(home.ledger().records).toHaveLength(1)
    expect(home.ledger().records[0]).toMatchObject({ content_sha256: expect.stringMatching(sha256) })
    expect(home.ledger().records[0]?.content_sha256).not.toBe(first.content_sha256)
  })

  it('E7: grows from a half line, and every turn ends once', async () => {
    const whole = log(...talk('ann', 2))
    const cut = whole.length - 40
    const home = sessionHome({ [one]: whole.slice(0, cut) })
    await home.bring(one)
    home.write(one, whole)

    const { result } = await home.bring(one)

    expect(result.successCount).toBe(1)
    const [path] = home.threadPaths()
    expect(await home.texts(path!)).toHaveLength(4)
    const ends = readFileSync(path!, 'utf8').match(/"type":"task_complete"/g)
    expect(ends).toHaveLength(2)
  })

  it('that went another way after a point in time brings the other way in a linked thread', async () => {
    const start = talk('ann', 2) as { [key: string]: unknown }[]
    const home = sessionHome({ [one]: start })
    await home.bring(one)
    const other = chain(
      user('another way', { uuid: 'x1', parentUuid: 'ann1', timestamp: '2026-05-02T10:00:00.000Z' }) as never,
      agent([{ type: 'text', text: 'gladly' }], { uuid: 'x2', timestamp: '2026-05-02T10:00:05.000Z' }) as never,
    ) as { [key: string]: unknown }[]
    home.grow(one, log({ ...other[0], parentUuid: 'ann1' }, other[1]!))

    const { result } = await home.bring(one)

    const [success] = result.successes
    expect(await home.texts(success!.targetPath!)).toEqual(['user: another way', 'agentMessage: gladly'])
    expect(readThreadHead(success!.targetPath!).forkedFromId).not.toBe(null)
    home.touch(one)
    expect(reasons((await home.bring(one)).result)).toEqual(['already-imported'])
  })

  it('of a thread that the reference has made is continued in a linked thread', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring(one)
    const [thread] = home.threadPaths()
    const foreign = readFileSync(thread!, 'utf8').replaceAll(/.*gangway_checkpoint.*\n/g, '')
    writeFileSync(thread!, foreign)
    home.write(one, log(...talk('ann', 2)))

    const { result } = await home.bring(one)

    expect(await home.texts(result.successes[0]!.targetPath!)).toEqual([
      'user: ann asks 1',
      'agentMessage: answer 1 to ann',
    ])
    expect(statSync(thread!).size).toBe(foreign.length)
  })

  it('grows again and again without a word twice', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring(one)
    for (const turns of [2, 4, 7]) {
      home.write(one, log(...talk('ann', turns)))
      expect((await home.bring(one)).result.successCount).toBe(1)
    }

    expect(home.threadPaths()).toHaveLength(1)
    expect(await home.texts(home.threadPaths()[0]!)).toHaveLength(14)
  })
})

describe('a thread whose entry in the ledger is missing', () => {
  it('E11: is offered until its entry is written', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    const { result } = await home.bring(one)
    rmSync(home.ledgerPath)
    home.restarted()

    expect(await home.offered()).toHaveLength(1)
    const again = await home.bring(one)

    expect(reasons(again.result)).toEqual(['already-imported'])
    expect(home.threadPaths()).toHaveLength(1)
    expect(home.ledger().records[0]).toMatchObject({ imported_thread_id: result.successes[0]?.target })
    expect(await home.offered()).toEqual([])
  })

  it('E11: gets the name that a crash kept from it', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    const { result } = await home.bring(one)
    const names = home.names()
    rmSync(home.ledgerPath)
    rmSync(home.layout.threadNames)
    home.restarted()

    const again = await home.bring()

    expect(again.result.successes.map(({ target }) => target)).toEqual(result.successes.map(({ target }) => target))
    expect(home.names()).toEqual(names)
    expect(home.threadPaths()).toHaveLength(1)
  })

  it('grows all the same', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring(one)
    rmSync(home.ledgerPath)
    home.write(one, log(...talk('ann', 2)))
    home.restarted()

    const { result } = await home.bring()

    expect(result.successCount).toBe(1)
    expect(home.threadPaths()).toHaveLength(1)
    expect(await home.texts(home.threadPaths()[0]!)).toHaveLength(4)
  })
})
