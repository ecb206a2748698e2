import type { CommandArtifact } from '../artifact.js'
import { inSpan, shortenName, UniqueNames } from './safe-name.js'

/** The longest name of a skill that is loaded. Source: reference 0.169.0, `skills/list`. */
const MAX_NAME = 64

/**
 * The skill folder of each command: `source-command-` and the path in lower case with dashes. Source: reference 0.169.0.
 * Where two commands would get one name, the first keeps it and the others get `-2`, `-3`, …; names over 64 characters
 * end in a hash of the whole.
 */
export function commandNames(commands: readonly CommandArtifact[]): ReadonlyMap<CommandArtifact, string> {
  const names = new UniqueNames()
  const result = new Map<CommandArtifact, string>()
  const naturals = new Set(commands.map(naturalName))
  for (const command of commands) {
    const natural = naturalName(command)
    let name = names.take(natural, MAX_NAME)
    // A suffix must not take a name that another command has by itself.
    while (name !== natural && naturals.has(name)) name = names.take(natural, MAX_NAME)
    result.set(command, name)
  }
  return result
}

/** What a person called the command by: its path with `-` between the parts. */
export function commandCalledBy(command: CommandArtifact): string {
  return inSpan(command.relativeName.replaceAll('/', '-'))
}

function naturalName(command: CommandArtifact): string {
  const slug = command.relativeName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return shortenName(`source-command-${slug === '' ? 'migrated' : slug}`, MAX_NAME)
}
