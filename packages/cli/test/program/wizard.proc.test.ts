import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.js'
import { type SampleTalk, talkLines } from './threads-home.js'
import { hasTmux, runInTerminal } from './tmux.js'

/** A home in which another agent has worked in three projects, two of which are still there. */
async function busyHome() {
  const folder = await temporaryFolder()
  const talk = (name: string, asked: string, project: string, daysAgo: number): SampleTalk => ({
    name,
    asked,
    answered: 'Done.',
    atMs: Date.now() - daysAgo * 86_400_000,
    cwd: `${folder.path}/${project}`,
  })
  const talks = [
    talk('a', 'Paint the wall', 'harbour', 1),
    talk('b', 'Count the boats', 'harbour', 20),
    talk('c', 'Light the lamp', 'tower', 2),
    talk('d', 'Feed the gulls', 'gone', 3),
  ]
  await folder.write({
    ...Object.fromEntries(talks.map((one) => [`.claude/projects/-w/${one.name}.jsonl`, talkLines(one)])),
    'here/.git/HEAD': '',
    'harbour/.git/HEAD': '',
    'harbour/CLAUDE.md': 'Harbour rules.\n',
    'tower/.git/HEAD': '',
  })
  return folder
}

describe.skipIf(!hasTmux)('the import wizard', () => {
  it('offers other projects, narrows conversations down, marks what came over, and says how to undo', async () => {
    await using folder = await busyHome()
    const options = { cwd: `${folder.path}/here`, env: { HOME: folder.path } }
    await using run = await runInTerminal(['import', '--from', 'claude-code'], options)

    await run.shows('Other projects of this agent hold something')
    await run.shows('~/harbour: instructions')
    await run.type('Tab', 'Enter')
    await run.shows('Instructions (1) from ~/harbour')
    await run.shows('Conversations (4) from home')
    await run.type('Enter')
    await run.shows('Everything in them?')
    await run.type('Down', 'Enter')
    await run.shows('Conversations: which? (4 new')
    await run.type('Down', 'Enter')
    await run.shows('Which projects?')
    await run.type('harbour')
    await run.shows('(1 match)')
    await run.type('Tab', 'Enter')
    await run.shows('These 2 of 4')
    await run.type('Down', 'Down', 'Enter')
    await run.shows('How recent?')
    await run.type('Down', 'Enter')
    await run.shows('These 1 of 4')
    await run.type('Enter')
    await run.shows('Write it?')
    await run.type('Enter')
    await run.shows('exit code 0')
    const screen = await run.everything()
    const threads = Object.keys(await folder.read()).filter((path) => path.startsWith('.codex/sessions/'))

    expect(threads).toHaveLength(1)
    expect((await folder.read())['harbour/AGENTS.md']).toContain('Harbour rules.')
    expect(screen).toContain('✓ 1/1 Paint the wall')
    expect(screen).toMatch(/To take it back: gangway import undo [0-9a-f-]{36}/)

    await using again = await runInTerminal(['import', '--from', 'claude-code', '--kinds', 'sessions'], options)
    await again.shows('Conversations (3) from home')
    await again.type('Enter')
    await again.shows('Everything in them?')
    await again.type('Down', 'Enter')
    await again.shows('1 came over already')
    await again.type('Down', 'Down', 'Down', 'Enter')
    await again.shows(/Paint the wall · .* · came over/)
    await again.type('lamp')
    await again.shows('(1 match)')
    await again.type('Tab', 'Enter')
    await again.shows('Write it?')
    await again.type('Enter')
    await again.shows('✓ 1/1 Light the lamp')
    expect(await again.shows('exit code')).toContain('exit code 0')
  })

  it('asks which agents when more than one left something, and brings them over one after the other', async () => {
    await using folder = await temporaryFolder()
    await folder.write({
      '.claude/CLAUDE.md': 'Short sentences.\n',
      '.cursor/mcp.json': JSON.stringify({ mcpServers: { docs: { command: 'docs-server' } } }),
    })
    await using run = await runInTerminal(['import', '--home-only'], { cwd: folder.path, env: { HOME: folder.path } })

    await run.shows('More than one agent left something here')
    await run.type('Enter')
    await run.shows('From Claude Code:')
    await run.shows('What should come aboard?')
    await run.type('Enter')
    await run.shows('Write it?')
    await run.type('Enter')
    await run.shows('From Cursor:')
    await run.shows(/MCP servers \(1\) from home/)
    await run.type('C-c')

    expect(await run.shows('exit code')).toContain('exit code 130')
    expect((await folder.read())['.codex/AGENTS.md']).toContain('Short sentences.')
    expect((await folder.read())['.codex/config.toml'] ?? '').not.toContain('docs-server')
  })

  it('shows how far it is, stops at the first Ctrl-C, and counts what was not done', async () => {
    await using folder = await temporaryFolder()
    const count = 1_500
    const talks = Array.from({ length: count }, (_, index): SampleTalk => {
      return { name: `t${index}`, asked: `Question ${index}`, answered: 'Yes.', atMs: Date.UTC(2026, 0, 1) + index }
    })
    await folder.write(
      Object.fromEntries(talks.map((talk) => [`.claude/projects/-w/${talk.name}.jsonl`, talkLines(talk)])),
    )
    await using run = await runInTerminal(['import', '--from', 'claude-code', '--home-only'], {
      cwd: folder.path,
      env: { HOME: folder.path },
    })

    await run.shows(`Conversations (${count}) from home`)
    await run.type('Enter')
    await run.shows('Everything in them?')
    await run.type('Enter')
    await run.shows('Write it?')
    await run.type('Enter')
    await run.shows(/░ \d+\/1500 · /)
    await run.type('C-c')
    const screen = await run.shows('exit code 130')
    const threads = Object.keys(await folder.read()).filter((path) => path.startsWith('.codex/sessions/'))

    expect(screen).toMatch(/Stopped before the end: \d+ things arrived\./)
    expect(screen).toMatch(/· \d+ not done/)
    expect(threads.length).toBeGreaterThan(0)
    expect(threads.length).toBeLessThan(count)
    expect(screen).toContain(`Stopped before the end: ${threads.length} things arrived.`)
  })
})
