// Run as a process of its own, to be killed at any moment: imports what `importChanges` gives into the folder named.
import { homeLayout } from '@gangway/home'
import { applyChange, openJournal } from '@gangway/home/editing'
import { importChanges } from './import-changes.js'

const [root = '', importId = ''] = process.argv.slice(2)
const layout = homeLayout(`${root}/.codex`)
const changes = importChanges(root)
const journal = openJournal(layout, importId)
const steps = journal.begin(changes)
process.stdout.write('begun\n')
for (const [index, change] of changes.entries()) {
  const step = steps[index]
  if (step) await applyChange(change, { roots: [root], locksDir: layout.locksDir, step })
}
journal.finish()
