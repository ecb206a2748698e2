import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openSession } from '../session/open-session.js'
import { type Check, findingsOf, wordsOf } from './finding.js'

const { ok, info, warning } = findingsOf('socket')

const answerMs = 3_000

/** The control socket of the home: whether a server runs there. Source of the place: reference 0.169.0. */
export const checkSocket: Check = async ({ codexHome, sessionOptions, signal }) => {
  const path = join(codexHome, 'app-server-control', 'app-server-control.sock')
  if (!existsSync(path)) return [info('socket-none', 'no server runs on the home’s control socket', null, { path })]
  try {
    const ends = AbortSignal.any([signal, AbortSignal.timeout(answerMs)])
    await using client = await openSession({ ...sessionOptions, codexHome, remote: 'unix://', signal: ends })
    return [ok('socket', `a server runs on the home’s control socket: ${client.server.userAgent}`, { path })]
  } catch (error) {
    return [
      warning('socket-dead', `nobody answers on the home’s control socket: ${wordsOf(error)}`, `rm ${path}`, { path }),
    ]
  }
}
