import { describe, expect, it } from 'vitest'
import { compactions, failures } from '../golden-scripts/failures.js'
import { more } from '../golden-scripts/more.js'
import { plain } from '../golden-scripts/plain.js'
import { threads, turns } from '../golden-scripts/threads.js'
import { tools } from '../golden-scripts/tools.js'
import { withoutDifferences } from '../support/differences.js'
import { golden, perform, record, type Script } from '../support/golden.js'
import { gangway, reference } from '../support/programs.js'
import type { Step } from '../support/stage.js'

const scripts = [plain, turns, threads, tools, more, failures, compactions]
const patientMs = 120_000

describe.each(scripts)('the script $name', (script) => {
  it.runIf(process.env.RECORD)('is recorded', { timeout: patientMs }, async () => {
    record(script, await perform(script, reference()))

    expect(golden(script).length).toBeGreaterThan(10)
  })

  it('leads the reference to what was recorded', { timeout: patientMs }, async () => {
    expect(await said(script, 'reference')).toEqual(compared(golden(script)))
  })

  it('leads us to what the reference said', { timeout: patientMs }, async () => {
    expect(await said(script, 'gangway')).toEqual(compared(golden(script)))
  })
})

async function said(script: Script, by: 'reference' | 'gangway'): Promise<readonly string[]> {
  return compared(await perform(script, by === 'gangway' ? gangway() : reference()))
}

/** One line for each step: a difference shows as a line. */
function compared(steps: readonly Step[]): readonly string[] {
  return withoutDifferences(steps).map(({ kind, method, value }) => `${kind} ${method} ${JSON.stringify(value)}`)
}
