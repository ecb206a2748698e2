import { join } from 'node:path'
import { homeLayout } from '@gangway/home'
import type { TargetRoot } from '@gangway/home/editing'
import type { Place } from './artifact.js'
import type { Target } from './kind.js'

/** Where things of a place go. Touches no disk. Source: reference 0.169.0, import-artifacts 1.3 */
export function targetOf(place: Place, codexHome: string): Target {
  if (place.kind === 'home') {
    const { root, configToml, hooksJson, hooksDir, skillsDir, agentsDir, agentsMd, rulesDir } = homeLayout(codexHome)
    const files = { configToml, hooksJson, hooksDir, skillsDir, agentsDir, agentsMd, rulesDir }
    return { codexHome, configDir: root, ...files, place }
  }
  const configDir = join(place.root, '.codex')
  return {
    codexHome,
    configDir,
    configToml: join(configDir, 'config.toml'),
    hooksJson: join(configDir, 'hooks.json'),
    hooksDir: join(configDir, 'hooks'),
    skillsDir: join(place.root, '.agents', 'skills'),
    agentsDir: join(configDir, 'agents'),
    agentsMd: join(place.root, 'AGENTS.md'),
    rulesDir: join(configDir, 'rules'),
    place,
  }
}

/** The only folders that bringing things to `target` may write to. In the person's own, links may lead elsewhere. */
export function writableRoots(target: Target): readonly TargetRoot[] {
  if (target.place.kind === 'repo') return [{ path: target.place.root }]
  return [
    { path: target.codexHome, linksMayLeave: true },
    { path: target.skillsDir, linksMayLeave: true },
  ]
}
