import { chmodSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findLogs } from '../../src/sources/claude-code/sessions/find.js'
import { tempTree } from '../core/temp-tree.js'
import { agent, claudeHome, list, log, names, user } from './session-logs.js'

const plain = log(user('hello'))

describe('finding session logs', () => {
  it('finds logs one folder deep, and only files that end in .jsonl', async () => {
    const configDir = claudeHome({
      'top.jsonl': plain,
      'p/a.jsonl': plain,
      'p/b.JSONL': plain,
      'p/c.jsonl.bak': plain,
      'p/deep/d.jsonl': plain,
      'p/folder.jsonl': { folder: true },
    })

    const found = await findLogs(configDir)

    expect(names(found.files)).toEqual(['p/a.jsonl'])
  })

  it('finds nothing, and no fault, where there is no folder of sessions', async () => {
    const found = await findLogs(join(tempTree(), 'nowhere'))

    expect(found.files).toEqual([])
    expect(found.leftOut).toEqual([])
  })

  it('gives the newest first, to the nanosecond, and files of one moment by path', async () => {
    const configDir = claudeHome({ 'p/old.jsonl': plain, 'q/b.jsonl': plain, 'p/z.jsonl': plain, 'p/c.jsonl': plain })
    for (const path of ['q/b.jsonl', 'p/z.jsonl', 'p/c.jsonl']) {
      utimesSync(join(configDir, 'projects', path), 2_000_000_000, 2_000_000_000)
    }

    const found = await findLogs(configDir)

    expect(names(found.files)).toEqual(['p/c.jsonl', 'p/z.jsonl', 'q/b.jsonl', 'p/old.jsonl'])
  })

  it('E3: counts a file once, whatever links lead to it', async () => {
    const configDir = claudeHome({
      'p/a.jsonl': plain,
      'p/same.jsonl': { link: 'a.jsonl' },
      'linked-folder': { link: 'p' },
    })

    const found = await findLogs(configDir)

    expect(names(found.files)).toEqual(['p/a.jsonl'])
    expect(found.leftOut).toEqual([])
  })

  it('does not follow links that leave the folder of sessions or lead nowhere, and says so', async () => {
    const outside = tempTree({ 'out.jsonl': plain })
    const configDir = claudeHome({
      'p/a.jsonl': plain,
      'p/out.jsonl': { link: join(outside, 'out.jsonl') },
      'p/gone.jsonl': { link: 'missing.jsonl' },
      'out-folder': { link: outside },
    })

    const found = await findLogs(configDir)

    expect(names(found.files)).toEqual(['p/a.jsonl'])
    expect(found.leftOut.map(({ reason }) => reason.code).sort()).toEqual([
      'link-broken',
      'link-outside-root',
      'link-outside-root',
    ])
  })

  it('follows a folder of sessions that is itself a link', async () => {
    const real = claudeHome({ 'p/a.jsonl': plain })
    const configDir = tempTree({ projects: { link: join(real, 'projects') } })

    const page = await list(configDir)

    expect(page.sessions[0]?.listedPath).toBe(join(configDir, 'projects/p/a.jsonl'))
    expect(page.sessions[0]?.path).toBe(join(real, 'projects/p/a.jsonl'))
  })

  it('D7: finds the logs of helper agents, in their folder and beside the session', async () => {
    const helper = log(
      user('do a part', { isSidechain: true, sessionId: 'main' }),
      agent('done', { isSidechain: true }),
    )
    const configDir = claudeHome({
      'p/main.jsonl': plain,
      'p/main/subagents/agent-1.jsonl': helper,
      'p/main/subagents/workflows/w/agent-2.jsonl': helper,
      'p/main/subagents/notes.jsonl': helper,
      'p/agent-3.jsonl': helper,
    })

    const page = await list(configDir)

    expect(names(page.sessions)).toEqual(['p/main.jsonl'])
    expect(page.sessions[0]?.subagentPaths.map((path) => path.split('/projects/')[1])).toEqual([
      'p/main/subagents/agent-1.jsonl',
      'p/main/subagents/workflows/w/agent-2.jsonl',
      'p/agent-3.jsonl',
    ])
    expect(page.unusable.map(({ sessionId, unusable }) => [sessionId, unusable?.code])).toEqual([
      ['agent-3', 'helper-log'],
    ])
  })

  it.skipIf(process.getuid?.() === 0)('names a log that may not be read', async () => {
    const configDir = claudeHome({ 'p/a.jsonl': plain, 'p/secret.jsonl': plain })
    chmodSync(join(configDir, 'projects/p/secret.jsonl'), 0)

    const page = await list(configDir)

    expect(names(page.sessions)).toEqual(['p/a.jsonl'])
    expect(page.leftOut.map(({ reason }) => reason.code)).toEqual(['unreadable'])
  })
})
