import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openSession, type SessionOptions } from '../session/open-session.js'
import { type Check, type DoctorContext, type Finding, findingsOf, wordsOf } from './finding.js'
import { placeIn } from './place-in.js'

const { ok, warning, problem } = findingsOf('config')

/** The configuration files: of the home, of its profiles, and of the project, each read as the server reads it. */
export const checkConfig: Check = async (context) => {
  const { codexHome, cwd } = context
  const home = join(codexHome, 'config.toml')
  const found: Finding[] = []
  if (!existsSync(home)) found.push(ok('config-none', 'there is no config.toml: everything is as it is by default'))
  else found.push(...(await homeFindings(context, home)))
  if (found.some(({ status }) => status === 'problem')) return found
  for (const profile of profilesIn(codexHome)) {
    const path = join(codexHome, `${profile}.config.toml`)
    const failure = await failureWith(context, { profile })
    found.push(
      failure === undefined ? ok('config-profile', `profile ${profile} is valid`, { path }) : invalid(failure, path),
    )
  }
  const project = projectFile(cwd, codexHome)
  if (project === undefined) return found
  // A project that is not trusted is not read, and what is wrong with it would come as a surprise.
  const trusted = { projects: { [dirname(dirname(project))]: { trust_level: 'trusted' } } }
  const failure = await failureWith(context, { config: trusted })
  return [
    ...found,
    failure === undefined
      ? ok('config-project', 'the project’s config.toml is valid', { path: project })
      : invalid(failure, project),
  ]
}

async function homeFindings(context: DoctorContext, path: string): Promise<readonly Finding[]> {
  const failure = await failureWith(context, {})
  if (failure !== undefined) return [invalid(failure, path)]
  const strict = await failureWith(context, { strictConfig: true })
  const unknown = strict === undefined ? undefined : /unknown configuration field `([^`]+)`(?: in (\S+))?/.exec(strict)
  if (!unknown) return [ok('config', 'config.toml is valid', { path })]
  const [, key = '', file = path] = unknown
  const place = placeIn(textOf(file), key)
  return [
    ok('config', 'config.toml is valid', { path }),
    warning(
      'config-unknown-key',
      `\`${key}\` means nothing in a configuration and is ignored`,
      'correct its spelling, or take it out',
      { path: file, ...place },
    ),
  ]
}

/** Why the configuration cannot be read with these options; undefined when it can. */
async function failureWith(context: DoctorContext, options: Partial<SessionOptions>): Promise<string | undefined> {
  const { sessionOptions, cwd, signal } = context
  try {
    await using client = await openSession({ ...sessionOptions, ...options })
    const answer = await client.requestRaw('config/read', { cwd }, { signal })
    return answer.ok ? undefined : answer.error.message
  } catch (error) {
    return wordsOf(error)
  }
}

function invalid(failure: string, fallback: string): Finding {
  const reason = failure.replace(/^(?:failed to [a-z ]+|invalid configuration): /, '').trim()
  const [, file, line, column] =
    /(\/[^\n:]+\.toml):(\d+):(\d+)/.exec(reason) ??
    /project config file (\S+): .*line (\d+), column (\d+)/.exec(reason) ??
    []
  const path = file ?? fallback
  const key = /in `([^`]+)`/.exec(reason)?.[1]
  const place = line === undefined ? placeIn(textOf(path), key) : { line: Number(line), column: Number(column) }
  const where = place.line === null ? path : `${path}:${place.line}:${place.column}`
  const short = reason
    .replace(`${where}: `, '')
    .split('\n')
    .filter((part) => !/^\s*\d*\s*\|/.test(part))
    .join('; ')
  return problem('config-invalid', short, `correct ${where}`, { path, ...place })
}

function profilesIn(codexHome: string): readonly string[] {
  try {
    return readdirSync(codexHome).flatMap((name) => /^(.+)\.config\.toml$/.exec(name)?.[1] ?? [])
  } catch {
    return []
  }
}

/** The nearest `.codex/config.toml` above a folder that is not the home's own. */
function projectFile(folder: string, codexHome: string): string | undefined {
  const path = join(folder, '.codex', 'config.toml')
  if (existsSync(path) && dirname(path) !== codexHome) return path
  const parent = dirname(folder)
  return existsSync(join(folder, '.git')) || parent === folder ? undefined : projectFile(parent, codexHome)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
