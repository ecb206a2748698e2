import { readFileSync, statSync } from 'node:fs'
import { parseRolloutName, readThreadHead } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import { agent, log, user } from '../sessions-read/session-logs.js'
import { reasons, sessionHome, talk } from './session-home.js'

describe('importing sessions', () => {
  it('E8: makes each a thread with its own dates, title, folder and provenance', async () => {
    const title = JSON.stringify({ type: 'custom-title', customTitle: 'My work' })
    const home = sessionHome({ '-repo/s1.jsonl': [...talk('ann', 2), title] })

    const { result, importId } = await home.bring()

    expect(home.troubles).toEqual([])
    expect(result).toMatchObject({ itemType: 'SESSIONS', successCount: 1, errorCount: 0, skipped: [] })
    const [path] = home.threadPaths()
    const head = readThreadHead(path!)
    expect(result.successes[0]).toEqual({
      itemType: 'SESSIONS',
      cwd: '/',
      source: home.log('-repo/s1.jsonl'),
      target: head.id,
      title: 'My work',
      sourcePath: home.log('-repo/s1.jsonl'),
      targetPath: path,
    })
    expect(head.createdAtMs).toBe(Date.UTC(2026, 4, 1, 10, 0, 0))
    expect(head.updatedAtMs).toBe(Date.UTC(2026, 4, 1, 10, 1, 5))
    expect(parseRolloutName(path!)?.startedAt.getTime()).toBe(Date.UTC(2026, 4, 1, 10, 0, 0))
    expect(head.provenance).toEqual({
      source_agent: 'claude-code',
      source_path: home.log('-repo/s1.jsonl'),
      source_session_id: 's1',
      import_id: importId,
    })
    expect(home.names().get(head.id)).toBe('My work')
    expect(await home.texts(path!)).toEqual([
      'user: ann asks 0',
      'agentMessage: answer 0 to ann',
      'user: ann asks 1',
      'agentMessage: answer 1 to ann',
    ])
  })

  it('gives no name to one that begins with a picture, so that its first words are shown', async () => {
    const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }
    const home = sessionHome({
      '-repo/s1.jsonl': log(user([picture, { type: 'text', text: 'what is it' }]), agent('a dot')),
    })

    const { result } = await home.bring()

    expect(result.successes[0]?.title).toBe('[external unsupported block: image]')
    expect(home.names().size).toBe(0)
    expect(readThreadHead(home.threadPaths()[0]!).preview).toBe('what is it')
  })

  it('writes the ledger as the reference does, nanoseconds as digits', async () => {
    const home = sessionHome({ '-repo/s1.jsonl': talk('ann', 1) })
    const { mtimeNs } = statSync(home.log('-repo/s1.jsonl'), { bigint: true })

    const { result } = await home.bring()

    const text = readFileSync(home.ledgerPath, 'utf8')
    expect(text).toMatch(/^\{\n {2}"records": \[\n {4}\{\n {6}"source_path": "/)
    expect(text).toContain(`"source_modified_at": ${mtimeNs},`)
    expect(text).toContain('"connector_names": [],')
    expect(text).toContain('"detected_connector_records": []')
    expect(Object.keys(home.ledger().records[0]!)).toEqual([
      'source_path',
      'content_sha256',
      'imported_thread_id',
      'imported_at',
      'source_modified_at',
      'connector_names',
      'title',
    ])
    expect(home.ledger().records[0]).toMatchObject({
      imported_thread_id: result.successes[0]?.target,
      title: 'ann asks 0',
    })
  })

  it('goes on when one of several cannot be found, in the words of the reference', async () => {
    const home = sessionHome({ '-repo/s1.jsonl': talk('ann', 1), '-repo/s2.jsonl': talk('bob', 1) })

    const { result, progress } = await home.bring(
      '-repo/s1.jsonl',
      '-repo/gone.jsonl',
      '../outside.jsonl',
      '-repo/s2.jsonl',
    )

    expect(result.successCount).toBe(2)
    expect(result.rawErrors).toEqual([
      {
        itemType: 'SESSIONS',
        errorType: null,
        subErrorType: 'session_not_detected',
        failureStage: 'session_missing',
        message: `external agent session was not detected for import: ${home.log('-repo/gone.jsonl')}`,
        cwd: null,
        source: home.log('-repo/gone.jsonl'),
      },
      expect.objectContaining({ failureStage: 'session_missing', source: home.log('../outside.jsonl') }),
    ])
    expect(progress.flatMap(({ itemTypeResults }) => itemTypeResults.flatMap(({ failures }) => failures))).toHaveLength(
      2,
    )
  })

  it('reports a log that cannot be read as a failure of that session', async () => {
    const home = sessionHome({ '-repo/folder.jsonl/x': '', '-repo/s1.jsonl': talk('ann', 1) })

    const { result } = await home.bring('-repo/folder.jsonl', '-repo/s1.jsonl')

    expect(result.successCount).toBe(1)
    expect(result.rawErrors[0]).toMatchObject({
      failureStage: 'session_prepare',
      subErrorType: 'failed_to_prepare_session',
      message: expect.stringContaining('failed to prepare external agent session: EISDIR'),
    })
  })

  it('makes threads of the logs of helper agents, below the thread of the session', async () => {
    const helper = log(...talk('helper', 1)).replaceAll('"sessionId"', '"isSidechain":true,"agentId":"h","sessionId"')
    const home = sessionHome({
      '-repo/s1.jsonl': talk('ann', 1),
      '-repo/s1/subagents/agent-h.jsonl': helper,
    })

    const { result } = await home.bring()

    expect(result.successCount).toBe(1)
    const heads = home.threadPaths().map((path) => readThreadHead(path))
    const parent = heads.find(({ id }) => id === result.successes[0]?.target)!
    const child = heads.find(({ id }) => id !== parent.id)!
    expect(child.parentThreadId).toBe(parent.id)
    expect(child.provenance).toMatchObject({ parent_thread_id: parent.id })
    expect(await home.texts(child.path)).toContain('agentMessage: answer 0 to helper')
  })

  it('says what became of everything that was said and done', async () => {
    const home = sessionHome({ '-repo/s1.jsonl': [...talk('ann', 1), 'no json', { type: 'file-history-snapshot' }] })

    const { result } = await home.bring()

    expect(result.facts).toEqual(
      expect.arrayContaining([
        { what: 'userMessage', fate: 'mapped', reason: null, count: 1 },
        expect.objectContaining({ what: 'record:garbage', fate: 'dropped', count: 1 }),
        expect.objectContaining({ what: 'record:bookkeeping:file-history-snapshot', fate: 'dropped', count: 1 }),
      ]),
    )
  })

  it('brings one log over once when a request names it twice', async () => {
    const home = sessionHome({ '-repo/s1.jsonl': talk('ann', 1) })

    const { result } = await home.bring('-repo/s1.jsonl', '-repo/../-repo/s1.jsonl')

    expect([result.successCount, reasons(result)]).toEqual([1, []])
    expect(home.threadPaths()).toHaveLength(1)
  })

  it('takes what is below the folder of sessions although detect would not offer it', async () => {
    const home = sessionHome({ '-repo/deep/er/s1.jsonl': talk('ann', 1), 'top.jsonl': talk('bob', 1) })

    const { result } = await home.bring('-repo/deep/er/s1.jsonl', 'top.jsonl')

    expect(result.successCount).toBe(2)
  })
})
