import type { McpServerArtifact, McpServerMember } from '../artifact.js'
import type { FateReason } from '../fact.js'
import { isSecret, isSecretName, looksSecret } from '../secrets.js'
import { dropped, mapped, needsAction, rewritten } from './fate-list.js'
import { expand, hasPlaceholder } from './mcp-servers-placeholders.js'
import { planEnvEntry, planHeader, type ServerDraft } from './mcp-servers-values.js'

/** Why a server cannot be brought over, the member at fault, and what the person can do. */
export interface Obstacle {
  readonly member: McpServerMember
  readonly reason: FateReason
  readonly action: string
}

/** Puts every member of a server into `draft`, or says what stands in the way. Source: reference 0.169.0, import-artifacts 3. */
export function planMembers(artifact: McpServerArtifact, draft: ServerDraft): Obstacle | undefined {
  for (const member of artifact.members) {
    const obstacle = planMember(member, artifact.transport === 'stdio', draft)
    if (obstacle !== undefined) return obstacle
  }
  return undefined
}

function planMember(member: McpServerMember, isStdio: boolean, draft: ServerDraft): Obstacle | undefined {
  const { key, value, fact } = member
  const { fates } = draft
  switch (key) {
    case 'type':
      fates.add(mapped(fact))
      return undefined
    case 'command':
      return isStdio ? required(member, 'command', draft) : unused(member, 'a server that is reached by URL', draft)
    case 'url':
      return isStdio ? unused(member, 'a server that is started by a command', draft) : required(member, 'url', draft)
    case 'args':
      return isStdio ? planArguments(member, draft) : unused(member, 'a server that is reached by URL', draft)
    case 'env':
      if (!isStdio) return unused(member, 'a server that is reached by URL', draft)
      if (member.entry === undefined) return emptyTable(member, draft)
      fates.add(planEnvEntry(member, draft))
      return undefined
    case 'headers':
      if (isStdio) return unused(member, 'a server that is started by a command', draft)
      if (member.entry === undefined) return emptyTable(member, draft)
      fates.add(planHeader(member, draft))
      return undefined
    case 'cwd':
      planFolder(member, isStdio, draft)
      return undefined
    case 'timeout':
      planTimeout(member, draft)
      return undefined
    case 'enabled':
    case 'disabled':
      fates.add(mapped(fact, draft.targetOf('enabled')))
      return undefined
    case 'alwaysAllow':
    case 'autoApprove':
      return toolList(member, draft, (tools) => approve(tools, member, draft))
    case 'disabledTools':
    case 'excludeTools':
      return toolList(member, draft, (tools) => put(draft, 'disabled_tools', tools, member))
    case 'enabledTools':
    case 'includeTools':
      return toolList(member, draft, (tools) => put(draft, 'enabled_tools', tools, member))
    case 'headersHelper':
      if (isStdio || typeof value !== 'string') return unused(member, 'this server', draft)
      put(draft, 'http_headers_helper', value, member)
      return undefined
    case 'oauth':
      planOauth(member, isStdio, draft)
      return undefined
    case 'envFile':
      fates.add(
        needsAction(
          fact,
          { code: 'environment-file', message: `variables of the file ${String(value)} are not passed on` },
          `export the variables of ${String(value)} that ${draft.server} needs, and name them in env_vars`,
        ),
      )
      return undefined
    default:
      fates.add(
        dropped(fact, { code: 'no-counterpart', message: `${key} has no counterpart in a server of the target` }),
      )
      return undefined
  }
}

/** `command` or `url`: a server is nothing without it. */
function required(member: McpServerMember, key: 'command' | 'url', draft: ServerDraft): Obstacle | undefined {
  const text = String(member.value)
  const expanded = expand(text, draft.target)
  if (expanded.unknown.length > 0) return unknownVariables(member, expanded.unknown)
  if (key === 'url' && !draft.options.copySecrets && looksSecret(expanded.text)) return secretInside(member, 'url')
  draft.table[key] = expanded.text
  if (expanded.writtenIn.length === 0) draft.fates.add(mapped(member.fact, draft.targetOf(key)))
  else draft.fates.add(rewritten(member.fact, writtenIn(expanded.writtenIn), draft.targetOf(key)))
  return undefined
}

function planArguments(member: McpServerMember, draft: ServerDraft): Obstacle | undefined {
  const given = Array.isArray(member.value) ? member.value : [member.value]
  if (given.some((entry) => entry === null || typeof entry === 'object')) {
    const reason = { code: 'invalid-arguments', message: `args of ${draft.server} holds something that is no text` }
    return { member, reason, action: 'correct args in the source, and import again' }
  }
  const texts = given.map(String)
  if (!draft.options.copySecrets && texts.some((text, index) => isSecretArgument(text, texts[index - 1]))) {
    return secretInside(member, 'args')
  }
  const expanded = texts.map((text) => expand(text, draft.target))
  const unknown = expanded.flatMap((one) => one.unknown)
  if (unknown.length > 0) return unknownVariables(member, unknown)
  if (expanded.length > 0) draft.table.args = expanded.map((one) => one.text)
  const filled = expanded.flatMap((one) => one.writtenIn)
  if (filled.length === 0) draft.fates.add(mapped(member.fact, draft.targetOf('args')))
  else draft.fates.add(rewritten(member.fact, writtenIn(filled), draft.targetOf('args')))
  return undefined
}

function isSecretArgument(text: string, before: string | undefined): boolean {
  if (hasPlaceholder(text)) return false
  const [, name, value] = /^(?:--?)?([A-Za-z][\w.-]*)[=:]\s*(.+)$/.exec(text) ?? []
  if (name !== undefined && value !== undefined && !/^\/\//.test(value) && isSecret(name, value)) return true
  if (looksSecret(text)) return true
  const flag = /^--?([A-Za-z][\w-]*)$/.exec(before ?? '')?.[1]
  return flag !== undefined && !text.startsWith('-') && isSecretName(flag) && isSecret(flag, text)
}

function secretInside(member: McpServerMember, where: string): Obstacle {
  const reason = {
    code: 'secret-not-copied',
    message: `${where} seems to hold a secret, and the target cannot refer to a variable there`,
  }
  return {
    member,
    reason,
    action: 'import with secrets copied, or give the server its secret by a variable of its environment',
  }
}

function unknownVariables(member: McpServerMember, names: readonly string[]): Obstacle {
  const list = [...new Set(names)].join(', ')
  const reason = {
    code: 'placeholder-not-expressible',
    message: `${member.key} needs ${list}, which the target does not fill in there`,
  }
  return {
    member,
    reason,
    action: `write ${member.key} out in mcp_servers of config.toml, or in the source, and import again`,
  }
}

function writtenIn(placeholders: readonly string[]): FateReason {
  return { code: 'placeholder-expanded', message: `${placeholders.join(', ')} was written out` }
}

function unused(member: McpServerMember, what: string, draft: ServerDraft): undefined {
  draft.fates.add(
    dropped(member.fact, { code: 'not-for-this-transport', message: `${member.key} does nothing for ${what}` }),
  )
  return undefined
}

function emptyTable(member: McpServerMember, draft: ServerDraft): undefined {
  const isEmpty = typeof member.value === 'object' && member.value !== null && !Array.isArray(member.value)
  if (isEmpty) draft.fates.add(mapped(member.fact))
  else draft.fates.add(dropped(member.fact, { code: 'invalid-value', message: `${member.key} is no table` }))
  return undefined
}

function planFolder(member: McpServerMember, isStdio: boolean, draft: ServerDraft): void {
  if (!isStdio || typeof member.value !== 'string') {
    unused(member, 'this server', draft)
    return
  }
  const expanded = expand(member.value, draft.target)
  if (expanded.unknown.length > 0) {
    const { reason } = unknownVariables(member, expanded.unknown)
    draft.fates.add(needsAction(member.fact, reason, `set cwd of the server ${draft.server} in config.toml`))
    return
  }
  put(draft, 'cwd', expanded.text, member)
}

/** Milliseconds there, seconds here. */
function planTimeout(member: McpServerMember, draft: ServerDraft): void {
  const milliseconds = Number(member.value)
  if (member.value === null || !Number.isFinite(milliseconds) || milliseconds <= 0) {
    draft.fates.add(
      dropped(member.fact, { code: 'invalid-value', message: `timeout is ${JSON.stringify(member.value)}` }),
    )
    return
  }
  draft.table.tool_timeout_sec = milliseconds / 1000
  const reason = { code: 'unit-changed', message: `${milliseconds} ms became ${milliseconds / 1000} s` }
  draft.fates.add(rewritten(member.fact, reason, draft.targetOf('tool_timeout_sec')))
}

function toolList(member: McpServerMember, draft: ServerDraft, use: (tools: readonly string[]) => void): undefined {
  const tools = member.value
  if (Array.isArray(tools) && tools.every((tool): tool is string => typeof tool === 'string')) use(tools)
  else draft.fates.add(dropped(member.fact, { code: 'invalid-value', message: `${member.key} is no list of names` }))
  return undefined
}

function approve(tools: readonly string[], member: McpServerMember, draft: ServerDraft): void {
  const table = (draft.table.tools ?? Object.create(null)) as { [tool: string]: unknown }
  for (const tool of tools) table[tool] = { approval_mode: 'approve' }
  if (tools.length > 0) draft.table.tools = table
  const reason = { code: 'tool-limit', message: `${member.key} became approval_mode = "approve" of each tool` }
  draft.fates.add(rewritten(member.fact, reason, draft.targetOf('tools')))
}

function put(draft: ServerDraft, key: string, value: unknown, member: McpServerMember): void {
  draft.table[key] = value
  draft.fates.add(mapped(member.fact, draft.targetOf(key)))
}

function planOauth(member: McpServerMember, isStdio: boolean, draft: ServerDraft): void {
  const given = (typeof member.value === 'object' && member.value !== null ? member.value : {}) as {
    [key: string]: unknown
  }
  if (isStdio || Object.keys(given).length === 0) {
    unused(member, 'this server', draft)
    return
  }
  const { clientId, callbackPort, scopes, ...others } = given
  const oauth: { [key: string]: unknown } = {}
  if (typeof clientId === 'string') oauth.client_id = clientId
  if (Number.isInteger(callbackPort)) oauth.callback_port = callbackPort
  if (Object.keys(oauth).length > 0) draft.table.oauth = oauth
  if (Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string')) draft.table.scopes = scopes
  const lost = Object.keys(others)
  const login = `run: codex mcp login ${draft.server}`
  if (lost.length === 0) {
    draft.fates.add(
      rewritten(
        member.fact,
        { code: 'log-in-again', message: `the log-in itself does not move; ${login}` },
        draft.targetOf('oauth'),
      ),
    )
  } else {
    draft.fates.add(
      needsAction(
        member.fact,
        { code: 'oauth-partly', message: `oauth: ${lost.join(', ')} has no counterpart` },
        login,
      ),
    )
  }
}
