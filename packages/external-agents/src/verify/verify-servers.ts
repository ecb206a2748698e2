import { dirname } from 'node:path'
import type { Table } from '@gangway/home'
import { isTable } from '../merge-patch.js'
import type { VerifyCheck } from '../wire.js'
import { broken, type VerifyContext, type VerifyKind, warning } from './check.js'
import { environmentWith, findProgram } from './programs.js'
import { readTable } from './read-documents.js'
import { answersHttp, startsOverStdio } from './start-server.js'
import { isRecordOfStrings, textsOf } from './words.js'

/** An MCP server: its entry, its program, the variables that it wants; and that it starts, when that is asked for. */
export const verifyServer: VerifyKind = async ({ name, path }, context) => {
  const document = readTable(path, 'toml')
  if (!('value' in document)) return document.checks
  const servers = document.value.mcp_servers
  const server = isTable(servers) ? servers[name] : undefined
  if (!isTable(server)) {
    return [broken('missing', `${path} has no mcp_servers.${name}`, 'import it again, or forget it', path)]
  }
  const checks = unsetVariables(server, context)
  if (server.enabled === false) return checks
  return [
    ...checks,
    ...(typeof server.command === 'string'
      ? await program(server, path, context)
      : await remote(server, path, context)),
  ]
}

async function program(server: Table, path: string, context: VerifyContext): Promise<readonly VerifyCheck[]> {
  const command = String(server.command)
  const cwd = typeof server.cwd === 'string' ? server.cwd : dirname(path)
  const env = environmentWith(context.env, server.env)
  const found = findProgram(command, env, cwd)
  if (found === undefined) {
    return [
      broken(
        'command-missing',
        `there is no program ${command} on PATH`,
        `install ${command}, or write its full path`,
        path,
      ),
    ]
  }
  if (!context.startServers) return []
  const fault = await startsOverStdio({ command: found, args: textsOf(server.args), env, cwd }, context.signal)
  return fault === undefined
    ? []
    : [broken('server-does-not-start', fault, 'run the command in a terminal to see what it says', path)]
}

async function remote(server: Table, path: string, context: VerifyContext): Promise<readonly VerifyCheck[]> {
  const { url } = server
  if (typeof url !== 'string' || !URL.canParse(url)) {
    return [broken('invalid', 'the server has neither a command nor a url', 'write one of them', path)]
  }
  if (!context.startServers) return []
  const token = typeof server.bearer_token_env_var === 'string' ? context.env[server.bearer_token_env_var] : undefined
  const headers = {
    ...(isRecordOfStrings(server.http_headers) && server.http_headers),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  const answer = await answersHttp(url, headers, context.signal)
  if (answer === 'yes') return []
  if (answer === 'sign-in')
    return [warning('server-wants-sign-in', `${url} wants a sign-in`, 'sign in to it, or set its token', path)]
  return [broken('server-does-not-answer', answer, 'check the address, and whether the server runs', path)]
}

/** Variables are taken from the environment that a thread starts in, which may be another one. */
function unsetVariables(server: Table, { env }: VerifyContext): VerifyCheck[] {
  const names = new Set([
    ...textsOf(server.env_vars),
    ...(isRecordOfStrings(server.env_http_headers) ? Object.values(server.env_http_headers) : []),
    ...(typeof server.bearer_token_env_var === 'string' ? [server.bearer_token_env_var] : []),
  ])
  return [...names]
    .filter((name) => env[name] === undefined || env[name] === '')
    .map((name) => warning('variable-unset', `the variable ${name} is not set`, `export ${name}`))
}
