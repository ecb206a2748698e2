import { type Check, findingsOf } from './finding.js'

const skills = findingsOf('skills')
const hooks = findingsOf('hooks')

/** Skills that cannot be read. */
export const checkSkills: Check = async ({ client, cwd, signal }) => {
  const answer = await client.requestRaw('skills/list', { cwds: [cwd] }, { signal })
  if (!answer.ok) return [skills.info('skills-unknown', `skills were not looked at: ${answer.error.message}`)]
  const entries = answer.result.data
  const errors = entries.flatMap((entry) => entry.errors)
  const count = entries.reduce((sum, entry) => sum + entry.skills.length, 0)
  return [
    ...errors.map(({ path, message }) => skills.warning('skill-broken', message, `correct ${path}`, { path })),
    skills.ok('skills', `${count} skill${count === 1 ? '' : 's'} can be used`),
  ]
}

/** Hooks that cannot be read, and hooks that do not run since nobody has trusted them. */
export const checkHooks: Check = async ({ client, cwd, signal }) => {
  const answer = await client.requestRaw('hooks/list', { cwds: [cwd] }, { signal })
  if (!answer.ok) return [hooks.info('hooks-unknown', `hooks were not looked at: ${answer.error.message}`)]
  const entries = answer.result.data
  const all = entries.flatMap((entry) => entry.hooks)
  const asleep = all.filter(
    ({ enabled, trustStatus }) => enabled && (trustStatus === 'untrusted' || trustStatus === 'modified'),
  )
  return [
    ...entries.flatMap(({ errors }) =>
      errors.map(({ path, message }) => hooks.problem('hooks-broken', message, `correct ${path}`, { path })),
    ),
    ...entries.flatMap(({ warnings }) =>
      warnings.map((text) => hooks.warning('hooks-warning', text, 'correct the file it names')),
    ),
    ...asleep.map(({ eventName, sourcePath: path }) =>
      hooks.info(
        'hook-untrusted',
        `a hook of ${eventName} does not run until it is trusted`,
        `look at ${path}, then trust it in a client that asks`,
        { path },
      ),
    ),
    hooks.ok('hooks', `${all.length} hook${all.length === 1 ? '' : 's'} found`),
  ]
}
