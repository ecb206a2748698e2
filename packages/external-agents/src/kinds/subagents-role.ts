import type { FrontMatterEntry, SubagentArtifact } from '../artifact.js'
import type { FateReason } from '../fact.js'
import { type FateList, mapped, needsAction, rewritten } from './fate-list.js'
import { firstLine } from './first-line.js'
import { asText } from './front-matter-value.js'
import { REWORDED, reword, type Wording } from './reword.js'
import { convertEffort, convertSkills, otherKeyFate } from './subagents-keys.js'
import { convertLimit, type Limit, overruled, strictest } from './subagents-limits.js'
import { tomlText } from './toml-text.js'

/**
 * The role file of a subagent, with a fate for each of its facts. Holds only keys that the reference accepts: an unknown
 * key makes it ignore the whole file. Source: reference 0.169.0, docs/observations/skills-and-roles.md.
 *
 * @param isRepeated another agent has the same name and is loaded before this one
 */
export function convertSubagent(
  agent: SubagentArtifact,
  path: string,
  wording: Wording,
  fates: FateList,
  isRepeated: boolean,
): string {
  const body = reword(agent.body.trim(), wording)
  const description = settleDescription(agent, wording, fates)
  const instructions = `${path}#developer_instructions`
  if (description.isDerived) fates.add(rewritten(agent.bodyFact, DERIVED, instructions))
  else
    fates.add(body.isChanged ? rewritten(agent.bodyFact, REWORDED, instructions) : mapped(agent.bodyFact, instructions))

  const limits: (Limit & { readonly line: FrontMatterEntry })[] = []
  let effort: string | undefined
  let skills: readonly string[] = []
  for (const line of agent.frontMatter) {
    if (line.key === 'name' || line.key === 'description') continue
    const limit = convertLimit(line)
    const converted = limit ?? convertKey(line)
    fates.add(converted.fate)
    if (limit) limits.push({ ...limit, line })
    if ('effort' in converted) effort = converted.effort
    if ('skills' in converted) skills = converted.skills
  }
  const sandbox = strictest(limits)
  for (const limit of limits)
    if (limit.sandbox !== undefined && limit.sandbox !== sandbox) fates.add(overruled(limit.line))
  settleName(agent, fates, isRepeated)

  const entries: readonly (readonly [string, string | undefined])[] = [
    ['name', displayName(agent)],
    ['description', description.text],
    ['model_reasoning_effort', effort],
    ['sandbox_mode', sandbox],
    ['developer_instructions', skillNote(skills) + body.text],
  ]
  return entries.map(([key, value]) => (value === undefined ? '' : `${key} = ${tomlText(value)}\n`)).join('')
}

/** What the agent is called by: its `name`, else its file's. */
export function displayName(agent: SubagentArtifact): string {
  const name = find(agent, 'name')?.value
  return typeof name === 'string' && name.trim() !== '' ? name : agent.stem
}

const DERIVED: FateReason = {
  code: 'description-derived',
  message: 'there was no description; the first line of the text serves as one, because a role without is not loaded',
}

function settleName(agent: SubagentArtifact, fates: FateList, isRepeated: boolean): void {
  const line = find(agent, 'name')
  if (isRepeated) {
    const reason = {
      code: 'name-repeated',
      message: `another agent is called ${displayName(agent)} too; only one of them is loaded`,
    }
    const action = 'Give one of them another name in its role file.'
    fates.add(needsAction(line?.fact ?? agent.bodyFact, reason, action))
  } else if (line) fates.add(mapped(line.fact, 'name'))
}

function settleDescription(
  agent: SubagentArtifact,
  wording: Wording,
  fates: FateList,
): { text: string; isDerived: boolean } {
  const line = find(agent, 'description')
  const given = asText(line?.value).trim()
  if (line && given !== '') {
    const text = reword(given, wording)
    fates.add(text.isChanged ? rewritten(line.fact, REWORDED, 'description') : mapped(line.fact, 'description'))
    return { text: text.text, isDerived: false }
  }
  if (line) fates.add(rewritten(line.fact, DERIVED, 'description'))
  return { text: reword(firstLine(agent.body) ?? displayName(agent), wording).text, isDerived: true }
}

function convertKey(line: FrontMatterEntry) {
  if (line.key === 'effort') return convertEffort(line)
  return line.key === 'skills' ? convertSkills(line) : { fate: otherKeyFate(line) }
}

function skillNote(skills: readonly string[]): string {
  return skills.length === 0
    ? ''
    : `Use these skills where they help: ${skills.map((name) => `$${name}`).join(', ')}.\n\n`
}

function find(agent: SubagentArtifact, key: string): FrontMatterEntry | undefined {
  return agent.frontMatter.find((line) => line.key === key)
}
