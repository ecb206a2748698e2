import { endWith } from './end-with.js'
import { runGangway } from './run-gangway.js'

// Every command but `app-server`, which the launcher starts from server-main.ts.
await endWith(runGangway(process.argv.slice(2)))
