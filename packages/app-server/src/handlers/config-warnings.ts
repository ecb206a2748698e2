import { existsSync } from 'node:fs'
import type { ServerNotifications } from '@gangway/protocol'
import type { ServerContext } from '../handler.js'
import { readConfig } from './config-view.js'

/**
 * What is wrong with the configuration. A server starts all the same, and tells every client that comes.
 *
 * Where there is no config.toml nothing is read, and nothing is loaded that could.
 */
export async function configWarnings(server: ServerContext): Promise<readonly ServerNotifications['configWarning'][]> {
  const { layout, configOverrides, configFiles } = server
  const isPlain = Object.keys(configOverrides).length === 0 && configFiles.profile === undefined
  if (isPlain && !existsSync(layout.configToml)) return []
  try {
    await readConfig(server, null)
    return []
  } catch (error) {
    return [await warningOf(error)]
  }
}

// Source: reference 0.169.0, summary, form of the details, and a range of no length.
async function warningOf(error: unknown): Promise<ServerNotifications['configWarning']> {
  const summary = 'Invalid configuration; using defaults.'
  const details = error instanceof Error ? error.message : String(error)
  const { TomlSyntaxError } = await import('@gangway/home')
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof TomlSyntaxError)) return { summary, details }
  const position = { line: cause.line, column: cause.column }
  return { summary, details, path: cause.file, range: { start: position, end: position } }
}
