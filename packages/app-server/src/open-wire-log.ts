import { resolve } from 'node:path'
import type { Log } from './log.js'
import type { WireLog } from './observe/wire-log.js'

/** The log of the wire that a server was asked for. @throws Error when its file cannot be opened */
export async function openWireLog(
  { wireLogFile, cwd = process.cwd() }: { readonly wireLogFile?: string; readonly cwd?: string },
  log: Log,
): Promise<WireLog | undefined> {
  if (wireLogFile === undefined) return undefined
  const { WireLog } = await import('./observe/wire-log.js')
  return new WireLog(resolve(cwd, wireLogFile), (error) =>
    log.write('error', `the log of the wire cannot be written: ${error.message}`),
  )
}
