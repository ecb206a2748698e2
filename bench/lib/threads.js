import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Writes small threads in the reference's form that it reads without a database, one minute apart. Gives nothing. */
export function writeThreads(codexHome, count) {
  for (let number = 0; number < count; number++) {
    const startMs = Date.UTC(2026, 3, 1) + number * 60_000
    const file = place(codexHome, startMs, number)
    writeFileSync(file, thread(startMs, number, 2, 200).join(''))
    utimesSync(file, startMs / 1000 + 60, startMs / 1000 + 60)
  }
}

/**
 * Writes one long thread: a request, an answer and their doubles for the model per turn. Gives its id and size. `isWhole` adds what
 * programs write for themselves: the settings of each turn and the tokens that it used.
 */
export function writeLongThread(codexHome, turns, bytesPerText, { isWhole = false } = {}) {
  const startMs = Date.UTC(2026, 4, 1)
  const lines = thread(startMs, 0, turns, bytesPerText, isWhole).join('')
  writeFileSync(place(codexHome, startMs, 0), lines)
  return { threadId: idOf(startMs, 0), bytes: Buffer.byteLength(lines) }
}

function place(codexHome, startMs, number) {
  const stamp = new Date(startMs).toISOString()
  const folder = path.join(codexHome, 'sessions', ...stamp.slice(0, 10).split('-'))
  mkdirSync(folder, { recursive: true })
  return path.join(folder, `rollout-${stamp.slice(0, 19).replaceAll(':', '-')}-${idOf(startMs, number)}.jsonl`)
}

function idOf(startMs, number) {
  const time = startMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`
}

function thread(startMs, number, turns, bytesPerText, isWhole = false) {
  const id = idOf(startMs, number)
  const timestamp = new Date(startMs).toISOString()
  const line = (type, payload) => `${JSON.stringify({ timestamp, type, payload })}\n`
  const meta = {
    id,
    timestamp,
    cwd: '/projects',
    originator: 'bench',
    cli_version: '0.1.0',
    source: 'cli',
    history_mode: 'legacy',
  }
  const lines = [line('session_meta', meta)]
  for (let turn = 0; turn < turns; turn++) {
    const turnId = `turn-${turn}`
    const asked = `request ${number}.${turn} `.padEnd(bytesPerText, 'what is it that the build says here ')
    const told = `answer ${number}.${turn} `.padEnd(bytesPerText, 'it says that all is well and nothing is amiss ')
    const startedAt = Math.floor(startMs / 1000) + turn
    lines.push(
      line('event_msg', { type: 'task_started', turn_id: turnId, started_at: startedAt, model_context_window: null }),
      ...(isWhole ? [line('turn_context', context(turnId))] : []),
      line('event_msg', { type: 'user_message', message: asked, local_images: [], text_elements: [] }),
      line('response_item', { type: 'message', role: 'user', content: [{ type: 'input_text', text: asked }] }),
      line('event_msg', { type: 'agent_message', message: told, phase: null }),
      line('response_item', { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: told }] }),
      ...(isWhole ? [line('event_msg', tokens)] : []),
      line('event_msg', { type: 'task_complete', turn_id: turnId, last_agent_message: null }),
    )
  }
  return lines
}

function context(turnId) {
  const sandbox = { type: 'workspace-write', writable_roots: [], network_access: false }
  return {
    turn_id: turnId,
    cwd: '/projects',
    current_date: '2026-05-01',
    timezone: 'UTC',
    approval_policy: 'on-request',
    sandbox_policy: { ...sandbox, exclude_tmpdir_env_var: false, exclude_slash_tmp: false },
    model: 'gpt-5.5',
    summary: 'auto',
  }
}

const used = {
  input_tokens: 1_000,
  cached_input_tokens: 0,
  output_tokens: 40,
  reasoning_output_tokens: 0,
  total_tokens: 1_040,
}
const tokens = {
  type: 'token_count',
  info: { total_token_usage: used, last_token_usage: used, model_context_window: 258_400 },
  rate_limits: null,
}
