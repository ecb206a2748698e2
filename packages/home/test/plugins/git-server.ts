import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { write } from '../folder.js'

/** A repository's files: texts, or what JSON is made of. */
export type RepositoryFiles = { readonly [path: string]: unknown }

/** A server of git repositories on loopback, as `git http-backend` serves them. */
export interface GitServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Makes a repository, or the next commit of it; gives its address. */
  commit(name: string, files: RepositoryFiles): string
  /** The address of a repository that is never answered for. */
  readonly silentUrl: string
  /** How many requests have come. */
  requests(): number
}

/** Starts one in `folder`; it ends with the test. */
export async function startGitServer(folder: string): Promise<GitServer> {
  let requests = 0
  const served = join(folder, 'served')
  mkdirSync(served, { recursive: true })
  const server = createServer((request, response) => {
    requests++
    if (request.url?.startsWith('/silent')) return
    answer(served, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    silentUrl: `${url}/silent.git`,
    requests: () => requests,
    commit(name, files) {
      commit(folder, served, name, files)
      return `${url}/${name}.git`
    },
  }
}

function commit(folder: string, served: string, name: string, files: RepositoryFiles): void {
  const work = join(folder, 'work', name)
  const bare = join(served, `${name}.git`)
  const isNew = !tryGit(folder, '-C', work, 'rev-parse', '--git-dir')
  if (isNew) {
    mkdirSync(work, { recursive: true })
    git(folder, 'init', '--quiet', '-b', 'main', work)
    git(folder, 'init', '--quiet', '--bare', '-b', 'main', bare)
  }
  for (const [path, content] of Object.entries(files)) {
    write(join(work, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  git(folder, '-C', work, 'add', '--all')
  git(folder, '-C', work, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--quiet', '-m', 'next')
  git(folder, '-C', work, 'push', '--quiet', bare, 'main')
}

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', args, { cwd, env: gitEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] })
}

function tryGit(cwd: string, ...args: string[]): boolean {
  try {
    git(cwd, ...args)
    return true
  } catch {
    return false
  }
}

/** Without the settings of who runs the tests. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CEILING_DIRECTORIES: '/tmp',
  }
}

/** One request through the program that speaks for git: CGI. */
function answer(served: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://loopback')
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment(),
      GIT_PROJECT_ROOT: served,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_ADDR: '127.0.0.1',
    },
  })
  request.pipe(backend.stdin)
  const chunks: Buffer[] = []
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  backend.once('close', () => {
    const output = Buffer.concat(chunks)
    const end = output.indexOf('\r\n\r\n')
    for (const line of output.subarray(0, Math.max(end, 0)).toString().split('\r\n')) {
      const [name, value] = line.split(': ')
      if (name === 'Status') response.statusCode = Number.parseInt(value ?? '500', 10)
      else if (name && value) response.setHeader(name, value)
    }
    response.end(output.subarray(end + 4))
  })
}
