import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Terminal } from '../support/terminal.js'
import { TuiRun } from '../support/tui-run.js'

/** What the composer of the reference shows while it waits for words. */
const READY = /Ask Codex|Explain this codebase|Summarize recent commits|› \S/

async function opened(run: TuiRun, words: readonly string[] = []): Promise<Terminal> {
  const terminal = run.open(words)
  await terminal.shows(READY)
  return terminal
}

/** On a local server the program offers a folder of its own for another conversation. */
async function choosesThisFolder(terminal: Terminal, question: string): Promise<void> {
  await terminal.shows(question)
  terminal.press('1')
}

describe.each(['ws', 'control'] as const)('the terminal UI of the reference on our server, over %s', (listen) => {
  it('chats, asks for approvals, shows patches, is interrupted and steered', async () => {
    await using run = await TuiRun.start(listen)
    const terminal = await opened(run)

    await terminal.say('hello there')
    await terminal.shows('this is the scripted model')

    await terminal.say('approval please')
    await terminal.shows('Would you like to run')
    terminal.press('y')
    await terminal.shows('All done after approval')
    expect(terminal.history()).toContain('echo escalated')

    await terminal.say('decline this')
    await terminal.shows('Would you like to run')
    terminal.press('Escape')
    await terminal.shows(/interrupted|tell the model|You canceled/i)
    expect(existsSync(path.join(run.project, 'never'))).toBe(false)

    await terminal.say('patch please')
    await terminal.shows('Patched it')
    expect(existsSync(path.join(run.project, 'added.txt'))).toBe(true)
    expect(terminal.history()).toMatch(/added\.txt/)

    await terminal.say('slow please')
    await terminal.shows('word word word')
    await terminal.say('steered now')
    await terminal.shows('Steered that way')

    await terminal.say('slow again')
    await terminal.shows(/word word word[\s\S]*word word/)
    terminal.press('Escape')
    await terminal.shows(/interrupted/i)
  })

  it('runs what the person types, compacts, renames, and shows status, diff and servers', async () => {
    await using run = await TuiRun.start(listen)
    const terminal = await opened(run)
    await terminal.say('hello there')
    await terminal.shows('this is the scripted model')

    await terminal.say('!echo from-the-person')
    await terminal.shows(/from-the-person[\s\S]*from-the-person/)
    await terminal.say('/compact')
    await terminal.shows(/compacted/i)
    await terminal.say('/rename Harbour talk')
    await terminal.shows(/Harbour talk/)
    await terminal.say('/status')
    await terminal.shows(/gpt-5\.5/)
    await terminal.say('/mcp')
    await terminal.shows(/No MCP servers|MCP Tools/i)
    writeFileSync(path.join(run.project, 'hello.txt'), 'changed by hand\n')
    await terminal.say('/diff')
    await terminal.shows(/changed by hand/)
  })

  it('begins anew, resumes, forks, quits, and resumes from the command line', async () => {
    await using run = await TuiRun.start(listen)
    const terminal = await opened(run)
    await terminal.say('hello the first')
    await terminal.shows('this is the scripted model')
    await terminal.say('/new')
    if (listen === 'control') await choosesThisFolder(terminal, 'Where should the new conversation run')
    await terminal.shows(READY)
    await terminal.say('approval of the second')
    await terminal.shows('Would you like to run')
    terminal.press('y')
    await terminal.shows('All done after approval')
    await terminal.say('/resume')
    await terminal.shows('The first talk')
    terminal.press('Down')
    terminal.press('Enter')
    await terminal.shows(/hello the first[\s\S]*scripted model/)
    await terminal.say('/fork')
    if (listen === 'control') await choosesThisFolder(terminal, 'Where should the forked conversation run')
    await terminal.shows(/forked from|fork/i)
    await terminal.say('hello from the fork')
    await terminal.shows(/hello from the fork[\s\S]*scripted model/)
    await terminal.say('/quit')
    await terminal.shows('EXIT=0')
    const id = /resume ([0-9a-f-]{36})/.exec(terminal.history())?.[1]

    const again = await opened(run, ['resume', id ?? '--last'])
    await again.shows('hello from the fork')
  })

  it('brings another agent’s things over', async () => {
    await using run = await TuiRun.start(listen)
    const home = path.join(run.root, listen === 'ws' ? 'server' : 'person')
    const skill = path.join(home, '.claude', 'skills', 'berth')
    mkdirSync(skill, { recursive: true })
    writeFileSync(path.join(skill, 'SKILL.md'), '---\nname: berth\ndescription: Finds a berth.\n---\nLook.\n')
    const terminal = await opened(run)

    await terminal.say('/import')
    await terminal.shows(/skill/i)
    terminal.press('Enter')
    await terminal.shows(/Import finished|imported/i)

    expect(existsSync(path.join(home, '.agents', 'skills', 'berth', 'SKILL.md'))).toBe(true)
  })
})
