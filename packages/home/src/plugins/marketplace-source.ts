import { isAbsolute, join, resolve } from 'node:path'
import { PluginError } from './plugin-error.js'

/** Where a marketplace is kept. */
export type MarketplaceSource = { readonly type: 'local'; readonly path: string } | GitSource

/** A repository, as `git` reaches it. */
export interface GitSource {
  readonly type: 'git'
  readonly url: string
  /** Branch, tag or commit; null: what the repository calls its head. */
  readonly ref: string | null
  /** Only these paths are checked out; empty: all. */
  readonly sparsePaths: readonly string[]
}

export interface SourceInput {
  /** What a relative path is resolved against. Absolute. */
  readonly cwd: string
  /** The person's home directory, for `~/`. */
  readonly userHome: string
  readonly refName?: string | null
  readonly sparsePaths?: readonly string[] | null
}

/**
 * What a person means by the source of a marketplace: a folder, `owner/repo`, or the address of a repository, with `#ref`
 * or `@ref` behind it. Touches no disk. Source: reference 0.169.0, its messages.
 *
 * @throws PluginError `invalid`
 */
export function parseMarketplaceSource(given: string, input: SourceInput): MarketplaceSource {
  const text = given.trim()
  if (text === '') throw new PluginError('invalid', 'marketplace source must not be empty')
  const path = localPath(text, input)
  const sparsePaths = input.sparsePaths ?? []
  if (path !== undefined) {
    if (input.refName != null) throw new PluginError('invalid', '--ref is only supported for git marketplace sources')
    if (sparsePaths.length > 0)
      throw new PluginError('invalid', '--sparse is only supported for git marketplace sources')
    return { type: 'local', path }
  }
  const { url, ref } = splitRef(text)
  const address = gitUrl(url)
  if (address === undefined) {
    throw new PluginError(
      'invalid',
      'invalid marketplace source format; expected owner/repo, a git URL, or a local marketplace path',
    )
  }
  return gitSource(address, input.refName ?? ref, sparsePaths)
}

/** A checked source. @throws PluginError `invalid` for what `git` could take for something else than it is */
export function gitSource(url: string, ref: string | null, sparsePaths: readonly string[] = []): GitSource {
  if (gitUrl(url) !== url) throw new PluginError('invalid', `git URL ${shownUrl(url)} is not of https, http or ssh`)
  if (ref !== null && !/^[A-Za-z0-9_][A-Za-z0-9._/+@-]*$/.test(ref))
    throw new PluginError('invalid', `git ref ${JSON.stringify(ref)} is not a plain name`)
  for (const path of sparsePaths) {
    if (path === '' || /^[-/!]|[\p{Cc}\\*?[]/u.test(path) || path.split('/').includes('..'))
      throw new PluginError('invalid', `sparse path ${JSON.stringify(path)} is not a plain path below the repository`)
  }
  return { type: 'git', url, ref, sparsePaths }
}

/** The address that a repository's name stands for, or undefined for what is none, or of another protocol. */
export function gitUrl(text: string): string | undefined {
  if (/[\s\p{Cc}]/u.test(text)) return undefined
  if (/^(?:https?|ssh):\/\/[^-/]/i.test(text)) return text
  if (/^[A-Za-z0-9._][A-Za-z0-9._-]*@[A-Za-z0-9[][^/]*:[^-]/.test(text)) return text
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*\/[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(text)) {
    return `https://github.com/${text}${text.endsWith('.git') ? '' : '.git'}`
  }
  return undefined
}

/** An address without the password that may stand in it. */
export function shownUrl(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, '$1')
}

function localPath(text: string, { cwd, userHome }: SourceInput): string | undefined {
  if (text === '~' || text.startsWith('~/')) return join(userHome, text.slice(1))
  if (isAbsolute(text) || /^\.{1,2}(?:[\\/]|$)/.test(text)) return resolve(cwd, text)
  return undefined
}

function splitRef(text: string): { readonly url: string; readonly ref: string | null } {
  const hash = text.lastIndexOf('#')
  if (hash > 0) return { url: text.slice(0, hash), ref: text.slice(hash + 1) }
  const short = /^([^/@:]+\/[^/@:]+)@(.+)$/.exec(text)
  return short ? { url: short[1]!, ref: short[2]! } : { url: text, ref: null }
}
