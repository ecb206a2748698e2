import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importAll, workplace } from './claude-home.js'

const answering = `process.stdin.once('data', () => console.log(JSON.stringify({ jsonrpc: '2.0', id: 1, result: {} })))`

const TREE = {
  'home/.claude.json': JSON.stringify({
    mcpServers: {
      answers: { command: process.execPath, args: ['-e', answering] },
      ends: { command: process.execPath, args: ['-e', 'console.error("no licence"); process.exit(3)'] },
      gone: { command: 'no-such-program' },
    },
  }),
  'home/.claude/settings.json': JSON.stringify({
    hooks: { Stop: [{ hooks: [{ type: 'command', command: '/nowhere/hook.sh' }] }] },
  }),
  'home/.claude/skills/pdf/SKILL.md': '---\nname: pdf\ndescription: PDFs\n---\nbody\n',
  'home/.claude/agents/reviewer.md': '---\nname: reviewer\ndescription: Reviews\n---\nYou review.\n',
  'home/.claude/CLAUDE.md': '# Guide\n',
}

async function imported() {
  const place = workplace(TREE, { PATH: '/usr/bin' })
  const { items } = await place.imports.detect({ includeHome: true })
  const { importId } = await importAll(place.imports, { migrationItems: items })
  return { ...place, importId }
}

describe('externalAgentConfig/import/verify', () => {
  it('names what cannot work, with the reason and a way out, and starts nothing unasked', async () => {
    const { imports, importId } = await imported()

    const { items, counts } = await imports.verify({ importId })

    const wrong = items.filter(({ status }) => status !== 'verified')
    expect(wrong.map(({ name, checks }) => [name, checks.map(({ code }) => code)])).toEqual([
      ['gone', ['command-missing']],
      ['Stop', ['script-missing']],
    ])
    expect(wrong.every(({ checks }) => checks.every(({ action }) => action !== null))).toBe(true)
    expect(counts.verified).toBe(items.length - 2)
  })

  it('starts servers when asked, and says what one complained of that ended', async () => {
    const { imports } = await imported()

    const { items } = await imports.verify({ startServers: true })

    const servers = items.filter(({ itemType }) => itemType === 'MCP_SERVER_CONFIG')
    expect(servers.map(({ name, status }) => [name, status])).toEqual([
      ['answers', 'verified'],
      ['ends', 'broken'],
      ['gone', 'broken'],
    ])
    expect(servers[1]!.checks[0]!.message).toContain('no licence')
  })

  it('sees what was spoilt or removed since, and forgets what was undone', async () => {
    const { imports, home, codexHome, importId } = await imported()
    writeFileSync(join(codexHome, 'agents/reviewer.toml'), 'name = ')
    writeFileSync(join(home, '.agents/skills/pdf/SKILL.md'), '---\nname: pdf\n---\n')
    rmSync(join(codexHome, 'AGENTS.md'))

    const { items } = await imports.verify({})

    const codes = Object.fromEntries(items.map(({ itemType, checks }) => [itemType, checks.map(({ code }) => code)]))
    expect(codes).toMatchObject({ SUBAGENTS: ['invalid'], SKILLS: ['front-matter'], AGENTS_MD: ['missing'] })
    await imports.undo({ importId })
    expect((await imports.verify({})).items).toEqual([])
  })

  it('refuses an import that no history has', async () => {
    const { imports } = workplace()

    await expect(imports.verify({ importId: 'none' })).rejects.toMatchObject({ code: -32600 })
  })
})
