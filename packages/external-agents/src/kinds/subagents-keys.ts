import type { FrontMatterEntry } from '../artifact.js'
import type { FactFate } from '../fact.js'
import { dropped, mapped, needsAction, rewritten } from './fate-list.js'
import { isBlank, isYes, shown } from './front-matter-value.js'

/** Efforts that a role file takes. Source: reference 0.169.0. */
const EFFORTS = new Set(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'])

/** Keys that only dress the agent up or steer the other program. */
const NO_COUNTERPART: ReadonlyMap<string, string> = new Map([
  ['color', 'roles have no colour'],
  ['memory', 'roles have no memory of their own'],
  ['background', 'whoever starts a role decides whether to wait for it'],
  ['is_background', 'whoever starts a role decides whether to wait for it'],
  ['isolation', 'roles work in the folder of their thread'],
  ['maxTurns', 'roles have no limit of turns'],
  ['initialPrompt', 'a role starts with what it is told by the thread that starts it'],
])

/** The `model_reasoning_effort` that an effort becomes, if any, and its fate. */
export function convertEffort(line: FrontMatterEntry): { readonly effort?: string; readonly fate: FactFate } {
  const effort = String(line.value ?? '').toLowerCase()
  if (effort === 'max') {
    const reason = { code: 'nearest-effort', message: 'the highest effort is called xhigh' }
    return { effort: 'xhigh', fate: rewritten(line.fact, reason, 'model_reasoning_effort') }
  }
  if (EFFORTS.has(effort)) return { effort, fate: mapped(line.fact, 'model_reasoning_effort') }
  const message = `effort: ${shown(line.value)} is no effort that is known`
  return { fate: dropped(line.fact, { code: 'effort-unknown', message }) }
}

/** The skills the agent starts with, which go into its instructions, and the fate of the key. */
export function convertSkills(line: FrontMatterEntry): { readonly skills: readonly string[]; readonly fate: FactFate } {
  const written = Array.isArray(line.value) ? line.value.map(String) : String(line.value ?? '').split(',')
  const skills = written.map((name) => name.trim()).filter((name) => name !== '')
  if (skills.length === 0) return { skills, fate: mapped(line.fact) }
  const message = 'the instructions say which skills to use; a role cannot load them at its start'
  return { skills, fate: rewritten(line.fact, { code: 'in-the-text', message }, 'developer_instructions') }
}

/** The fate of a key that becomes no key of the role. */
export function otherKeyFate(line: FrontMatterEntry): FactFate {
  const { key, value, fact } = line
  const written = `${key}: ${shown(value)}`
  if (isBlank(value)) return mapped(fact)
  switch (key) {
    case 'model': {
      if (value === 'inherit') return mapped(fact)
      const message = `${written} names a model of another maker; the role runs with the thread's model`
      return dropped(fact, { code: 'model-unknown', message })
    }
    case 'mcpServers':
      return serversFate(line)
    case 'hooks': {
      const action = 'Add the hooks to hooks.json if they should run; they then run for every agent.'
      return needsAction(fact, { code: 'limit-not-kept', message: 'hooks of one agent have no counterpart' }, action)
    }
    case 'background':
    case 'is_background':
      if (!isYes(value)) return mapped(fact)
      break
  }
  const why = NO_COUNTERPART.get(key) ?? 'no counterpart in a role'
  return dropped(fact, { code: 'no-counterpart', message: `${written}: ${why}` })
}

/** Servers named are those of the thread, which a role has anyway; a server defined here has to be added by hand. */
function serversFate({ value, fact }: FrontMatterEntry): FactFate {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value]
  if (items.every((item) => typeof item === 'string')) {
    const message = 'a role has the servers of the thread that starts it'
    return mapped(fact, undefined, { code: 'inherited', message })
  }
  const message = 'a server that is defined for this agent only was not brought over'
  const action = 'Add the server under [mcp_servers] to the role file, or to config.toml.'
  return needsAction(fact, { code: 'server-not-added', message }, action)
}
