import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Writes a Claude Code home of a stated size. Deterministic; the text is filler of realistic shape. */
export function writeHome(
  home,
  { skills = 500, skillFiles = 4, commands = 100, agents = 50, servers = 20, bytes = 2_000 } = {},
) {
  const root = path.join(home, '.claude')
  const put = (name, text) => {
    const file = path.join(root, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  for (let index = 0; index < skills; index++) {
    const folder = `skills/skill-${String(index).padStart(4, '0')}`
    put(
      `${folder}/SKILL.md`,
      `---\nname: skill-${index}\ndescription: Skill number ${index} for Claude Code\n---\n\n# Skill ${index}\n\n${filler(index, bytes)}\n`,
    )
    for (let file = 1; file < skillFiles; file++)
      put(`${folder}/${file % 2 ? 'references' : 'scripts/nested'}/file-${file}.md`, filler(file, bytes))
  }
  for (let index = 0; index < commands; index++)
    put(
      `commands/${index % 3 ? '' : 'group/'}command-${index}.md`,
      `---\ndescription: Command number ${index}\n---\n\nStep ${index} with Claude.\n${filler(index, 600)}\n`,
    )
  for (let index = 0; index < agents; index++)
    put(
      `agents/agent-${index}.md`,
      `---\nname: agent-${index}\ndescription: Agent number ${index}\ntools: Read, Grep\n---\n\nYou are agent ${index}.\n${filler(index, 900)}\n`,
    )
  put('CLAUDE.md', `# Notes\n\nUse Claude Code with care.\n${filler(1, 4_000)}\n`)
  const hooks = { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'echo hook', timeout: 5 }] }] }
  put('settings.json', JSON.stringify({ env: { STAGE: 'bench' }, hooks }, null, 2))
  const mcpServers = Object.fromEntries(
    Array.from({ length: servers }, (_, index) => [
      `server-${index}`,
      index % 2
        ? { type: 'http', url: `https://mcp.example.com/${index}` }
        : { command: 'server', args: ['--number', String(index)], env: { NUMBER: String(index) } },
    ]),
  )
  writeFileSync(path.join(home, '.claude.json'), JSON.stringify({ mcpServers }, null, 2))
}

const WORDS =
  'the build runs each step in order and writes what it finds to a report that people read before they merge a change'.split(
    ' ',
  )

function filler(seed, bytes) {
  let text = ''
  for (let index = seed; text.length < bytes; index++)
    text += `${WORDS[(index * 7 + seed) % WORDS.length]}${index % 14 === 13 ? '.\n' : ' '}`
  return text
}
