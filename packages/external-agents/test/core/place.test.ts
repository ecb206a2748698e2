import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { placeKey, resolvePlace, userHomeOf } from '../../src/place.js'
import { claudeCode } from '../../src/sources/claude-code/index.js'
import { tempTree } from './temp-tree.js'

const contextOf = (root: string, env: { readonly [name: string]: string } = {}) => ({
  source: claudeCode,
  env,
  userHome: join(root, 'home'),
  cwd: root,
})

describe('resolvePlace', () => {
  it.each([null, undefined, ''])('takes %j for the home', (cwd) => {
    const root = tempTree({ 'home/x': '' })

    expect(resolvePlace(cwd, contextOf(root))).toMatchObject({
      kind: 'home',
      cwd: cwd ?? null,
      root: join(root, 'home'),
      configDir: join(root, 'home/.claude'),
    })
  })

  it('C6: goes up to the repository of a folder, a file and a worktree, and keeps the spelling it was given', () => {
    const root = tempTree({
      'repo/.git/HEAD': '',
      'repo/a/b/c.md': '',
      'tree/.git': 'gitdir: elsewhere',
      'tree/a/x': '',
    })

    for (const cwd of [join(root, 'repo/a/b'), join(root, 'repo/a/b/c.md'), 'repo/a', './repo']) {
      expect(resolvePlace(cwd, contextOf(root))).toMatchObject({ kind: 'repo', cwd, root: join(root, 'repo') })
    }
    expect(resolvePlace('tree/a', contextOf(root))?.root).toBe(join(root, 'tree'))
  })

  it.skipIf(isInRepository(tmpdir()))('takes a folder outside any repository for its own root', () => {
    const root = tempTree({ 'plain/a/x': '' })

    expect(resolvePlace('plain/a', contextOf(root))?.root).toBe(join(root, 'plain/a'))
  })

  it('C6: knows no place for a folder that is gone', () => {
    expect(resolvePlace('gone', contextOf(tempTree()))).toBeUndefined()
  })

  it('A20: honours CLAUDE_CONFIG_DIR for the home, and not for repositories', () => {
    const root = tempTree({ 'repo/.git/HEAD': '' })
    const context = contextOf(root, { CLAUDE_CONFIG_DIR: '/srv/claude' })

    expect(resolvePlace(null, context)?.configDir).toBe('/srv/claude')
    expect(resolvePlace('repo', context)).toMatchObject({
      configDir: join(root, 'repo/.claude'),
      userConfigDir: '/srv/claude',
    })
  })

  it('gives one key to one repository under two names', () => {
    const root = tempTree({ 'repo/.git/HEAD': '', link: { link: 'repo' } })
    const keyOf = (cwd: string) => placeKey(resolvePlace(cwd, contextOf(root))!)

    expect(keyOf('link')).toBe(keyOf('repo'))
  })
})

describe('userHomeOf', () => {
  it('prefers HOME, then USERPROFILE, then what the system says', () => {
    expect(userHomeOf({ HOME: '/a', USERPROFILE: '/b' }, () => '/c')).toBe('/a')
    expect(userHomeOf({ HOME: '', USERPROFILE: '/b' }, () => '/c')).toBe('/b')
    expect(userHomeOf({}, () => '/c')).toBe('/c')
  })
})

/** Some machines keep a `.git` above the folder for temporary files. */
function isInRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true
  return folder !== dirname(folder) && isInRepository(dirname(folder))
}
