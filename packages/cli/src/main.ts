import { ExitCode } from './exit-codes.js'

// Programs wait for an app-server to start: its way loads neither the argument parser nor the prompts, and is bundled
// by itself (scripts/bundle-cli.js), so that it is one file.
const argv = process.argv.slice(2)
process.exitCode = await run().catch(reportError)

async function run(): Promise<number> {
  if (argv[0] === 'app-server') {
    const { runAppServer } = await import('./commands/app-server.js')
    return runAppServer(argv.slice(1))
  }
  const { runGangway } = await import('./run-gangway.js')
  return runGangway(argv)
}

function reportError(error: unknown): number {
  // By name: the two bundles have a class each.
  if (error instanceof Error && error.name === 'UsageError') {
    process.stderr.write(`gangway: ${error.message}\n`)
    return ExitCode.usage
  }
  const debug = process.env.GANGWAY_DEBUG !== undefined && process.env.GANGWAY_DEBUG !== ''
  const text = error instanceof Error ? ((debug ? error.stack : undefined) ?? error.message) : String(error)
  process.stderr.write(`gangway: ${text}\n`)
  return ExitCode.failed
}
