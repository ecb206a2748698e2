import type { FrontMatterEntry } from '../artifact.js'
import type { FactFate } from '../fact.js'
import { dropped, mapped, needsAction, rewritten } from './fate-list.js'
import { isYes, shown } from './front-matter-value.js'

/** How a role may touch the disk. Source: reference 0.169.0, `sandbox_mode`. */
export type SandboxMode = 'read-only' | 'workspace-write'

/** Tools that change nothing outside the conversation, in lower case. */
const READ_ONLY_TOOLS = new Set([
  'read',
  'grep',
  'glob',
  'ls',
  'list',
  'notebookread',
  'webfetch',
  'websearch',
  'todoread',
  'todowrite',
  'taskcreate',
  'taskget',
  'tasklist',
  'taskupdate',
  'askuserquestion',
  'exitplanmode',
  'enterplanmode',
  'listmcpresources',
  'listmcpresourcestool',
  'readmcpresource',
  'readmcpresourcetool',
  'bashoutput',
  'toolsearch',
  'skill',
])

/** Without these nothing is written: every way to edit a file, and the shell. */
const WRITING_TOOLS = ['write', 'edit', 'bash']

const LIMIT_ACTION =
  'Name the tools it may use in developer_instructions, or set a sandbox_mode or MCP tool filters for the role.'

/** What one key that limits an agent comes to. */
export interface Limit {
  readonly sandbox?: SandboxMode
  readonly fate: FactFate
}

/**
 * What a key that limits an agent comes to: a sandbox mode that keeps it, or the need to act. Undefined for keys that
 * limit nothing.
 */
export function convertLimit(line: FrontMatterEntry): Limit | undefined {
  switch (line.key) {
    case 'tools':
      return convertTools(line)
    case 'disallowedTools':
    case 'disallowed-tools':
      return convertDisallowed(line)
    case 'permissionMode':
    case 'permission-mode':
      return convertPermissionMode(line)
    case 'readonly':
      return isYes(line.value) ? readOnly(line) : { fate: mapped(line.fact) }
    default:
      return undefined
  }
}

/** The strictest of the modes that an agent's limits come to. */
export function strictest(limits: readonly Limit[]): SandboxMode | undefined {
  const modes = limits.map((limit) => limit.sandbox)
  if (modes.includes('read-only')) return 'read-only'
  return modes.includes('workspace-write') ? 'workspace-write' : undefined
}

/** The fate of a key whose mode a stricter one overrules. */
export function overruled({ key, value, fact }: FrontMatterEntry): FactFate {
  const message = `${key}: ${shown(value)} gives way to another limit of the agent, which is stricter`
  return dropped(fact, { code: 'stricter-limit', message })
}

function convertTools(line: FrontMatterEntry): Limit {
  if (line.value === null || line.value === '') return { fate: mapped(line.fact) }
  const tools = toolNames(line.value)
  if (tools.includes('*') || tools.includes('all')) return { fate: mapped(line.fact) }
  if (tools.every((tool) => READ_ONLY_TOOLS.has(bare(tool)))) return readOnly(line)
  const message = `tools: ${shown(line.value)} is a limit that no sandbox mode keeps; the role has all tools`
  return { fate: needsAction(line.fact, { code: 'limit-not-kept', message }, LIMIT_ACTION) }
}

function convertDisallowed(line: FrontMatterEntry): Limit {
  const tools = toolNames(line.value)
  if (tools.length === 0) return { fate: mapped(line.fact) }
  // `Bash(rm *)` forbids some commands only.
  if (WRITING_TOOLS.every((tool) => tools.includes(tool))) return readOnly(line)
  const message = `${line.key}: ${shown(line.value)} is not forbidden to the role`
  return { fate: needsAction(line.fact, { code: 'limit-not-kept', message }, LIMIT_ACTION) }
}

function convertPermissionMode(line: FrontMatterEntry): Limit {
  const mode = String(line.value ?? '')
  switch (mode.toLowerCase().replace(/[-_ ]/g, '')) {
    case 'acceptedits': {
      const reason = { code: 'as-sandbox-mode', message: `permissionMode: ${mode} is workspace-write` }
      return { sandbox: 'workspace-write', fate: rewritten(line.fact, reason, 'sandbox_mode') }
    }
    case 'readonly':
    case 'plan':
      return readOnly(line)
    case '':
    case 'default':
      return { fate: mapped(line.fact) }
    default: {
      const message = `permissionMode: ${shown(mode)} would lift checks; the role keeps those of its thread`
      return { fate: dropped(line.fact, { code: 'not-granted', message }) }
    }
  }
}

function readOnly(line: FrontMatterEntry): Limit {
  const message = `${line.key}: ${shown(line.value)} is kept by the read-only sandbox`
  return { sandbox: 'read-only', fate: rewritten(line.fact, { code: 'as-sandbox-mode', message }, 'sandbox_mode') }
}

/** Tool names in lower case: a list, or one line with commas or blanks outside brackets. */
function toolNames(value: unknown): string[] {
  const written = Array.isArray(value)
    ? value.map(String)
    : typeof value === 'string'
      ? value.split(/[,\s]+(?![^(]*\))/)
      : []
  return written.map((name) => name.trim().toLowerCase()).filter((name) => name !== '')
}

/** A tool without its filter: `WebFetch(domain:x)` is `webfetch`. */
function bare(tool: string): string {
  return tool.replace(/\(.*$/s, '')
}
