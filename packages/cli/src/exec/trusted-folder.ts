import type { RequestHandle } from '@gangway/client'

/** A folder where nobody has agreed that an agent works. Printed as it is; exit code 1. Source: reference 0.169.0. */
export const untrustedFolder = 'Not inside a trusted directory and --skip-git-repo-check was not specified.'

/**
 * The root of the repository that `folder` is in; undefined when it is in none. Asked of the server, whose disk it is.
 *
 * @param folder absolute
 */
export async function repositoryRoot(server: RequestHandle, folder: string): Promise<string | undefined> {
  for (let here = folder; ; here = parentOf(here)) {
    const answer = await server.requestRaw('fs/getMetadata', { path: `${here === '/' ? '' : here}/.git` })
    if (answer.ok) return here
    if (parentOf(here) === here) return undefined
  }
}

/**
 * Puts down that a project is trusted, where nothing is put down yet.
 *
 * @throws Error for a project that is marked as untrusted; ServerError when the configuration cannot be written
 */
export async function trustProject(server: RequestHandle, root: string, cwd: string): Promise<void> {
  const { config } = await server.request('config/read', { cwd, includeLayers: false })
  const projects = (config.projects ?? {}) as {
    readonly [folder: string]: { readonly trust_level?: string } | undefined
  }
  const level = projects[root]?.trust_level
  if (level === 'untrusted') throw new Error(`${root} is marked as untrusted. Update its trust setting first.`)
  if (level !== undefined) return
  await server.request('config/batchWrite', {
    edits: [{ keyPath: `projects.${JSON.stringify(root)}.trust_level`, value: 'trusted', mergeStrategy: 'replace' }],
    reloadUserConfig: true,
  })
}

function parentOf(folder: string): string {
  const at = folder.replace(/\/+$/, '').lastIndexOf('/')
  return at <= 0 ? '/' : folder.slice(0, at)
}
