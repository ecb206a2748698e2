import type { CommandArtifact, FrontMatterEntry } from '../artifact.js'
import type { FateReason } from '../fact.js'
import { commandCalledBy } from './commands-name.js'
import { firstLine } from './first-line.js'
import { asText } from './front-matter-value.js'
import { explainPlaceholders, findPlaceholders } from './placeholders.js'
import { REWORDED, reword, type Wording } from './reword.js'
import { quotedYaml } from './yaml-text.js'

/** The `SKILL.md` that a command becomes. */
export interface CommandDocument {
  readonly text: string
  readonly bodyReason: FateReason
  /** Set when the description is not word for word the command's. */
  readonly descriptionReason?: FateReason
}

/**
 * Writes a command as a skill: when to use it, what to do about its placeholders, and the command's own text, in which
 * prose is rewritten. Line ends are those of the command.
 */
export function convertCommand(command: CommandArtifact, name: string, wording: Wording): CommandDocument {
  const calledBy = commandCalledBy(command)
  const body = reword(command.body.trim(), wording)
  const found = findPlaceholders(command.body)
  const notes = explainPlaceholders(found, "the command's name")
  const hint = hintOf(command.frontMatter)
  const description = describe(command, calledBy, wording)

  const sections = [
    `---\nname: ${quotedYaml(name)}\ndescription: ${quotedYaml(description.text)}\n---\n`,
    `# ${name}\n`,
    `This skill was the command \`${calledBy}\`. Follow it when the user asks for that command by name.\n`,
    ...(hint === undefined ? [] : [`It expects: ${hint}\n`]),
    ...(notes === '' ? [] : [`## Stand-ins in the text below\n\n${notes}\n`]),
    `## What to do\n\n${body.text === '' ? 'The command had no text of its own.' : body.text}\n`,
  ]
  const text = sections.join('\n')
  const bodyReason = bodyReasonOf(command, notes !== '', body.isChanged)
  return {
    text: command.body.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text,
    bodyReason,
    ...(description.reason ? { descriptionReason: description.reason } : {}),
  }
}

function describe(command: CommandArtifact, calledBy: string, wording: Wording): { text: string; reason?: FateReason } {
  const value = command.frontMatter.find((line) => line.key === 'description')?.value
  const given = asText(value)
  if (given.trim() !== '') {
    const rewritten = reword(given.trim(), wording)
    const reason = typeof value === 'string' ? undefined : LIST_JOINED
    if (rewritten.isChanged) return { text: rewritten.text, reason: REWORDED }
    return reason ? { text: rewritten.text, reason } : { text: rewritten.text }
  }
  const line = firstLine(command.body)
  const text =
    line === undefined ? `The command \`${calledBy}\`` : `The command \`${calledBy}\`: ${reword(line, wording).text}`
  return { text }
}

const LIST_JOINED: FateReason = {
  code: 'list-joined',
  message: 'a description is one text; the list was joined with commas',
}

function bodyReasonOf(command: CommandArtifact, explained: boolean, rewritten: boolean): FateReason {
  if (explained)
    return { code: 'stand-ins-explained', message: 'the skill says how to fill in the placeholders of the command' }
  if (command.body.trim() === '') return { code: 'empty-body', message: 'the command has no text; the skill says so' }
  if (rewritten) return REWORDED
  return { code: 'as-skill', message: 'the text of the command is the text of a skill' }
}

/** `argument-hint` as people wrote it; YAML makes a list of `[pr]`. */
function hintOf(frontMatter: readonly FrontMatterEntry[]): string | undefined {
  const value = frontMatter.find((line) => line.key === 'argument-hint')?.value
  if (value === null || value === undefined || value === '') return undefined
  const text = Array.isArray(value) ? `[${value.map(String).join(', ')}]` : String(value)
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``
}
