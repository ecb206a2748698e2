import { readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { parseRolloutName, readThreadHead, rolloutPath } from '@gangway/home'
import { describe, expect, it } from 'vitest'
import { write } from '../folder.js'
import { answered, began, event, item, lineText, reply, said, temporaryHome, threadId, writeThread } from './rollout.js'

describe('the name of a rollout', () => {
  it('holds the local time of its start and the id, in the folder of its day', () => {
    const layout = temporaryHome()
    const startedAt = new Date(2026, 2, 4, 5, 6, 7)

    const path = rolloutPath(layout, { startedAt, threadId: threadId(1) })

    expect(path).toBe(join(layout.root, `sessions/2026/03/04/rollout-2026-03-04T05-06-07-${threadId(1)}.jsonl`))
    expect(parseRolloutName(path)).toEqual({ startedAt, threadId: threadId(1), revisionId: null })
    expect(rolloutPath(layout, { startedAt, threadId: threadId(1), archived: true })).toBe(
      join(layout.root, `archived_sessions/rollout-2026-03-04T05-06-07-${threadId(1)}.jsonl`),
    )
  })

  it('may hold the id of a later version, and is no name when it has no id', () => {
    const name = `rollout-2026-03-04T05-06-07-${threadId(1)}_${threadId(2)}.jsonl`

    expect(parseRolloutName(name)).toMatchObject({ threadId: threadId(1), revisionId: threadId(2) })
    expect(parseRolloutName('rollout-2026-03-04T05-06-07.jsonl')).toBe(undefined)
    expect(parseRolloutName(`${name}.zst`)).toBe(undefined)
  })
})

describe('the head of a thread', () => {
  it('E8: gives the start as created and the time of the file as updated', () => {
    const modifiedAt = new Date('2026-03-05T01:02:03.456Z')
    const head = readThreadHead(writeThread(temporaryHome(), threadId(1), [said('u')], { modifiedAt }))

    expect(head.createdAtMs).toBe(began.getTime())
    expect(head.updatedAtMs).toBe(modifiedAt.getTime())
    expect(head.modifiedNs / 1_000_000n).toBe(BigInt(modifiedAt.getTime()))
  })

  it('E10: previews the first message that is not blank, without blanks around it', () => {
    const layout = temporaryHome()
    const image = { type: 'UserMessage', id: 'u', content: [{ type: 'image', image_url: 'data:' }] }
    const preview = (n: number, ...lines: Parameters<typeof writeThread>[2]) =>
      readThreadHead(writeThread(layout, threadId(n), lines)).preview

    expect(preview(1, said(' \n '), said('\n\n  first\nsecond '), said('third'))).toBe('first\nsecond')
    expect(preview(2, answered('only the agent'))).toBe('')
    expect(preview(3, item('t1', image))).toBe('[Image]')
  })

  it('previews a first message that is longer than all that is looked at', () => {
    const picture = `data:image/png;base64,${'A'.repeat(3_000_000)}`
    const message = event({ type: 'user_message', message: 'see this', images: [picture] })

    expect(readThreadHead(writeThread(temporaryHome(), threadId(1), [message])).preview).toBe('see this')
  })

  it('F5: takes what session_meta lacks from the file name, for every member', () => {
    const layout = temporaryHome()
    const startedAt = new Date(2026, 2, 4, 5, 6, 7)
    const path = rolloutPath(layout, { startedAt, threadId: threadId(1) })
    write(path, lineText({ type: 'session_meta', payload: {} }) + lineText(said('u')))

    expect(readThreadHead(path)).toMatchObject({
      id: threadId(1),
      sessionId: threadId(1),
      createdAtMs: startedAt.getTime(),
      cwd: '',
      originator: null,
      cliVersion: '',
      source: 'vscode',
      modelProvider: null,
      historyMode: 'legacy',
      preview: 'u',
    })
  })

  it('F5: reads a file that is empty, starts with a byte order mark, or has no session_meta at all', () => {
    const layout = temporaryHome()
    const empty = write(rolloutPath(layout, { startedAt: began, threadId: threadId(1) }), '')
    const marked = writeThread(layout, threadId(2), [said('u')])
    write(marked, `\uFEFF${readFileSync(marked, 'utf8')}`)
    const headless = write(rolloutPath(layout, { startedAt: began, threadId: threadId(3) }), `${lineText(said('u'))}`)

    expect(readThreadHead(empty)).toMatchObject({ id: threadId(1), preview: '' })
    expect(readThreadHead(marked)).toMatchObject({ cwd: '/projects', preview: 'u' })
    expect(readThreadHead(headless)).toMatchObject({ id: threadId(3), preview: 'u' })
  })

  it('refuses a file that names no thread', () => {
    const path = write(join(temporaryHome().root, 'x.jsonl'), lineText(said('u')))

    expect(() => readThreadHead(path)).toThrow(`${path} is no rollout: it names no thread`)
  })

  it('gives the id in the file when the name says another', () => {
    const layout = temporaryHome()

    expect(readThreadHead(writeThread(layout, threadId(1), [said('u')], { meta: { id: threadId(9) } })).id).toBe(
      threadId(9),
    )
  })

  it.each([
    ['cli', 'cli'],
    ['mcp', 'appServer'],
    ['appServer', 'unknown'],
    ['weird', 'unknown'],
    [{ custom: 'mine' }, { custom: 'mine' }],
    [{ subagent: 'review' }, { subAgent: 'review' }],
    [{ internal: 'x' }, 'unknown'],
  ])('gives the source %j as the wire does', (source, expected) => {
    const path = writeThread(temporaryHome(), threadId(1), [], { meta: { source } })

    expect(readThreadHead(path).source).toEqual(expected)
  })

  it('names parent, role and nickname of an agent that was spawned', () => {
    const spawn = { parent_thread_id: threadId(2), depth: 1, agent_nickname: 'nick', agent_role: 'role' }
    const path = writeThread(temporaryHome(), threadId(1), [], {
      meta: { source: { subagent: { thread_spawn: spawn } } },
    })

    expect(readThreadHead(path)).toMatchObject({
      parentThreadId: threadId(2),
      agentNickname: 'nick',
      agentRole: 'role',
      source: { subAgent: { thread_spawn: { ...spawn, agent_path: null } } },
    })
  })

  it('gives git, provenance and the model that was used last', () => {
    const gangway = { source_agent: 'claude-code', source_path: '/p', source_session_id: 's', import_id: 'i' }
    const git = { commit_hash: 'abc', branch: 'b', repository_url: 'u' }
    const context = (model: string, effort: string) => ({ type: 'turn_context', payload: { model, effort } })
    const lines = [
      context('first', 'low'),
      said('u'),
      reply({ text: 'x'.repeat(200_000) }),
      context('last', 'high'),
      event({ type: 'token_count' }),
    ]

    expect(readThreadHead(writeThread(temporaryHome(), threadId(1), lines, { meta: { git, gangway } }))).toMatchObject({
      gitInfo: { sha: 'abc', branch: 'b', originUrl: 'u' },
      provenance: gangway,
      model: 'last',
      reasoningEffort: 'high',
    })
  })

  it('follows the time of the file', () => {
    const path = writeThread(temporaryHome(), threadId(1), [said('u')])

    utimesSync(path, 1_700_000_000, 1_700_000_000)

    expect(readThreadHead(path).updatedAtMs).toBe(1_700_000_000_000)
  })
})
