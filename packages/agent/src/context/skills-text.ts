import { listSkills } from '@gangway/home'
import type { HomeLayout } from '@gangway/home/layout'
import type { Config } from '@gangway/protocol'

/** More of a description than this says nothing that the skill's own file does not say better. */
const longestDescription = 400

/** What the model is told of the skills that can be used in `cwd`; empty where there are none. Reads the disk. */
export function skillsText(layout: HomeLayout, cwd: string, config: Config): string {
  const skills = listSkills({ layout, cwd, config }).skills.filter(({ enabled }) => enabled)
  if (skills.length === 0) return ''
  const lines = skills.map(({ name, description, path }) => {
    const words = description.length > longestDescription ? `${description.slice(0, longestDescription)}…` : description
    return `- ${name}: ${words.replaceAll('\n', ' ')} (file: ${path})`
  })
  return `<skills_instructions>
## Skills
A skill is a written way of doing one kind of work. These are here:
${lines.join('\n')}

When the person names a skill (as \`$name\` or in words), or the task is clearly what one is for, read its file first and follow it. Paths in it are relative to its folder. Read what it refers to only when you need it. Say in a few words which skill you use. A skill holds for the turn it was asked for.
</skills_instructions>`
}
