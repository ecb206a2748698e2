import type { Config } from '@gangway/protocol'
import type { ThreadHost } from '../thread-host.js'
import type { ThreadSettings } from '../thread-settings.js'
import type { Instructions } from './agents-md.js'
import { collaborationText, environmentText, permissionsText } from './settings-text.js'
import { skillsText } from './skills-text.js'
import type { ContextParts } from './told-context.js'

/** All that the model should know for a turn with these settings. */
export function contextParts(
  host: ThreadHost,
  settings: ThreadSettings,
  config: Config,
  instructions: Instructions,
): ContextParts {
  const own = settings.developerInstructions ?? config.developer_instructions ?? ''
  const mode = config.include_permissions_instructions === false ? '' : permissionsText(settings)
  return {
    developer: new Map([
      ['skills', config.include_skills_instructions === false ? '' : skillsText(host.layout, settings.cwd, config)],
      ['permissions', mode],
      ['developer', own],
      ['collaboration', collaborationText(settings)],
    ]),
    user: new Map([
      ['instructions', instructionsText(settings.cwd, instructions.text)],
      [
        'environment',
        config.include_environment_context === false ? '' : environmentText(settings, host.env.SHELL, new Date()),
      ],
    ]),
  }
}

function instructionsText(cwd: string, text: string): string {
  return text === '' ? '' : `# AGENTS.md instructions for ${cwd}\n\n<INSTRUCTIONS>\n${text}\n</INSTRUCTIONS>`
}
