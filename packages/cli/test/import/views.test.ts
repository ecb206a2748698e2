import { expect, it } from 'vitest'
import { factLines } from '../../src/import/account-view.js'
import { diffLines } from '../../src/import/diff-view.js'
import { endLines } from '../../src/import/end-view.js'
import { planLines } from '../../src/import/plan-view.js'
import { stepLine } from '../../src/import/progress-view.js'
import { joinReport } from '../../src/import/report.js'
import { reportDetails, reportTable } from '../../src/import/report-view.js'
import type { View } from '../../src/import/view.js'
import { createStyle } from '../../src/terminal/style.js'
import { displayWidth } from '../../src/terminal/width.js'
import { account, artifact, fact, item, preview, result, success } from './sample-preview.js'

const view: View = { columns: 80, style: createStyle(false), userHome: '/home/ada' }
const coloured: View = { ...view, style: createStyle(true) }

it('shows what comes, what is written, what stays behind and what to do', () => {
  const skipped = artifact({
    name: 'old',
    outcome: 'skipped',
    reason: { code: 'exists', message: 'a skill of that name is there' },
  })
  const action = fact({
    fate: 'needs-action',
    pointer: 'frontmatter/tools',
    reason: { code: 'x', message: 'tool limits cannot be kept' },
    action: 'Set sandbox_mode yourself.',
  })
  const plan = preview({
    items: [item({ artifacts: [artifact(), skipped] })],
    files: [
      {
        path: '/home/ada/.agents/skills/pdf/SKILL.md',
        status: 'create',
        diff: '',
        binary: false,
        itemType: 'SKILLS',
        name: 'pdf',
      },
    ],
    account: account([fact(), action]),
    environment: [{ name: 'GITHUB_TOKEN', usedBy: ['github'] }],
    warnings: [{ path: '/home/ada/.claude.json', message: 'not JSON', line: 3, column: 7 }],
  })

  expect(planLines(plan, view)).toEqual([
    'From home',
    '  Skills          1  pdf (1 skipped)',
    '',
    'Will be written (1 file: 1 new)',
    '  + ~/.agents/skills/pdf/SKILL.md',
    '',
    'Stays behind',
    '  Skills: old: a skill of that name is there',
    '',
    'For you to look at',
    '  ! ~/.claude/skills/pdf/SKILL.md#frontmatter/tools: tool limits cannot be kept',
    '    → Set sandbox_mode yourself.',
    '',
    'Export these names in your shell (their values are not copied)',
    '  GITHUB_TOKEN  for github',
    '',
    'Could not be used',
    '  ~/.claude.json:3:7: not JSON',
    '',
    '2 statements found: 1 kept as it is, 0 rewritten, 0 dropped, 1 for you to look at.',
    'Plan d1',
  ])
})

it('spells control characters of names out, wherever they are shown', () => {
  const name = 'x\u001b[2J\ny'
  const evil = artifact({ name, sourcePath: `/home/ada/.claude/skills/${name}`, targetPath: `/t/${name}` })
  const plan = preview({
    items: [item({ artifacts: [evil, { ...evil, outcome: 'skipped', reason: { code: 'c', message: name } }] })],
    files: [
      {
        path: `/t/${name}`,
        status: 'create',
        diff: `@@ -0,0 +1 @@\n+${name}`,
        binary: false,
        itemType: 'SKILLS',
        name,
      },
    ],
    account: account([
      fact({ name, file: `/t/${name}`, pointer: name, fate: 'dropped', reason: { code: 'c', message: name } }),
    ]),
    environment: [{ name, usedBy: [name] }],
    warnings: [{ path: name, message: name, line: null, column: null }],
  })
  const end = {
    status: 'completed',
    preview: plan,
    warnings: [],
    results: [result()],
    importId: 'i',
    error: null,
  } as const

  const lines = [...planLines(plan, view), ...diffLines(plan.files, view), ...endLines(end, '/c', view)]

  expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([])
  expect(lines.some((line) => line.includes('x\\x1b[2J\\ny'))).toBe(true)
})

it('paints added and removed lines, leaves the file headers of the diff out, and counts what it hides', () => {
  const diff = '--- a/config.toml\n+++ b/config.toml\n@@ -1,1 +1,2 @@\n-old = 1\n+new = 1\n+more = 2\n'
  const files = [
    { path: '/home/ada/.codex/config.toml', status: 'modify', diff, binary: false, itemType: 'CONFIG', name: null },
  ] as const

  expect(diffLines(files, view, { linesPerFile: 3 })).toEqual([
    '~/.codex/config.toml (changed)',
    '@@ -1,1 +1,2 @@',
    '-old = 1',
    '+new = 1',
    '  … 1 more line',
  ])
  expect(diffLines(files, coloured).join('\n')).toContain('\u001b[32m+new = 1\u001b[39m')
})

it('keeps a removed line that itself begins with dashes', () => {
  const files = [
    {
      path: '/x',
      status: 'modify',
      diff: '@@ -1 +1 @@\n--- a heading\n+b',
      binary: false,
      itemType: 'CONFIG',
      name: null,
    },
  ] as const

  expect(diffLines(files, view)).toEqual(['/x (changed)', '@@ -1 +1 @@', '--- a heading', '+b'])
})

it('shows statements by urgency, and those kept as they are only on request', () => {
  const facts = [
    fact({ pointer: 'a' }),
    fact({ pointer: 'b', fate: 'rewritten', reason: { code: 'r', message: 'in other words' } }),
    fact({ pointer: 'c', fate: 'dropped', reason: { code: 'd', message: 'no counterpart' } }),
  ]

  expect(factLines(facts, view)).toEqual(['  - c: no counterpart', '  ~ b: in other words'])
  expect(factLines(facts, view, { all: true })).toContain('  + a')
})

it('prints a table with a row per kind and their sum, within the width', () => {
  const plan = preview({
    items: [item(), item({ itemType: 'HOOKS', artifacts: [artifact({ name: 'Stop', outcome: 'nothing' })] })],
    account: account([fact({ fate: 'rewritten' })]),
  })

  const lines = reportTable(joinReport(plan, [result({ successes: [success()] })]), view)

  expect(lines).toEqual([
    '        arrived  there  skipped  failed  rewritten  dropped  needs action',
    'Skills        1      0        0       0          1        0             0',
    'Hooks         0      1        0       0          0        0             0',
    'All           1      1        0       0          1        0             0',
  ])
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80)
})

it('tells the same in words where the terminal is too narrow for the table', () => {
  const plan = preview({ items: [item(), item({ itemType: 'HOOKS', artifacts: [artifact({ name: 'Stop' })] })] })
  const narrow = { ...view, columns: 60 }

  const lines = reportTable(joinReport(plan, [result({ successes: [success()] })]), narrow)

  expect(lines).toEqual(['Skills: 1 arrived', 'Hooks: nothing', 'All: 1 arrived'])
})

it('counts what many conversations came to, and names what the person did not stop', () => {
  const artifacts = Array.from({ length: 90 }, (_, index) =>
    artifact({ name: `talk ${index}`, source: `/s/${index}`, sourcePath: `/s/${index}`, targetPath: `/t/${index}` }),
  )
  const skipped = artifacts.map(({ sourcePath, targetPath }, index) => ({
    itemType: 'SESSIONS',
    cwd: null,
    source: sourcePath,
    reason: index === 0 ? 'empty' : 'cancelled',
    message: index === 0 ? 'holds nothing' : 'it was stopped before',
    sourcePath,
    targetPath,
  }))
  const kinds = joinReport(preview({ items: [item({ itemType: 'SESSIONS', artifacts })] }), [
    { ...result(), itemType: 'SESSIONS', skipped } as never,
  ])

  const lines = reportDetails(kinds, view)

  expect(lines).toContain('  · 89 not done')
  expect(lines).toContain('      holds nothing')
  expect(lines.length).toBeLessThan(8)
})

it('says what a step did, with its place', () => {
  const step = { ...result({ successes: [success()] }), description: 'Skills', cwd: '/home/ada/r' }

  expect(stepLine(step, 2, 5, view)).toBe('✓ 2/5 Skills from ~/r: 1 arrived')
  expect(stepLine({ ...step, successCount: 0 }, 3, 5, view)).toBe('✓ 3/5 Skills from ~/r: nothing to do')
})

it('names the digest to repeat a plan, and why a plan was refused', () => {
  const base = { preview: preview(), warnings: [], results: null, importId: null, error: null }

  expect(endLines({ ...base, status: 'planned' }, '/c', view).join('\n')).toContain('--yes=d1')
  expect(endLines({ ...base, status: 'stale', error: 'the plan changed' }, '/c', view).join('\n')).toContain(
    'The plan is stale: the plan changed',
  )
  expect(endLines({ ...base, status: 'interrupted' }, '/c', view)).toContain('Stopped. Nothing was written.')
})

it('tells what is done and what is not when it was stopped on the way', () => {
  const items = [item(), item({ itemType: 'HOOKS', artifacts: [artifact({ name: 'Stop' })] })]
  const end = {
    status: 'interrupted',
    preview: preview({ items }),
    warnings: [],
    results: [result({ successes: [success()] })],
    importId: 'i-1',
    error: null,
  } as const

  const text = endLines(end, '/home/ada/.codex', view).join('\n')

  expect(text).toContain('✓ pdf')
  expect(text).toContain('· Stop (not done)')
  expect(text).toContain('Stopped before the end: 1 thing arrived.')
  expect(text).toContain('Journal ~/.codex/gangway/journal')
})

it('writes no escape sequence with colour off, and some with colour on', () => {
  const plan = preview({ account: account([fact({ fate: 'dropped', reason: { code: 'c', message: 'm' } })]) })

  expect(planLines(plan, view).join('')).not.toContain('\u001b')
  expect(planLines(plan, coloured).join('')).toContain('\u001b[')
})
