import { appendFileSync } from 'node:fs'
import path from 'node:path'
import type { Site } from './fixture.js'
import { type Json, Peer } from './peer.js'
import { reference } from './programs.js'

/** What the real Codex finds in a home and a repository that an import has written. Names and values only, paths normalised, sorted. */
export interface ReadBack {
  readonly warnings: readonly string[]
  readonly environment: Json
  readonly sandboxMode: unknown
  readonly servers: Json
  readonly skills: readonly string[]
  readonly hooks: readonly string[]
}

/** Starts the reference over the site and asks it. The repository is trusted first, as a person would say yes to. */
export async function readBack(site: Site): Promise<ReadBack> {
  appendFileSync(path.join(site.codexHome, 'config.toml'), `\n[projects."${site.repo}"]\ntrust_level = "trusted"\n`)
  const peer = new Peer(reference(), { home: site.home, codexHome: site.codexHome, cwd: site.repo })
  try {
    await peer.initialize()
    const config = await ask(peer, 'config/read', { includeLayers: true, cwd: site.repo })
    const values = config.config as Json
    const policy = (values.shell_environment_policy ?? {}) as Json
    const skills = (await ask(peer, 'skills/list', { cwds: [site.repo], forceReload: true })).data as Listing<'skills'>
    const hooks = (await ask(peer, 'hooks/list', { cwds: [site.repo] })).data as Listing<'hooks'>
    return {
      warnings: peer.notifications
        .filter((one) => one.method === 'configWarning')
        .map((one) => site.normalise(String(one.params.summary))),
      environment: (policy.set ?? {}) as Json,
      sandboxMode: values.sandbox_mode,
      servers: (values.mcp_servers ?? {}) as Json,
      skills: [
        ...skills.flatMap((one) => one.errors.map((error) => `error ${site.normalise(JSON.stringify(error))}`)),
        ...skills.flatMap((one) =>
          one.skills
            .filter((skill) => skill.scope !== 'system')
            .map((skill) => site.normalise(`${skill.name} ${skill.path}`)),
        ),
      ].sort(),
      hooks: [
        ...hooks.flatMap((one) => one.errors.map((error) => `error ${site.normalise(JSON.stringify(error))}`)),
        ...hooks.flatMap((one) =>
          one.hooks.map((hook) =>
            site.normalise(`${hook.eventName} ${hook.matcher ?? '-'} ${hook.command} ${hook.timeoutSec}`),
          ),
        ),
      ].sort(),
    }
  } finally {
    await peer.close()
  }
}

type Listing<K extends string> = readonly ({ readonly [key in K]: readonly Json[] } & {
  readonly errors: readonly unknown[]
})[]

async function ask(peer: Peer, method: string, params: Json): Promise<Json> {
  const answer = await peer.request(method, params)
  if (answer.result === undefined) throw new Error(`${method}: ${answer.error?.message}`)
  return answer.result
}
