import { closeSync, mkdirSync, openSync, utimesSync, writeSync } from 'node:fs'
import path from 'node:path'

/** Sizes of lines are skewed as in real logs: many short ones, a few long tool results. The mean is 1. */
const SIZES = [0.25, 0.25, 0.25, 0.25, 0.25, 1, 1, 1, 2, 5.5]
const WORDS =
  'the build runs each step in order and writes what it finds to a report that people read before they merge a change'.split(
    ' ',
  )
/** How far apart the seeds of two lines are. */
const NEXT = 104_729
/** One line in this many holds characters beyond ASCII. */
const FOREIGN_EVERY = 10
const FOREIGN = ' — größer, café, 日本'

/**
 * Writes session logs of Claude Code below `home`: per four lines a request, thoughts with an answer, a call of a tool and its
 * result. Deterministic but for file times, which are one minute apart and recent. Gives bytes and lines.
 */
export function writeSessions(home, { sessions, lines, bytesPerLine = 1_500, projects = 5 }) {
  const pool = textPool(1 << 18)
  let bytes = 0
  for (let number = 0; number < sessions; number++) {
    const cwd = path.join(home, 'work', `project-${number % projects}`)
    const folder = path.join(home, '.claude', 'projects', cwd.replace(/[^A-Za-z0-9]/g, '-'))
    mkdirSync(cwd, { recursive: true })
    mkdirSync(folder, { recursive: true })
    const sessionId = uuid(number, 0)
    const file = path.join(folder, `${sessionId}.jsonl`)
    const startMs = Date.UTC(2026, 4, 1) + number * 3_600_000
    const target = openSync(file, 'w')
    let text = ''
    for (let index = 0; index < lines; index++) {
      text += `${JSON.stringify(record({ number, index, cwd, sessionId, startMs, bytesPerLine, pool }))}\n`
      if (text.length > 1 << 20 || index === lines - 1) {
        bytes += writeSync(target, text)
        text = ''
      }
    }
    closeSync(target)
    const seconds = Date.now() / 1000 - number * 60
    utimesSync(file, seconds, seconds)
  }
  return { bytes, lines: sessions * lines }
}

function record({ number, index, cwd, sessionId, startMs, bytesPerLine, pool }) {
  const seed = number * 7919 + index * NEXT
  const want = Math.max(40, bytesPerLine * SIZES[(seed >>> 3) % SIZES.length] - 520)
  const foreign = index % FOREIGN_EVERY === 5 ? FOREIGN : ''
  const text = (length) => pool.slice(seed % (1 << 17), (seed % (1 << 17)) + Math.floor(length)) + foreign
  const kind = index % 4
  const base = {
    parentUuid: index === 0 ? null : uuid(number, index - 1),
    isSidechain: false,
    userType: 'external',
    cwd,
    sessionId,
    version: '2.0.14',
    gitBranch: 'main',
    type: kind === 0 || kind === 3 ? 'user' : 'assistant',
    uuid: uuid(number, index),
    timestamp: new Date(startMs + index * 7_000).toISOString(),
  }
  const callId = `toolu_${uuid(number, index - (index % 4)).slice(0, 18)}`
  switch (kind) {
    case 0:
      return {
        ...base,
        message: { role: 'user', content: `Request ${number}.${index}: ${text(index === 0 ? 80 : want)}` },
      }
    case 1:
      return {
        ...base,
        message: agent(number, index, [
          { type: 'thinking', thinking: text(want * 0.4), signature: 'c2ln' },
          { type: 'text', text: text(want * 0.6) },
        ]),
      }
    case 2: {
      const name = toolAt(seed)
      return {
        ...base,
        message: agent(number, index, [{ type: 'tool_use', id: callId, name, input: input(name, cwd, text, want) }]),
      }
    }
    default: {
      const output = text(want / 2)
      return {
        ...base,
        message: { role: 'user', content: [{ tool_use_id: callId, type: 'tool_result', content: output }] },
        toolUseResult:
          toolAt(seed - NEXT) === 'Edit'
            ? { filePath: `${cwd}/notes.md`, structuredPatch: [patch(output)], userModified: false, replaceAll: false }
            : { stdout: output, stderr: '', interrupted: false, isImage: false },
      }
    }
  }
}

function toolAt(seed) {
  return ['Bash', 'Read', 'Grep', 'Edit'][(seed >>> 5) % 4]
}

/** One line of many replaced. */
function patch(text) {
  const lines = text.split('\n')
  const context = lines.slice(1).map((line) => ` ${line}`)
  const counts = { oldStart: 10, oldLines: lines.length, newStart: 10, newLines: lines.length }
  return { ...counts, lines: [`-${lines[0]}`, `+${lines[0].toUpperCase()}`, ...context] }
}

function agent(number, index, content) {
  const usage = { input_tokens: 4, cache_read_input_tokens: index * 31, output_tokens: 12, service_tier: 'standard' }
  return {
    id: `msg_${uuid(number, index).slice(0, 18)}`,
    type: 'message',
    role: 'assistant',
    model: 'model-x',
    content,
    stop_reason: null,
    usage,
  }
}

function input(name, cwd, text, want) {
  if (name === 'Bash') return { command: `cat ${text(Math.min(want, 400))}`, description: text(40) }
  if (name === 'Read') return { file_path: `${cwd}/notes.md` }
  if (name === 'Grep') return { pattern: text(20), path: cwd }
  const [first, ...rest] = text(want / 2).split('\n')
  const words = (line) => [line, ...rest].join('\n')
  return { file_path: `${cwd}/notes.md`, old_string: words(first), new_string: words(first.toUpperCase()) }
}

function textPool(length) {
  let text = ''
  for (let index = 0; text.length < length; index++)
    text += `${WORDS[(index * 7 + (index >>> 4)) % WORDS.length]}${index % 14 === 13 ? '.\n' : ' '}`
  return text
}

function uuid(number, index) {
  const hex = (value, length) => value.toString(16).padStart(length, '0').slice(-length)
  return `${hex(number, 8)}-0000-4000-8000-${hex(index, 12)}`
}
