import type { PermissionSubject, Place } from '../../artifact.js'

/**
 * What a permission of Cursor's command line is about: `Shell(git)`, `Shell(npm:run test*)`, `Read(src/**)`, `Write(**)`,
 * `WebFetch(x.org)`, `Mcp(server:tool)`. Source: Cursor's documentation.
 *
 * @param written the rule as it stands in the settings
 */
export function permissionSubject(written: string, place: Place): PermissionSubject {
  const [, tool = '', specifier = ''] = /^\s*([A-Za-z]+)\s*\(([\s\S]*)\)\s*$/.exec(written) ?? []
  const text = specifier.trim()
  switch (tool.toLowerCase()) {
    case 'shell':
      return commandSubject(text)
    case 'read':
      return pathSubject('read', text, place)
    case 'write':
      return pathSubject('write', text, place)
    case 'webfetch':
      return { type: 'webPage', domain: text === '' || text === '*' ? null : text }
    case 'mcp':
      return serverSubject(text)
    default:
      return { type: 'unknown' }
  }
}

/** `git`: every command that starts with this word. `npm:run test*`: the arguments, as a glob. */
function commandSubject(text: string): PermissionSubject {
  if (text === '' || text === '*' || text === '**') return { type: 'command', words: [], ending: 'anything' }
  const [, command = '', given] = /^([^:]*)(?::([\s\S]*))?$/.exec(text) ?? []
  const [first, ...rest] = command.trim().split(/\s+/)
  if (first === undefined || !isPlain(first)) return { type: 'unknown' }
  const pattern = [...rest, ...(given === undefined ? [] : [given.trim()])].join(' ').trim()
  if (pattern === '' || pattern === '*' || pattern === '**') {
    return { type: 'command', words: [first], ending: 'anything' }
  }
  const [prefix, ending] = pattern.endsWith(' *')
    ? ([pattern.slice(0, -2), 'anything'] as const)
    : pattern.endsWith('*')
      ? ([pattern.slice(0, -1), 'glued'] as const)
      : // Without a colon the rule is about the beginning of a command.
        ([pattern, given === undefined ? 'anything' : 'nothing'] as const)
  const words = prefix.trim().split(/\s+/)
  if (!words.every(isPlain)) return { type: 'unknown' }
  return { type: 'command', words: [first, ...words], ending }
}

/** A word that a shell takes as it is. */
function isPlain(word: string): boolean {
  return word !== '' && !/[\s'"\\$`;&|<>()*?[\]{}~#!]/.test(word)
}

function serverSubject(text: string): PermissionSubject {
  const [, server = '', tool = '*'] = /^([^:]*)(?::([\s\S]*))?$/.exec(text) ?? []
  if (server === '' || server.includes('*')) return { type: 'unknown' }
  if (tool === '' || tool === '*') return { type: 'toolServer', server, tool: null }
  return tool.includes('*') ? { type: 'unknown' } : { type: 'toolServer', server, tool }
}

/** Globs from the folder of the project; `/x` and `~/x` are fixed places. */
function pathSubject(access: 'read' | 'write', text: string, place: Place): PermissionSubject {
  if (text === '' || text === '*' || text === '**' || text === '**/*' || text === './**') {
    return { type: 'path', access, base: 'project', path: '', anyDepth: false }
  }
  if (text.startsWith('!') || text.includes('\\') || text.includes('\0')) return { type: 'unknown' }
  if (text.startsWith('/')) return located(access, 'absolute', text)
  if (text === '~' || text.startsWith('~/')) return located(access, 'home', text.slice(2))
  const home = place.userHome
  if (text.startsWith('$HOME/')) return located(access, 'absolute', home + text.slice(5))
  const anyDepth = text.startsWith('**/') && !text.slice(3).includes('/')
  return { ...located(access, 'project', anyDepth ? text.slice(3) : text), anyDepth }
}

function located(access: 'read' | 'write', base: 'project' | 'home' | 'absolute', written: string) {
  const path = written.replace(/^\.\//, '').replace(/(?:\/\*\*(?:\/\*)?|\/)$/, '')
  return { type: 'path', access, base, path, anyDepth: false } as const
}
