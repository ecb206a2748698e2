import type { McpServerMember } from '../artifact.js'
import type { FactFate } from '../fact.js'
import type { PlanOptions, Target } from '../kind.js'
import { isSecret } from '../secrets.js'
import { dropped, type FateList, mapped, needsAction, rewritten } from './fate-list.js'
import { expand, hasPlaceholder, solePlaceholder } from './mcp-servers-placeholders.js'

/** A server table under construction. Keys are the target's. */
export interface ServerDraft {
  readonly server: string
  readonly table: { [key: string]: unknown }
  readonly environment: Set<string>
  readonly fates: FateList
  readonly target: Target
  readonly options: PlanOptions
  /** Where a key of the server stands in the target, for the account. */
  targetOf(key: string): string
}

/** A variable of the server's own environment: as it is, by reference, or to be exported by the person. */
export function planEnvEntry(member: McpServerMember, draft: ServerDraft): FactFate {
  const { options } = draft
  const name = member.entry!
  if (!/^[^=\0\s]+$/.test(name)) {
    return dropped(member.fact, { code: 'invalid-name', message: `${JSON.stringify(name)} is no name of a variable` })
  }
  const text = textOf(member.value)
  if (text === undefined) {
    return dropped(member.fact, { code: 'value-not-text', message: `${name} is null; a variable holds text` })
  }
  if (!hasPlaceholder(text)) {
    if (options.copySecrets || !isSecret(name, text)) {
      entry(draft, 'env', name, text)
      return mapped(member.fact, draft.targetOf(`env.${name}`))
    }
    passOn(draft, name)
    const reason = { code: 'secret-not-copied', message: `${name} looks like a secret; its value was not copied` }
    return needsAction(member.fact, reason, `export ${name} in the shell that starts Codex`)
  }
  const sole = solePlaceholder(text)
  if (sole?.name === name && sole.fallback === undefined) {
    passOn(draft, name)
    return mapped(member.fact, draft.targetOf('env_vars'))
  }
  const expanded = expand(text, draft.target)
  if (expanded.unknown.length === 0 && sole?.name !== name && !hasFallback(text)) {
    entry(draft, 'env', name, expanded.text)
    const message = `${expanded.writtenIn.join(', ')} was written in`
    return rewritten(member.fact, { code: 'placeholder-expanded', message }, draft.targetOf(`env.${name}`))
  }
  passOn(draft, name)
  const message = `${name} is made of other variables or has a default; the target passes on a variable of that name only`
  return needsAction(member.fact, { code: 'export-needed', message }, `export ${name}="${text}"`)
}

/** A header: as it is, from a variable, or from one that the person exports. */
export function planHeader(member: McpServerMember, draft: ServerDraft): FactFate {
  const { options } = draft
  const header = member.entry!
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(header)) {
    return dropped(member.fact, { code: 'invalid-name', message: `${JSON.stringify(header)} is no name of a header` })
  }
  const text = textOf(member.value)
  if (text === undefined || /[\r\n\0]/.test(text)) {
    return dropped(member.fact, { code: 'value-not-text', message: `the header ${header} is no line of text` })
  }
  const isBearer = header.toLowerCase() === 'authorization' && /^Bearer\s+\S/i.test(text)
  const value = isBearer ? text.replace(/^Bearer\s+/i, '') : text
  const key = isBearer ? 'bearer_token_env_var' : `env_http_headers.${header}`
  const sole = solePlaceholder(value)
  if (sole !== undefined) {
    reference(draft, header, sole.name, isBearer)
    if (sole.fallback === undefined) return mapped(member.fact, draft.targetOf(key))
    const reason = { code: 'default-not-kept', message: `${header} had a default for when ${sole.name} is not set` }
    return needsAction(member.fact, reason, `export ${sole.name}="\${${sole.name}:-${sole.fallback}}"`)
  }
  if (!hasPlaceholder(text) && (options.copySecrets || !isSecret(header, text))) {
    entry(draft, 'http_headers', header, text)
    return mapped(member.fact, draft.targetOf(`http_headers.${header}`))
  }
  const name = variableFor(draft.server, isBearer ? 'bearer token' : header)
  reference(draft, header, name, isBearer)
  if (hasPlaceholder(text)) {
    const reason = {
      code: 'export-needed',
      message: `${header} is made of variables and text; the target takes one variable`,
    }
    return needsAction(member.fact, reason, `export ${name}="${value}"`)
  }
  const reason = {
    code: 'secret-not-copied',
    message: `the header ${header} looks like a secret; its value was not copied`,
  }
  return needsAction(
    member.fact,
    reason,
    `export ${name} with the ${isBearer ? 'token' : 'value'} of the header ${header}`,
  )
}

/** Text, number or switch as text; objects as JSON, as the reference does. Undefined for null. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A default may be overruled by the environment, so writing it in would not mean the same. */
function hasFallback(text: string): boolean {
  return text.includes(':-')
}

function entry(draft: ServerDraft, key: string, name: string, value: string): void {
  const table = (draft.table[key] ?? Object.create(null)) as { [name: string]: string }
  table[name] = value
  draft.table[key] = table
}

function passOn(draft: ServerDraft, name: string): void {
  const names = (draft.table.env_vars ?? []) as readonly string[]
  if (!names.includes(name)) draft.table.env_vars = [...names, name]
  draft.environment.add(name)
}

function reference(draft: ServerDraft, header: string, name: string, isBearer: boolean): void {
  if (isBearer) draft.table.bearer_token_env_var = name
  else entry(draft, 'env_http_headers', header, name)
  draft.environment.add(name)
}

/** Name of a variable made from a server and what it holds: `GITHUB_X_API_KEY`. */
function variableFor(server: string, what: string): string {
  const name = `${server}_${what}`
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase()
  return /^[A-Z]/.test(name) ? name : `MCP_${name}`
}
