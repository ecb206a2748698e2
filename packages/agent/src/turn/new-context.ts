import type { ResponseItem } from '@gangway/protocol'
import { readInstructions } from '../context/agents-md.js'
import { contextParts } from '../context/context-parts.js'
import type { ThreadCore, TurnModel } from '../thread-core.js'

/** What the model does not know yet of settings and place. */
export async function newContext(core: ThreadCore, model: TurnModel): Promise<ResponseItem[]> {
  const { host, settings } = core
  core.instructions = readInstructions(host.layout.root, settings.cwd, model.config)
  const ofTools = await Promise.all(core.toolSets.map((set) => set.context?.(settings) ?? []))
  const messages = core.told.tell(contextParts(host, settings, model.config, core.instructions))
  return [...ofTools.flat(), ...messages]
}
