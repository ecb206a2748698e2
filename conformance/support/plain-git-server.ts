import { execFileSync } from 'node:child_process'
import { createReadStream, mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

/** A git repository served as plain files on loopback. */
export interface PlainGitServer {
  readonly url: string
  /** The files of `folder` as the next commit. */
  commit(): void
  close(): void
}

/** Serves what stands in `folder`; keeps its own things in `state`. */
export async function startPlainGitServer(folder: string, state: string): Promise<PlainGitServer> {
  const bare = path.join(state, 'shop.git')
  mkdirSync(state, { recursive: true })
  const git = (...args: string[]) => {
    const env = { ...process.env, GIT_DIR: bare, GIT_WORK_TREE: folder, GIT_CONFIG_GLOBAL: '/dev/null' }
    execFileSync('git', ['-c', 'core.bare=false', '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      env,
      stdio: 'pipe',
    })
  }
  git('init', '--quiet', '-b', 'main')
  const commit = () => {
    git('add', '--all')
    git('commit', '--quiet', '-m', 'next')
    git('update-server-info')
  }
  commit()
  const server = createServer((request, response) => {
    const file = path.join(state, path.normalize(new URL(request.url ?? '/', 'http://x').pathname))
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) response.writeHead(404).end()
    else createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop.git`,
    commit,
    close: () => void server.close(),
  }
}
