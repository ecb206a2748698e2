import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SessionEvent } from '../../src/session.js'
import { readTranscript } from '../../src/sources/cursor/sessions/transcript.js'
import { grow, tempTree } from '../core/temp-tree.js'
import { writeCommandLineStore, writeGlobalStore, writeWorkspaceStore } from './cursor-databases.js'
import { agent, cursorHome, person, slugOf, transcript } from './cursor-home.js'

const DAY = Date.UTC(2026, 10, 10)

async function eventsOf(text: string) {
  const root = tempTree({ 'a.jsonl': text })
  const reading = readTranscript(join(root, 'a.jsonl'), {})
  const events: SessionEvent[] = []
  for await (const event of reading) events.push(event)
  return { events, report: reading.report! }
}

describe('transcripts', () => {
  it('E14: finds the folder of a project whatever separators and dashes its name has', async () => {
    const home = cursorHome()
    const folders = ['my-proj.x', 'a--b', 'plain'].map((name) => join(home.root, name))
    for (const folder of folders) {
      mkdirSync(folder)
      const file = `home/.cursor/projects/${slugOf(folder)}/agent-transcripts/${slugOf(folder).slice(-4)}.jsonl`
      grow(home.root, { [file]: transcript(person('<user_query>hello</user_query>')) })
    }

    const offered = await home.offered()

    expect(offered.map(([, cwd]) => cwd).sort()).toEqual(['a--b', 'my-proj.x', 'plain'])
  })

  it('E14a: takes a record’s own folder before the one its project is named for, and offers what names neither', async () => {
    const home = cursorHome({
      'home/.cursor/projects/gone/agent-transcripts/c1/c1.jsonl': transcript(person('one', { cwd: '/elsewhere' })),
      'home/.cursor/projects/gone/agent-transcripts/c2/c2.jsonl': transcript(person('two')),
      'home/.cursor/projects/gone/agent-transcripts/c2/subagents/s.jsonl': transcript(person('helper')),
    })

    const offered = await home.offered()

    expect(offered.map(([, cwd, title]) => [cwd, title]).sort()).toEqual([
      ['/elsewhere', 'one'],
      ['home', 'two'],
    ])
  })

  it('gives words, calls in neutral words, and says where a result is missing', async () => {
    const { events, report } = await eventsOf(
      transcript(
        person('<timestamp>Monday, Nov 9, 2026, 10:15 AM (UTC+1)</timestamp>\n<user_query>\nlist\n</user_query>'),
        agent({ type: 'text', text: 'I look' }, { type: 'tool_use', name: 'Shell', input: { command: 'ls' } }),
        agent({ type: 'tool_use', name: 'Write', input: { path: '/x', contents: 'y' } }),
        person('<user_query>thanks</user_query>'),
        { type: 'turn_ended', status: 'success' },
      ),
    )

    expect(
      events.map((event) => [event.type, 'tool' in event ? event.tool : 'text' in event ? event.text : '']),
    ).toEqual([
      ['note', '<timestamp>Monday, Nov 9, 2026, 10:15 AM (UTC+1)</timestamp>'],
      ['userMessage', 'list'],
      ['agentMessage', 'I look'],
      ['toolCall', 'Bash'],
      ['toolResult', '(the transcript does not hold the result)'],
      ['toolCall', 'Write'],
      ['toolResult', '(the transcript does not hold the result)'],
      ['userMessage', 'thanks'],
    ])
    expect(events[5]).toMatchObject({ input: { file_path: '/x', content: 'y' } })
    expect(events[1]).toMatchObject({ atMs: Date.UTC(2026, 10, 9, 9, 15) })
    expect(report.counts).toEqual({ shown: 4, 'bookkeeping:turn_ended': 1 })
  })

  it('keeps words that are not wrapped in the known way as they stand', async () => {
    const { events } = await eventsOf(
      transcript(person('<user_query>a</user_query> tail'), person('<x>b</x><user_query>c</user_query>')),
    )

    expect(events.map((event) => 'text' in event && event.text)).toEqual([
      '<user_query>a</user_query> tail',
      '<x>b</x><user_query>c</user_query>',
    ])
  })

  it('becomes a thread, and grows with its transcript', async () => {
    const path = 'home/.cursor/projects/p/agent-transcripts/c1/c1.jsonl'
    const home = cursorHome({ [path]: transcript(person('first'), agent({ type: 'text', text: 'answer' })) })

    const [first] = await home.import((await home.items()).filter(({ itemType }) => itemType === 'SESSIONS'))
    appendFileSync(join(home.root, path), transcript(person('second')))
    const [second] = await home.import((await home.items()).filter(({ itemType }) => itemType === 'SESSIONS'))

    expect([first?.successCount, second?.successCount]).toEqual([1, 1])
    expect(second?.successes[0]?.target).toBe(first?.successes[0]?.target)
    const text = readFileSync(second!.successes[0]!.targetPath!, 'utf8')
    expect(text.match(/"type":"user_message"/g)).toHaveLength(2)
    expect(await home.offered()).toEqual([])
    expect(home.troubles).toEqual([])
  })
})

describe('chats in databases', () => {
  const bubbles = [
    { bubbleId: 'b1', type: 1, text: 'what is here?', createdAt: '2026-11-10T00:00:01.000Z' },
    { bubbleId: 'b2', type: 2, thinking: { text: 'hm' }, text: 'I look' },
    {
      bubbleId: 'b3',
      type: 2,
      text: '',
      toolFormerData: {
        name: 'run_terminal_cmd',
        toolCallId: 't1',
        rawArgs: '{"command":"ls"}',
        result: '{"output":"a\\nb"}',
        status: 'completed',
      },
    },
  ] as const
  const chat = { composerId: 'c-1', name: 'Looking around', createdAt: DAY, lastUpdatedAt: DAY + 60_000, bubbles }

  it.each([
    ['Linux', 'home/.config/Cursor/User'],
    ['macOS', 'home/Library/Application Support/Cursor/User'],
  ])(
    'come over from the places of %s, with titles, dates and projects, and the databases stay untouched',
    async (_, user) => {
      const home = cursorHome({
        [`${user}/workspaceStorage/abc/workspace.json`]: '{}',
      })
      const store = join(home.root, user, 'globalStorage/state.vscdb')
      const open = writeGlobalStore(store, [chat], true)
      writeWorkspaceStore(join(home.root, user, 'workspaceStorage/abc/state.vscdb'), [{ composerId: 'c-1' }])
      grow(home.root, {
        [`${user}/workspaceStorage/abc/workspace.json`]: JSON.stringify({ folder: `file://${home.repository}` }),
      })
      const before = hashOf(dirname(store))

      const offered = await home.offered()
      const [result] = await home.import((await home.items()).filter(({ itemType }) => itemType === 'SESSIONS'))

      expect(hashOf(dirname(store))).toEqual(before)
      open.close()
      expect(offered).toEqual([['home/.codex/gangway/cursor-chats/c-1.jsonl', 'repo', 'Looking around']])
      const [success] = result!.successes
      expect(success).toMatchObject({ cwd: home.repository, title: 'Looking around' })
      const lines = readFileSync(success!.targetPath!, 'utf8')
      expect(lines).toContain('what is here?')
      expect(lines).toContain('a\\nb')
      expect(JSON.parse(lines.split('\n')[0]!)).toMatchObject({ payload: { timestamp: new Date(DAY).toISOString() } })
      expect(statSync(success!.targetPath!).mtimeMs).toBe(DAY + 60_000)
    },
  )

  it('go on where they ended when more was said, and are not read again while nothing was', async () => {
    const home = cursorHome()
    const store = join(home.home, '.config/Cursor/User/globalStorage/state.vscdb')
    writeGlobalStore(store, [chat])
    const sessions = async () => (await home.items()).filter(({ itemType }) => itemType === 'SESSIONS')
    const [first] = await home.import(await sessions())
    const none = await sessions()
    const next = { bubbleId: 'b4', type: 1, text: 'and more?' } as const
    writeGlobalStore(store, [{ ...chat, lastUpdatedAt: DAY + 120_000, bubbles: [...bubbles, next] }])

    const [second] = await home.import(await sessions())

    expect(none).toEqual([])
    expect(second?.successes[0]?.target).toBe(first?.successes[0]?.target)
    expect(readFileSync(second!.successes[0]!.targetPath!, 'utf8')).toContain('and more?')
  })

  it('of the command line come over with the folder that their hash stands for', async () => {
    const home = cursorHome()
    const hash = createHash('md5').update(home.repository).digest('hex')
    grow(home.root, {
      [`home/.cursor/projects/${slugOf(home.repository)}/agent-transcripts/x.jsonl`]: transcript(person('other')),
    })
    const meta = { agentId: 'u-1', name: 'New Agent', createdAt: DAY, lastUsedModel: 'm-1' }
    writeCommandLineStore(join(home.home, '.cursor/chats', hash, 'u-1', 'store.db'), meta, [
      { role: 'system', content: 'be good' },
      { role: 'user', content: '<user_query>hi there</user_query>' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'hello' },
          { type: 'tool-call', toolCallId: 't', toolName: 'Shell', args: { command: 'ls' } },
        ],
      },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 't', toolName: 'Shell', result: 'listing' }] },
    ])

    const offered = await home.offered()
    const [result] = await home.import((await home.items()).filter(({ itemType }) => itemType === 'SESSIONS'))

    expect(offered).toContainEqual(['home/.codex/gangway/cursor-chats/u-1.jsonl', 'repo', 'New Agent'])
    const brought = result!.successes.find(({ title }) => title === 'New Agent')!
    const text = readFileSync(brought.targetPath!, 'utf8')
    expect(text).toContain('hi there')
    expect(text).toContain('listing')
    expect(text).not.toContain('be good')
  })

  it('of which Cursor keeps a transcript are told by that, with the name that the database has', async () => {
    const home = cursorHome({
      'home/.cursor/projects/p/agent-transcripts/c-1/c-1.jsonl': transcript(person('what is here?')),
    })
    writeGlobalStore(join(home.home, '.config/Cursor/User/globalStorage/state.vscdb'), [chat])

    expect(await home.offered()).toEqual([
      ['home/.cursor/projects/p/agent-transcripts/c-1/c-1.jsonl', 'home', 'Looking around'],
    ])
  })

  it('in a file that is no database are a warning that names it, and the others go on', async () => {
    const home = cursorHome({
      'home/.config/Cursor/User/globalStorage/state.vscdb': 'no database at all, only some words that are long enough',
      'home/.cursor/projects/p/agent-transcripts/c1.jsonl': transcript(person('still here')),
    })

    const found = await home.imports.detect({ includeHome: true, migrationSource: 'cursor' }, { experimental: true })

    expect(found.items.map(({ itemType }) => itemType)).toEqual(['SESSIONS'])
    expect(found.warnings?.map(({ path }) => path)).toEqual([
      join(home.home, '.config/Cursor/User/globalStorage/state.vscdb'),
    ])
    expect(existsSync(join(home.codexHome, 'gangway/cursor-chats/c-1.jsonl'))).toBe(false)
  })
})

/** Names, bytes and times of everything in a folder. */
function hashOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name)
      return `${name} ${statSync(path, { bigint: true }).mtimeNs} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`
    })
}
