// Keeps what Node compiles while the bundled server starts, detects and imports, so that later servers need not compile it
// again: one file beside each file of the server. Node takes it back only for the same version and the same code.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

if (process.argv[2] === 'app-server') serveAndKeep()
else await warmUp()

/** In the child process: is the server, and writes what was compiled when it ends. */
function serveAndKeep() {
  const { loaded } = createRequire(import.meta.url)('../packages/cli/bin/gangway.js')
  process.on('exit', () => {
    for (const [file, { script }] of loaded) {
      const staged = `${file}.cache.${process.pid}.tmp`
      writeFileSync(staged, script.createCachedData())
      renameSync(staged, `${file}.cache`)
    }
  })
}

/** Talks to a server over a small home of its own, in which there is one of each kind. */
async function warmUp() {
  const home = mkdtempSync(join(tmpdir(), 'gangway-code-cache-'))
  try {
    writeHome(home)
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'app-server'], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, USERPROFILE: home, CODEX_HOME: join(home, '.codex') },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const next = readMessages(child.stdout)
    const send = (message) => child.stdin.write(`${JSON.stringify(message)}\n`)
    send({ id: 0, method: 'initialize', params: { clientInfo: { name: 'build', title: null, version: '1' } } })
    await next(({ id }) => id === 0)
    send({ method: 'initialized' })
    // Twice: the second is answered from what is known.
    for (const id of [1, 2]) send({ id, method: 'externalAgentConfig/detect', params: { includeHome: true } })
    const { result } = await next(({ id }) => id === 2)
    send({ id: 3, method: 'externalAgentConfig/import', params: { migrationItems: result.items } })
    await next(({ method }) => method === 'externalAgentConfig/import/completed')
    child.stdin.end()
    process.exitCode = await ended
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function writeHome(home) {
  const put = (name, text) => {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), text)
  }
  mkdirSync(join(home, '.codex'))
  const document = (name) =>
    `---\nname: ${name}\ndescription: Helps Claude\n---\n\n# ${name}\n\nUse Claude Code, see CLAUDE.md.\n`
  put('.claude/skills/one/SKILL.md', document('one'))
  put('.claude/skills/one/references/two.md', 'text\n')
  put('.claude/commands/group/three.md', document('three'))
  put('.claude/agents/four.md', document('four'))
  put('.claude/CLAUDE.md', document('notes'))
  const hooks = { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'echo hook', timeout: 5 }] }] }
  put('.claude/settings.json', JSON.stringify({ env: { STAGE: 'build' }, hooks }))
  const mcpServers = {
    five: { command: 'server', args: ['x'], env: { A: '1' } },
    six: { type: 'http', url: 'https://x.example' },
  }
  put('.claude.json', JSON.stringify({ mcpServers }))
  put('.claude/projects/-work/2f6c2a52-0000-4000-8000-000000000001.jsonl', conversation(home))
}

/** The log of a conversation with one call of each sort of tool. */
function conversation(cwd) {
  const records = []
  const add = (type, content, more = {}) => {
    const number = records.length
    const message = { role: type, content, ...(type === 'assistant' && { id: `m${number}`, model: 'model' }) }
    const ids = { uuid: `r${number}`, parentUuid: number === 0 ? null : `r${number - 1}` }
    const timestamp = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString()
    records.push({
      type,
      ...ids,
      timestamp,
      cwd,
      sessionId: 's',
      isSidechain: false,
      gitBranch: 'main',
      message,
      ...more,
    })
  }
  const call = (name, input, toolUseResult) => {
    const id = `call${records.length}`
    add('assistant', [{ type: 'tool_use', id, name, input }])
    add('user', [{ type: 'tool_result', tool_use_id: id, content: 'what came of it' }], { toolUseResult })
  }
  const hunk = { oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: ['-a', '+b'] }
  for (const turn of [1, 2, 3]) {
    add('user', `request ${turn}`)
    add('assistant', [{ type: 'thinking', thinking: 'thought', signature: 's' }])
    add('assistant', [{ type: 'text', text: `answer — ${turn}` }])
    call('Bash', { command: 'ls', description: 'list' }, { stdout: 'x', stderr: '', interrupted: false })
    call('Read', { file_path: '/a' }, { type: 'text', file: { content: 'x' } })
    call('Edit', { file_path: '/a', old_string: 'a', new_string: 'b' }, { structuredPatch: [hunk] })
    call('Grep', { pattern: 'x', path: '/a' }, { filenames: [] })
  }
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

/** A function that waits for the first message, from now on or not yet taken, that `matches`. */
function readMessages(stream) {
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]()
  return async (matches) => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done) throw new Error('the server ended before it had answered')
      const message = JSON.parse(value)
      if (message.error) throw new Error(`the server refused: ${message.error.message}`)
      if (matches(message)) return message
    }
  }
}
