/** What a message of the person holds besides their words. */
export interface UserWords {
  /** What the person wrote. */
  readonly words: string
  /** What Cursor put before it. */
  readonly context: string
  readonly atMs: number | null
}

/** Elements that Cursor puts before the words of the person. */
const CONTEXT = [
  'timestamp',
  'cursor_commands',
  'user_info',
  'git_status',
  'project_layout',
  'rules',
  'system_reminder',
  'attached_files',
  'open_and_recently_viewed_files',
  'manually_attached_skills',
  'additional_data',
  'agent_skills',
  'agent_transcripts',
]

const ELEMENT = new RegExp(`^\\s*<(${CONTEXT.join('|')})(?:\\s[^>]*)?>([\\s\\S]*?)</\\1>`)
const QUERY = /^\s*<user_query>([\s\S]*?)<\/user_query>\s*$/

/**
 * Takes a message of the person apart: known elements, then one `<user_query>` and nothing after it. Anything else is the
 * person's words as it stands. Source: reference 0.169.0, import-sessions 2b.
 */
export function userWords(text: string): UserWords {
  let rest = text
  let atMs: number | null = null
  for (let found = ELEMENT.exec(rest); found; found = ELEMENT.exec(rest)) {
    if (found[1] === 'timestamp') atMs ??= timeIn(found[2]!)
    rest = rest.slice(found[0].length)
  }
  const query = QUERY.exec(rest)?.[1]
  if (query === undefined) return { words: text, context: '', atMs }
  return { words: query.trim(), context: text.slice(0, text.length - rest.length).trim(), atMs }
}

/** `Monday, Nov 3, 2025, 10:15 AM (UTC+1)` and other spellings that name a day and a year. */
function timeIn(written: string): number | null {
  const [, text = '', zone = ''] = /^\s*(?:[A-Za-z]+day,\s*)?(.*?)\s*(?:\((UTC[^)]*)\))?\s*$/.exec(written) ?? []
  if (!/\d{4}/.test(text)) return null
  const time = Date.parse(zone === '' ? text : `${text} ${inMinutes(zone)}`)
  return Number.isFinite(time) ? time : null
}

/** `UTC+1` as `GMT+0100`. */
function inMinutes(zone: string): string {
  const [, sign = '+', hours = '0', minutes = '0'] = /^UTC(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/.exec(zone) ?? []
  return `GMT${sign}${hours.padStart(2, '0')}${minutes.padStart(2, '0')}`
}

/** How many characters (code points) of a first line make a title. */
const TITLE_LENGTH = 120

/** The first line that is not blank, cut; undefined when there is none. Source: reference 0.169.0, import-sessions 2 */
export function titleOf(words: string): string | undefined {
  const line = words
    .split('\n')
    .map((one) => one.trim())
    .find((one) => one !== '')
  if (line === undefined || line.length <= TITLE_LENGTH) return line
  const characters = [...line.slice(0, 2 * TITLE_LENGTH + 2)]
  return characters.length <= TITLE_LENGTH ? line : `${characters.slice(0, TITLE_LENGTH - 3).join('')}...`
}
