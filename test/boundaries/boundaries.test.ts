import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readAllowedImports } from './allowed-imports.js'
import { findCircles } from './circles.js'
import { readSourceImports, specifiersIn } from './source-imports.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const allowed = readAllowedImports(readFileSync(path.join(root, 'docs/architecture.md'), 'utf8'))
const imports = readSourceImports(root)
const ours = imports.filter(({ specifier }) => /^(@gangway\/|gangway($|\/))/.test(specifier))

describe('the plan of the house', () => {
  it('has a row for every package, and a package for every row', () => {
    expect([...allowed.keys()].sort()).toEqual(readdirSync(path.join(root, 'packages')).sort())
  })

  it('has only the arrows that docs/architecture.md allows', () => {
    const forbidden = ours.filter((one) => !isAllowed(one)).map(print)

    expect(forbidden).toEqual([])
  })

  it('draws at least one arrow, so that the check sees the imports', () => {
    expect(ours.length).toBeGreaterThan(10)
  })

  it('has no circle between the files of a package', () => {
    expect(findCircles(imports)).toEqual([])
  })

  it('has no inner file that imports the face of its own package', () => {
    const inward = imports.filter((one) => path.posix.join(path.posix.dirname(one.file), one.specifier) === 'index.js')

    expect(inward.map(print)).toEqual([])
  })

  it('keeps node: modules out of protocol', () => {
    const nodes = imports.filter((one) => one.package === 'protocol' && one.specifier.startsWith('node:'))

    expect(nodes.map(print)).toEqual([])
  })
})

describe('specifiersIn', () => {
  it('finds static, bare, re-exported and dynamic imports, and none in comments', () => {
    const text = `import a from './a.js'\nimport './b.js'\nexport { c } from "./c.js"\nawait import('./d.js')\n// import './e.js'\n/* from './f.js' */`

    expect(specifiersIn(text).sort()).toEqual(['./a.js', './b.js', './c.js', './d.js'])
  })
})

function isAllowed(one: { package: string; file: string; specifier: string }): boolean {
  const allowance = allowed.get(one.package)
  const target = one.specifier
    .split('/')
    .slice(0, one.specifier.startsWith('@') ? 2 : 1)
    .join('/')
  if (allowance === undefined) return false
  if (allowance.anywhere.includes(target)) return true
  return allowance.onlyIn.some(({ name, file }) => name === target && file === one.file)
}

function print(one: { package: string; file: string; specifier: string }): string {
  return `packages/${one.package}/src/${one.file} imports ${one.specifier}`
}
