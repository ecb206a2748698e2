import type { FrontMatterEntry } from '../artifact.js'
import type { FactFate, FateReason } from '../fact.js'
import { dropped, mapped, needsAction, rewritten } from './fate-list.js'
import { isBlank, isYes, shown } from './front-matter-value.js'

/**
 * The fate of one front matter key of a command.
 *
 * @param descriptionReason why the description is not as it was
 * @param policyPath where `disable-model-invocation` is said now
 */
export function commandKeyFate(
  line: FrontMatterEntry,
  descriptionReason: FateReason | undefined,
  policyPath: string,
): FactFate {
  const { key, value, fact } = line
  if (isBlank(value)) return mapped(fact)
  const written = `${key}: ${shown(value)}`
  switch (key) {
    case 'description':
      return descriptionReason
        ? rewritten(fact, descriptionReason, 'frontmatter/description')
        : mapped(fact, 'frontmatter/description')
    case 'name':
      return dropped(fact, { code: 'named-by-path', message: `${written}; the skill is named by the command's path` })
    case 'argument-hint':
      return rewritten(fact, { code: 'in-the-text', message: 'the text says what the command expects' }, 'body')
    case 'allowed-tools':
    case 'disallowed-tools':
      return needsAction(
        fact,
        { code: 'limit-not-kept', message: `${written} has no counterpart in a skill` },
        'Say in the text what may be used, or allow and forbid commands with command rules.',
      )
    case 'hooks':
      return needsAction(
        fact,
        { code: 'limit-not-kept', message: 'hooks of one command have no counterpart' },
        'Add the hooks to hooks.json if they should run; they then run for everything.',
      )
    case 'model':
      if (value === 'inherit') return mapped(fact)
      return dropped(fact, {
        code: 'model-unknown',
        message: `${written} names a model of another maker; a skill runs with the thread's model`,
      })
    case 'disable-model-invocation':
      if (!isYes(value)) return mapped(fact)
      return rewritten(
        fact,
        { code: 'as-policy', message: 'said in agents/openai.yaml: allow_implicit_invocation is false' },
        policyPath,
      )
    default:
      return dropped(fact, { code: 'no-counterpart', message: `${written} has no counterpart in a skill` })
  }
}
