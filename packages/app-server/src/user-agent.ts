import { readFileSync } from 'node:fs'
import { arch, platform, release, type } from 'node:os'

/** What a user agent is made of. */
export interface UserAgentParts {
  /** Name of the first client of this server: it stays in front for all later ones. */
  readonly originator: string
  readonly serverVersion: string
  readonly clientName: string
  readonly clientVersion: string
  readonly env: { readonly [name: string]: string | undefined }
}

/**
 * `NAME/VERSION (OS version; arch) TERMINAL (CLIENT; CLIENT VERSION)`. Reads `/etc/os-release` on Linux.
 *
 * Source: reference 0.169.0, client-and-transports 2.2.
 */
export function userAgent(parts: UserAgentParts): string {
  const system = `${operatingSystem()}; ${architecture()}`
  const client = `${parts.clientName}; ${parts.clientVersion}`
  return `${parts.originator}/${parts.serverVersion} (${system}) ${terminal(parts.env)} (${client})`
}

/** `unix` or `windows`. */
export function platformFamily(): string {
  return platform() === 'win32' ? 'windows' : 'unix'
}

/** `linux`, `macos`, `windows`, else what Node calls it. */
export function platformOs(): string {
  const name = platform()
  return name === 'darwin' ? 'macos' : name === 'win32' ? 'windows' : name
}

function operatingSystem(): string {
  if (platform() !== 'linux') return `${platform() === 'darwin' ? 'Mac OS' : type().replace('_NT', '')} ${release()}`
  const fields = osRelease()
  const name = fields.get('NAME')?.replace(/ GNU\/Linux$/, '') ?? 'Linux'
  return `${name} ${threePartVersion(fields.get('VERSION_ID'))}`
}

function osRelease(): ReadonlyMap<string, string> {
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').split('\n')
    return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), unquoted(line.slice(line.indexOf('=') + 1))]))
  } catch {
    return new Map()
  }
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, '$2')
}

function threePartVersion(version: string | undefined): string {
  if (version === undefined || !/^\d+(\.\d+)*$/.test(version)) return version ?? release()
  return [...version.split('.'), '0', '0'].slice(0, Math.max(3, version.split('.').length)).join('.')
}

function architecture(): string {
  const name = arch()
  return name === 'x64' ? 'x86_64' : name === 'ia32' ? 'i686' : name
}

// One word: the parts around it are told apart by spaces.
function terminal(env: UserAgentParts['env']): string {
  const program = env.TERM_PROGRAM
  const version = env.TERM_PROGRAM_VERSION
  const name = program ? (version ? `${program}/${version}` : program) : env.TERM || 'unknown'
  return name.replace(/[^\x21-\x7e]/g, '_')
}
