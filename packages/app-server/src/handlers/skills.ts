import { isAbsolute, resolve } from 'node:path'
import type { Skill } from '@gangway/home'
import { watchPath } from '../files/path-watch.js'
import type { Handlers, ServerContext } from '../handler.js'
import { invalidRequest, relativePath } from '../refusals.js'
import { readConfig, readFailure } from './config-view.js'
import { editing } from './editing.js'

type Config = Readonly<Record<string, unknown>>

/** Watched folders are few: the roots, and not what is in them. More are not watched. */
const maxWatches = 100

/** Skills: those of a folder, which of them are on, and news of them. */
export function skillHandlers(server: ServerContext): Handlers {
  const watched = new Map<string, () => void>()
  let extraRoots: readonly string[] = []
  server.onClose(async () => {
    for (const end of watched.values()) end()
    watched.clear()
  })

  function watchRoot(path: string): void {
    if (watched.has(path) || watched.size >= maxWatches) return
    const end = watchPath(path, () => {
      // A folder that was not there is watched as a folder from now on.
      end()
      watched.delete(path)
      watchRoot(path)
      void server.broadcast('skills/changed', {})
    })
    watched.set(path, end)
  }

  return {
    // What has changed on disk is seen with every call, so `forceReload` asks for nothing more.
    async 'skills/list'({ cwds }) {
      const { listSkills, skillRoots } = await import('@gangway/home')
      const folders = cwds === undefined || cwds.length === 0 ? [server.cwd] : cwds
      const data = folders.map(async (cwd) => {
        const absolute = resolve(server.cwd, cwd)
        const options = { layout: server.layout, cwd: absolute, extraRoots, config: await configOf(server, absolute) }
        for (const { path } of skillRoots(options)) watchRoot(path)
        const { skills, errors } = listSkills(options)
        return { cwd, skills: skills.map(entryOf), errors: [...errors] }
      })
      return { data: await Promise.all(data) }
    },

    async 'skills/config/write'({ path, name, enabled }) {
      const key = typeof path === 'string' ? { path } : { name: name ?? '' }
      if ((typeof path === 'string') === (typeof name === 'string')) {
        throw invalidRequest('skills/config/write requires exactly one of path or name')
      }
      if (typeof path === 'string' && !isAbsolute(path)) throw relativePath()
      await writeSwitch(server, key, enabled)
      await server.broadcast('skills/changed', {})
      return { effectiveEnabled: enabled }
    },

    async 'skills/extraRoots/set'({ extraRoots: roots }) {
      if (roots.some((root) => !isAbsolute(root))) throw relativePath()
      extraRoots = roots
      await server.broadcast('skills/changed', {})
      return {}
    },
  }
}

function entryOf({ shortDescription, ...skill }: Skill) {
  return { ...skill, pluginId: null, ...(shortDescription !== null && { shortDescription }) }
}

/** A skill is on unless an entry says otherwise, so switching it on takes its entry away. */
async function writeSwitch(
  server: ServerContext,
  key: { readonly path: string } | { readonly name: string },
  isEnabled: boolean,
): Promise<void> {
  const { readConfigLayers, writeConfig } = await editing()
  const { layers } = readConfigLayers({ layout: server.layout, cwd: null })
  const user = layers.find(({ name }) => name.type === 'user')?.config.skills as { config?: unknown } | undefined
  const entries = Array.isArray(user?.config) ? (user.config as Config[]) : []
  const [member, said] = Object.entries(key)[0] ?? []
  const others = entries.filter((entry) => member === undefined || entry[member] !== said)
  const value = isEnabled ? others : [...others, { ...key, enabled: false }]
  const edit = { keyPath: 'skills.config', value: value.length === 0 ? null : value, mergeStrategy: 'replace' as const }
  await writeConfig({ layout: server.layout, edits: [edit], filePath: null, expectedVersion: null })
}

async function configOf(server: ServerContext, cwd: string): Promise<Config> {
  try {
    return (await readConfig(server, cwd)).config
  } catch (error) {
    throw await readFailure(error, 'load configuration')
  }
}
