import { readFileSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { readSkillHead } from './front-matter.js'

/** What a skill says of itself. */
export interface SkillText {
  readonly name: string
  readonly description: string
  readonly shortDescription: string | null
}

/** What one file held when it was last looked at. */
type Known = { readonly stamp: string; readonly read: SkillText | { readonly fault: string } }

/** Longest texts that are taken, in characters. Source: reference 0.169.0. */
const maxName = 64
const maxDescription = 1_024
/** No head of a skill is longer than this, in bytes. */
const maxBytes = 1024 * 1024

const known = new Map<string, Known>()

/** What a `SKILL.md` says, or what is wrong with it. Reads the disk; a file that has not changed is not read again. */
export function readSkill(file: string): SkillText | { readonly fault: string } {
  try {
    const { mtimeMs, size, ino } = statSync(file)
    const stamp = `${mtimeMs} ${size} ${ino}`
    const before = known.get(file)
    if (before?.stamp === stamp) return before.read
    const read = size > maxBytes ? { fault: `larger than ${maxBytes} bytes` } : parse(file)
    known.set(file, { stamp, read })
    return read
  } catch (error) {
    known.delete(file)
    return { fault: `failed to read file: ${(error as Error).message}` }
  }
}

// Source: reference 0.169.0, words of the faults.
function parse(file: string): SkillText | { readonly fault: string } {
  const head = readSkillHead(readFileSync(file, 'utf8'))
  if (head === undefined) return { fault: 'missing YAML frontmatter delimited by ---' }
  const name = oneLine(head.get('name') ?? basename(dirname(file)))
  const description = oneLine(head.get('description') ?? '')
  if (description === '') return { fault: 'missing field `description`' }
  if (name.length > maxName) return { fault: `invalid name: exceeds maximum length of ${maxName} characters` }
  if (description.length > maxDescription) {
    return { fault: `invalid description: exceeds maximum length of ${maxDescription} characters` }
  }
  const short = head.get('metadata.short-description')
  return { name, description, shortDescription: short === undefined ? null : oneLine(short) }
}

function oneLine(text: string): string {
  return text.split(/\s+/).join(' ').trim()
}
