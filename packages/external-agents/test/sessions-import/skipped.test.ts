import { rmSync } from 'node:fs'
import { appendThreadName, archiveThread, RolloutAppender } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import { log, user } from '../sessions-read/session-logs.js'
import { reasons, sessionHome, talk } from './session-home.js'

const one = '-repo/s1.jsonl'

describe('situations in which the reference says nothing', () => {
  it('D1: a session without words of the person is skipped with a reason', async () => {
    const home = sessionHome({
      [one]: [{ type: 'assistant', cwd: '/', timestamp: '2026-05-01T10:00:00Z', message: { content: 'hi' } }],
    })

    const { result } = await home.bring(one)

    expect([result.successCount, result.errorCount, reasons(result)]).toEqual([0, 0, ['no-user-message']])
  })

  it('D1: a session whose folder is gone comes over', async () => {
    const home = sessionHome({ [one]: talk('ann', 1, '/no/such/folder') })

    const { result } = await home.bring(one)

    expect(result.successes[0]?.cwd).toBe('/no/such/folder')
  })

  it('D1: a session that names no folder comes over', async () => {
    const home = sessionHome({ [one]: [user('hello', { cwd: undefined })] })

    const { result } = await home.bring(one)

    expect(result.successes[0]?.cwd).toBe(home.home)
  })

  it('D1: an empty log is skipped with a reason', async () => {
    const home = sessionHome({ [one]: '' })

    const { result } = await home.bring(one)

    expect([result.errorCount, reasons(result)]).toEqual([0, ['empty']])
  })

  it('D1: a session that came over before is skipped with a reason, also when its file was touched', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring(one)

    const again = await home.bring(one)
    home.touch(one)
    const touched = await home.bring(one)

    expect(reasons(again.result)).toEqual(['already-imported'])
    expect(reasons(touched.result)).toEqual(['already-imported'])
    expect(home.threadPaths()).toHaveLength(1)
  })

  it('D1: a rewritten log is skipped with a reason, and its thread stays as it is', async () => {
    const home = sessionHome({ [one]: talk('ann', 2) })
    await home.bring(one)
    const before = await home.texts(home.threadPaths()[0]!)
    home.write(one, log(...talk('zoe', 3)))

    const { result } = await home.bring(one)

    expect(reasons(result)).toEqual(['source-rewritten'])
    expect(await home.texts(home.threadPaths()[0]!)).toEqual(before)
  })

  it('D1: what came after goes into a linked thread when the thread is open here', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) }, { isThreadLoaded: () => true })
    await home.bring(one)
    home.write(one, log(...talk('ann', 2)))

    const { result } = await home.bring(one)

    expect(result.successCount).toBe(1)
    const target = home.threadPaths().find((path) => path === result.successes[0]?.targetPath)
    expect(await home.texts(target!)).toEqual(['user: ann asks 1', 'agentMessage: answer 1 to ann'])
  })

  it('D1: what came after goes into a linked thread when the thread is archived', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring(one)
    archiveThread(home.layout, home.threadPaths()[0]!)
    home.write(one, log(...talk('ann', 2)))

    const { result } = await home.bring(one)

    expect(await home.texts(result.successes[0]!.targetPath!)).toEqual([
      'user: ann asks 1',
      'agentMessage: answer 1 to ann',
    ])
  })

  it('D1: a deleted thread stays away while its log stays, and comes back whole when the log grows', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring(one)
    rmSync(home.threadPaths()[0]!)

    const same = await home.bring(one)
    home.write(one, log(...talk('ann', 2)))
    const grown = await home.bring(one)

    expect(reasons(same.result)).toEqual(['already-imported'])
    expect(same.result.skipped[0]?.message).toContain('deleted')
    expect(await home.texts(grown.result.successes[0]!.targetPath!)).toHaveLength(4)
  })

  it('D1: what came after goes into a linked thread when the person went on in the thread', async () => {
    const home = sessionHome({ [one]: talk('ann', 1) })
    await home.bring(one)
    const [thread] = home.threadPaths()
    const appender = RolloutAppender.open(thread!)
    appender.append([
      { timestamp: '2026-06-01T00:00:00.000Z', type: 'event_msg', payload: { type: 'user_message', message: 'here' } },
    ])
    appender.close()
    home.write(one, log(...talk('ann', 2)))

    const { result } = await home.bring(one)
    const second = result.successes[0]!
    home.write(one, log(...talk('ann', 3)))
    const later = await home.bring(one)

    expect(second.targetPath).not.toBe(thread)
    expect(later.result.successes[0]?.targetPath).toBe(second.targetPath)
    expect(await home.texts(second.targetPath!)).toEqual([
      'user: ann asks 1',
      'agentMessage: answer 1 to ann',
      'user: ann asks 2',
      'agentMessage: answer 2 to ann',
    ])
    expect(home.threadPaths()).toHaveLength(2)
  })

  it('D1: a title that was only changed in the log is taken over, unless the person has given one here', async () => {
    const home = sessionHome({ [one]: talk('ann', 1), '-repo/s2.jsonl': talk('bob', 1) })
    const { result } = await home.bring()
    const idOf = (path: string) => result.successes.find(({ source }) => source === home.log(path))?.target as string
    await appendThreadName(home.layout, idOf('-repo/s2.jsonl'), 'Mine')
    for (const path of [one, '-repo/s2.jsonl']) home.grow(path, log({ type: 'custom-title', customTitle: 'Theirs' }))

    const renamed = await home.bring(one, '-repo/s2.jsonl')

    expect(home.names().get(idOf(one))).toBe('Theirs')
    expect(home.names().get(idOf('-repo/s2.jsonl'))).toBe('Mine')
    expect(renamed.result.successes.map(({ title }) => title)).toEqual(['Theirs'])
    expect(reasons(renamed.result)).toEqual(['nothing-new'])
  })

  it('E12: of two imports at once for one log the second says that another one runs', async () => {
    const home = sessionHome({ [one]: talk('ann', 200) })

    const [first, second] = await Promise.all([home.bring(one), home.bring(one)])

    expect([first.result.successCount, reasons(second.result)]).toEqual([1, ['already-running']])
    expect(home.threadPaths()).toHaveLength(1)
  })

  it('a log at another path is another session', async () => {
    const home = sessionHome({ [one]: talk('ann', 1), '-other/s1.jsonl': talk('ann', 1) })

    const { result } = await home.bring()

    expect(result.successCount).toBe(2)
    expect(home.threadPaths()).toHaveLength(2)
  })
})
