import { runAppServer } from './commands/app-server.js'
import { endWith } from './end-with.js'

// `gangway app-server`, whose start other programs wait for: it loads neither the argument parser nor the prompts.
void endWith(runAppServer(process.argv.slice(3)))
