// Run as a process of its own, to be killed at any moment: undoes an import of the home named.
import { homeLayout } from '@gangway/home'
import { reverseImport } from '@gangway/home/editing'

const [root = '', importId = ''] = process.argv.slice(2)
await reverseImport(homeLayout(`${root}/.codex`), importId, { beginning: () => void process.stdout.write('begun\n') })
