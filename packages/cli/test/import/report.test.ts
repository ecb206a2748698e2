import { expect, it } from 'vitest'
import { countReport, joinReport } from '../../src/import/report.js'
import { account, artifact, fact, item, preview, result, success } from './sample-preview.js'

it('joins each artifact with its record and its statements', () => {
  const facts = [fact(), fact({ pointer: 'frontmatter/tools', fate: 'dropped' })]
  const plan = preview({ account: account(facts) })

  const [kind] = joinReport(plan, [result({ successes: [success()] })])

  expect(kind?.artifacts).toMatchObject([{ name: 'pdf', status: 'arrived', facts }])
  expect(kind?.facts).toEqual([])
})

it('tells two artifacts of one name in home and repository apart', () => {
  const repositoryFact = fact({ file: '/projects/r/.claude/skills/pdf/SKILL.md' })
  const homeFact = fact()
  const inRepository = artifact({
    sourcePath: '/projects/r/.claude/skills/pdf',
    targetPath: '/projects/r/.agents/skills/pdf',
  })
  const plan = preview({
    items: [item(), item({ cwd: '/projects/r', artifacts: [inRepository] })],
    account: account([repositoryFact, homeFact]),
  })
  const records = [success({ cwd: '/projects/r', targetPath: '/projects/r/.agents/skills/pdf' })]

  const [kind] = joinReport(plan, [result({ successes: records })])

  expect(kind?.artifacts.map(({ cwd, status, facts }) => ({ cwd, status, facts }))).toEqual([
    { cwd: null, status: 'notRun', facts: [homeFact] },
    { cwd: '/projects/r', status: 'arrived', facts: [repositoryFact] },
  ])
})

it('keeps a failure that belongs to no artifact, and counts it', () => {
  const failure = {
    itemType: 'SKILLS',
    errorType: null,
    subErrorType: null,
    failureStage: 'import_request_failed',
    message: 'disk full',
    cwd: null,
    source: null,
  } as const
  const plan = preview({ items: [item({ artifacts: [artifact({ outcome: 'nothing' })] })] })

  const kinds = joinReport(plan, [result({ rawErrors: [failure] })])

  expect(kinds[0]?.failures).toEqual([failure])
  expect(countReport(kinds)).toMatchObject({ failed: 1, unchanged: 1, arrived: 0 })
})

it('gives every statement of the account a place, also one that no artifact claims', () => {
  const stray = fact({ itemType: 'HOOKS', name: 'Stop', file: '/home/ada/.claude/settings.json' })
  const plan = preview({ account: account([fact(), stray]) })

  const kinds = joinReport(plan, null)

  expect(kinds.find((kind) => kind.itemType === 'HOOKS')?.facts).toEqual([stray])
})

it('lists the kinds in the order of reports, whatever the order of the plan', () => {
  const plan = preview({ items: [item({ itemType: 'HOOKS' }), item({ itemType: 'CONFIG' }), item()] })

  expect(joinReport(plan, null).map((kind) => kind.itemType)).toEqual(['CONFIG', 'SKILLS', 'HOOKS'])
})
