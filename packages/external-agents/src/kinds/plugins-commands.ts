import { readFileSync } from 'node:fs'
import type { TreeFile } from '@gangway/home'
import { type ReadPlugin, readPluginContents } from '@gangway/home/plugins'
import type { CommandArtifact } from '../artifact.js'
import { loadYaml, readFrontMatter, yamlIsWanted } from '../frontmatter.js'
import { convertCommand } from './commands-document.js'
import { commandNames } from './commands-name.js'

/** Where the target finds skills that were made of a plugin's commands. Source: reference 0.169.0. */
const FOLDER = '.codex-plugin/migrated-command-skills'

/** A command is a text to be read by a model. */
const MAX_BYTES = 1024 * 1024

/** A plugin speaks for itself: nothing in it is reworded. */
const NO_WORDS = { agentNames: [], documentNames: [], otherProducts: [], vendors: [], commandWords: [], knownPaths: [] }

/**
 * The commands of a plugin as skills, which is what the target has for prompts that are called by name: further files of the
 * plugin. Its own files stay as they are. Reads the disk.
 *
 * May want YAML: see `yamlIsWanted`.
 */
export function pluginCommandSkills(folder: string, { manifest, tree }: ReadPlugin): readonly TreeFile[] {
  const there = new Set(tree.files.map(({ relativePath }) => relativePath))
  const commands = readPluginContents(folder, manifest, tree).commands.flatMap(asCommand)
  const names = commandNames(commands)
  return commands.flatMap((command): TreeFile[] => {
    const name = names.get(command) ?? command.name
    const relativePath = `${FOLDER}/${name}/SKILL.md`
    if (there.has(relativePath)) return []
    const place = { kind: 'home', cwd: null, root: '/', configDir: '/', userHome: '/', userConfigDir: '/' } as const
    const { text } = convertCommand(command, name, { words: NO_WORDS, target: { codexHome: '/', place } })
    return [{ relativePath, content: text, mode: 0o644 }]
  })
}

/** The same, with YAML loaded where it is wanted. */
export async function loadPluginCommandSkills(folder: string, plugin: ReadPlugin): Promise<readonly TreeFile[]> {
  const skills = pluginCommandSkills(folder, plugin)
  if (!yamlIsWanted()) return skills
  await loadYaml()
  return pluginCommandSkills(folder, plugin)
}

function asCommand({
  relativePath,
  path,
}: {
  readonly relativePath: string
  readonly path: string
}): CommandArtifact[] {
  const bytes = readFileSync(path)
  if (bytes.length > MAX_BYTES || /(?:^|\/)README\.md$/i.test(relativePath)) return []
  const { entries, body, bodyOffset } = readFrontMatter(bytes.toString('utf8'))
  const fact = (pointer: string) => ({ id: `${path}#${pointer}`, file: path, pointer })
  return [
    {
      itemType: 'COMMANDS',
      name: relativePath,
      path,
      facts: [],
      relativeName: relativePath.replace(/\.md$/, ''),
      frontMatter: entries.map(({ key, value }) => ({ key, value, fact: fact(`frontmatter/${key}`) })),
      body: bodyOffset > 0 ? body : bytes.toString('utf8'),
      bodyFact: fact('body'),
    },
  ]
}
