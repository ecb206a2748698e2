import type { PermissionSubject, Place } from '../../artifact.js'

/**
 * What a permission rule is about: `Bash(npm run:*)`, `Read(./.env)`, `WebFetch(domain:x.org)`, `mcp__server__tool`.
 *
 * @param written the rule as it stands in the settings
 */
export function permissionSubject(written: string, place: Place): PermissionSubject {
  const { tool, specifier } = toolAndSpecifier(written)
  if (tool.startsWith('mcp__')) return toolServerSubject(tool)
  switch (tool) {
    case 'Bash':
      return commandSubject(specifier)
    case 'Read':
      return pathSubject('read', specifier, place)
    case 'Edit':
    case 'MultiEdit':
      return pathSubject('write', specifier, place)
    case 'Write':
      return specifier === null ? { type: 'unknown' } : pathSubject('write', specifier, place)
    case 'WebFetch':
      return webSubject(specifier)
    case 'WebSearch':
      return { type: 'webSearch' }
    default:
      return { type: 'unknown' }
  }
}

function toolAndSpecifier(written: string): { tool: string; specifier: string | null } {
  const match = /^\s*([^()\s]+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(written)
  if (match === null) return { tool: '', specifier: null }
  return { tool: match[1]!, specifier: match[2] ?? null }
}

function toolServerSubject(tool: string): PermissionSubject {
  const [, server, ...rest] = tool.split('__')
  if (server === undefined || server === '' || server.includes('*')) return { type: 'unknown' }
  const name = rest.join('__')
  if (name === '' || name === '*') return { type: 'toolServer', server, tool: null }
  return name.includes('*') ? { type: 'unknown' } : { type: 'toolServer', server, tool: name }
}

/** `Bash(git log:*)` and `Bash(git log *)`: the words, then anything. `Bash(git log*)`: also `git logs`. `Bash(git log)`: only that. */
function commandSubject(specifier: string | null): PermissionSubject {
  const text = specifier?.trim() ?? '*'
  if (text === '*' || text === ':*' || text === '') return { type: 'command', words: [], ending: 'anything' }
  const [prefix, ending] = text.endsWith(':*')
    ? ([text.slice(0, -2), 'anything'] as const)
    : / \*$/.test(text)
      ? ([text.slice(0, -2), 'anything'] as const)
      : text.endsWith('*')
        ? ([text.slice(0, -1), 'glued'] as const)
        : ([text, 'nothing'] as const)
  const words = shellWords(prefix)
  return words === undefined || words.length === 0 ? { type: 'unknown' } : { type: 'command', words, ending }
}

/**
 * The words of a simple command, or undefined where a shell would do more than split it: operators, expansions, globs,
 * assignments before the command.
 */
function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = []
  const piece = /\s*(?:'([^']*)'|"([^"\\$`]*)"|([^\s'"\\$`;&|<>()*?[\]{}~#!]+))(?=\s|$)/y
  const end = text.trimEnd().length
  while (piece.lastIndex < end) {
    const match = piece.exec(text)
    if (match === null) return undefined
    words.push(match[1] ?? match[2] ?? match[3]!)
  }
  return /^[A-Za-z_][A-Za-z0-9_]*=/.test(words[0] ?? '') ? undefined : words
}

function webSubject(specifier: string | null): PermissionSubject {
  if (specifier === null || specifier.trim() === '' || specifier.trim() === '*')
    return { type: 'webPage', domain: null }
  const domain = /^\s*domain:\s*(\S+)\s*$/.exec(specifier)?.[1]
  return domain === undefined ? { type: 'unknown' } : { type: 'webPage', domain }
}

/** Path rules as Claude Code reads them: `//x` absolute, `~/x` home, `/x` from the settings' own root, else from the project. */
function pathSubject(access: 'read' | 'write', specifier: string | null, place: Place): PermissionSubject {
  const text = specifier?.trim() ?? ''
  if (text === '' || text === '*' || text === '**' || text === './**') {
    return { type: 'path', access, base: 'project', path: '', anyDepth: false }
  }
  if (text.startsWith('!') || text.includes('\\') || text.includes('\0')) return { type: 'unknown' }
  if (text.startsWith('//')) return located(access, 'absolute', text.slice(1))
  if (text === '~' || text.startsWith('~/')) return located(access, 'home', text.slice(2))
  if (text.startsWith('/')) {
    return place.kind === 'repo'
      ? located(access, 'project', text.slice(1))
      : located(access, 'absolute', `${place.configDir}${text}`)
  }
  const bare = text.startsWith('./') ? text.slice(2) : text
  return {
    ...located(access, 'project', bare),
    anyDepth: !text.startsWith('./') && !bare.replace(/\/$/, '').includes('/'),
  }
}

function located(access: 'read' | 'write', base: 'project' | 'home' | 'absolute', written: string) {
  const path = written.replace(/^\.\//, '').replace(/(?:\/\*\*|\/)$/, '')
  return { type: 'path', access, base, path, anyDepth: false } as const
}
