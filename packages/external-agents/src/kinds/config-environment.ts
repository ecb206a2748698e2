import type { Setting } from '../artifact.js'
import type { PlanOptions } from '../kind.js'
import { isSecret } from '../secrets.js'
import type { ConfigDraft } from './config-draft.js'
import { dropped, type FateList, needsAction } from './fate-list.js'

type EnvironmentSetting = Extract<Setting, { type: 'environment' }>

const POLICY = 'shell_environment_policy'

/**
 * Variables for the commands the agent runs: `[shell_environment_policy]` with `set`.
 *
 * `inherit` is `core`, as the reference has it, unless a secret is left out: then it is `all`, since nothing less lets a
 * variable through that the person exports. Source: reference 0.169.0, docs/observations/shell-environment.md.
 *
 * @param passesAll a configuration below this one lets every variable through already, for the sake of secrets
 * @returns names that the person must export
 */
export function planEnvironment(
  settings: readonly EnvironmentSetting[],
  draft: ConfigDraft,
  fates: FateList,
  options: PlanOptions,
  passesAll: boolean,
): readonly string[] {
  const exported: string[] = []
  const taken = settings.filter((setting) => {
    const text = textOf(setting, fates)
    if (text === undefined) return false
    if (options.copySecrets || !isSecret(setting.name, text)) return true
    exported.push(setting.name)
    return false
  })
  if (taken.length === 0 && exported.length === 0) return []
  const inherits = draft.at([POLICY, 'inherit'])
  if (!passesAll) draft.set([POLICY, 'inherit'], exported.length > 0 ? 'all' : 'core')
  for (const setting of taken) draft.set([POLICY, 'set', setting.name], String(setting.value), setting.fact)
  for (const setting of settings) {
    if (exported.includes(setting.name)) leaveSecret(setting, inherits, fates)
  }
  return exported
}

function leaveSecret(setting: EnvironmentSetting, inherits: unknown, fates: FateList): void {
  const closed = inherits === undefined || inherits === 'all' ? '' : `, and set ${POLICY}.inherit to "all"`
  fates.add(
    needsAction(
      setting.fact,
      { code: 'secret-not-copied', message: `${setting.name} looks like a secret; its value was not copied` },
      `export ${setting.name} in the shell that starts Codex${closed}; a configuration that says inherit = "core" does not pass it on`,
    ),
  )
}

/** The value as text; undefined, with a fate, for what no variable can hold. */
function textOf(setting: EnvironmentSetting, fates: FateList): string | undefined {
  const { name, value, fact } = setting
  if (!/^[^=\0\s]+$/.test(name)) {
    fates.add(dropped(fact, { code: 'invalid-name', message: `${JSON.stringify(name)} is no name of a variable` }))
    return undefined
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    const text = String(value)
    if (!text.includes('\0')) return text
  }
  const what =
    value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : 'no text'
  fates.add(dropped(fact, { code: 'value-not-text', message: `${name} is ${what}; a variable holds text` }))
  return undefined
}
