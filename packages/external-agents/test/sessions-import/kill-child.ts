import { join } from 'node:path'
import { ExternalAgentImports } from '../../src/imports.js'

// Run as a process of its own by kill.proc.test.ts: brings every session of one home over.
const home = process.argv[2]!
const imports = new ExternalAgentImports({ codexHome: join(home, '.codex'), env: { HOME: home }, cwd: home })
const { items } = await imports.detect({ includeHome: true, maxSessions: 1000 })
await imports.import({ migrationItems: items }, { experimental: true, onProgress: () => {}, onCompleted: () => {} })
await imports.close({ graceMs: 60_000 })
