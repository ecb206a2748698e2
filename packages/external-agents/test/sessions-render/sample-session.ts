import type { RolloutLine } from '@gangway/home'
import { type RenderOptions, SessionRenderer } from '../../src/kinds/sessions/render/index.js'
import type { SessionEvent, SessionSummary } from '../../src/session.js'

/** Ten o'clock on the first of May 2026, UTC. */
export const startMs = Date.UTC(2026, 4, 1, 10)

export const threadId = '019dd000-0000-7000-8000-000000000001'

export const summary: SessionSummary = {
  path: '/home/ann/.claude/projects/-home-ann-app/s1.jsonl',
  listedPath: '/home/ann/.claude/projects/-home-ann-app/s1.jsonl',
  sessionId: 's1',
  cwd: '/home/ann/app',
  title: 'A title',
  startedAtMs: startMs,
  endedAtMs: startMs + 60_000,
  sizeBytes: 1000,
  modifiedNs: 1n,
  gitBranch: 'main',
  connectors: [],
  continuedIn: null,
  subagentPaths: [],
  repairs: [],
}

export const options = {
  threadId,
  originator: 'gangway',
  cliVersion: '0.1.0',
  provenance: { source_agent: 'claude-code', source_path: summary.path, source_session_id: 's1', import_id: 'i1' },
}

const at = (seconds: number) => startMs + seconds * 1000

export const user = (id: string, text: string, seconds = 0): SessionEvent => {
  return { type: 'userMessage', id, atMs: at(seconds), text, images: [] }
}

export const agent = (id: string, text: string, seconds = 0): SessionEvent => {
  return { type: 'agentMessage', id, atMs: at(seconds), text, model: null }
}

export const thought = (id: string, text: string, seconds = 0): SessionEvent => {
  return { type: 'reasoning', id, atMs: at(seconds), text }
}

export const call = (id: string, tool: string, input: unknown, seconds = 0): SessionEvent => {
  return { type: 'toolCall', id, atMs: at(seconds), tool, input }
}

export const result = (
  callId: string,
  text: string,
  seconds = 0,
  more: Partial<Extract<SessionEvent, { type: 'toolResult' }>> = {},
): SessionEvent => {
  return { type: 'toolResult', callId, atMs: at(seconds), text, images: [], isError: false, details: null, ...more }
}

export const pixel = {
  mediaType: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
}

/** A session with one of everything. */
export const richSession: readonly SessionEvent[] = [
  agent('a0', 'Welcome back.', 0),
  user('u1', 'Fix the bug', 1),
  thought('r1', 'Where is it?', 2),
  agent('a1', 'Looking.', 3),
  call('t1', 'Bash', { command: 'ls -la', description: 'List files' }, 4),
  call('t2', 'Read', { file_path: '/home/ann/app/a.ts' }, 4),
  result('t1', 'a.ts\nb.ts', 5, { details: { stdout: 'a.ts\nb.ts', stderr: '', interrupted: false } }),
  result('t2', '1\tconst a = 1', 6),
  call('t3', 'Edit', { file_path: '/home/ann/app/a.ts', old_string: 'a = 1', new_string: 'a = 2' }, 7),
  result('t3', 'The file has been updated.', 8, {
    details: {
      filePath: '/home/ann/app/a.ts',
      originalFile: 'const a = 1\n',
      structuredPatch: [
        { oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: ['-const a = 1', '+const a = 2'] },
      ],
    },
  }),
  call('t4', 'Write', { file_path: '/home/ann/app/new.ts', content: 'x\n' }, 9),
  result('t4', 'File created', 9, { details: { type: 'create', filePath: '/home/ann/app/new.ts' } }),
  call('t5', 'Bash', { command: 'false' }, 10),
  result('t5', 'Exit code 1\nno', 11, { isError: true }),
  call('t6', 'mcp__github__get_issue', { number: 7 }, 12),
  result('t6', 'issue 7', 13, { images: [pixel] }),
  call('t7', 'WebSearch', { query: 'cats' }, 14),
  result('t7', 'found', 15, { details: { results: [{ content: [{ title: 'Cats', url: 'https://cats.example' }] }] } }),
  call('t8', 'WebFetch', { url: 'https://cats.example', prompt: 'sum up' }, 16),
  result('t8', 'page', 17),
  call(
    't9',
    'TodoWrite',
    {
      todos: [
        { content: 'one', status: 'completed', activeForm: 'doing one' },
        { content: 'two', status: 'in_progress' },
        { content: 'three', status: 'pending' },
      ],
    },
    18,
  ),
  result('t9', 'Todos have been modified', 18),
  call('t10', 'Task', { description: 'look', prompt: 'Look around', subagent_type: 'explorer' }, 19),
  { type: 'subagent', callId: 't10', path: '/logs/agent-1.jsonl', atMs: at(19) },
  result('t10', 'nothing there', 20),
  call('t11', 'Edit', { file_path: '/home/ann/app/b.ts', old_string: 'x', new_string: 'y' }, 21),
  result('t11', "The user doesn't want to proceed with this tool use. The tool use was rejected.", 22, {
    isError: true,
  }),
  { type: 'note', code: 'interruption', atMs: at(23), text: '[Request interrupted by user for tool use]' },
  { type: 'userMessage', id: 'u2', atMs: at(100), text: 'See this', images: [pixel] },
  { type: 'document', id: 'd1', atMs: at(100), name: 'notes.txt', mediaType: 'text/plain', text: 'remember' },
  { type: 'document', id: 'd2', atMs: at(100), name: 'plan.pdf', mediaType: 'application/pdf', text: null },
  call('t12', 'Grep', { pattern: 'foo', path: 'src' }, 101),
  result('t12', 'src/a.ts', 102),
  call('t13', 'LS', { path: '/home/ann/app' }, 102),
  result('t13', '- a.ts', 103),
  call('t14', 'AskUserQuestion', { questions: [{ question: 'Which?' }] }, 104),
  result('t14', 'the first', 105),
  agent('a2', 'Done.', 106),
  { type: 'compaction', atMs: at(107), summary: 'So far: fixed the bug.' },
  { type: 'note', code: 'shell-command', atMs: at(150), text: 'git status' },
  { type: 'note', code: 'shell-output', atMs: at(150), text: 'clean' },
  user('u3', 'thanks', 200),
  { type: 'note', code: 'command-output', atMs: at(200), text: '<local-command-stdout>x</local-command-stdout>' },
  call('t15', 'BashOutput', { bash_id: 'b1' }, 201),
  result('t15', 'still running', 202),
  call('t16', 'ExitPlanMode', { plan: '# The plan' }, 203),
  result('t16', 'agreed', 204),
  agent('a3', 'Welcome.', 205),
]

/** All lines of a session, in order. */
export function rendered(events: readonly SessionEvent[], more: Partial<RenderOptions> = {}): RolloutLine[] {
  const renderer = new SessionRenderer(summary, { ...options, ...more })
  return [renderer.head(), ...events.flatMap((event) => renderer.push(event)), ...renderer.finish()]
}

/** What the model gets. */
export const responses = (lines: readonly RolloutLine[]) => {
  return lines.filter(({ type }) => type === 'response_item').map(({ payload }) => payload)
}

/** What the eye gets, turns and estimates left out. */
export const shown = (lines: readonly RolloutLine[]) => {
  const frame = new Set(['task_started', 'task_complete', 'turn_aborted', 'token_count'])
  return lines
    .filter(({ type, payload }) => type === 'event_msg' && !frame.has(String(payload.type)))
    .map(({ payload }) => payload)
}

/** Types of event lines, with the turn they begin or end. */
export const frameOf = (lines: readonly RolloutLine[]) => {
  return lines.flatMap(({ payload }) =>
    payload.turn_id && !payload.item && !payload.call_id ? [`${payload.type} ${payload.turn_id}`] : [],
  )
}
