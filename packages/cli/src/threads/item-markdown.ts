import type { ThreadItem, UserInput } from '@gangway/protocol'

/** One item of a conversation as Markdown: words as they are, thoughts and work folded below one line. Empty when it says nothing. */
export function itemMarkdown(item: ThreadItem): string {
  switch (item.type) {
    case 'userMessage':
      return `### You\n\n${quoted(item.content.map(inputText).join('\n\n'))}`
    case 'agentMessage':
      return item.text.trim() === '' ? '' : `### Agent\n\n${item.text.trim()}`
    case 'plan':
      return item.text.trim() === '' ? '' : `### Plan\n\n${item.text.trim()}`
    case 'reasoning':
      return folded('Thoughts', [...(item.summary ?? []), ...(item.content ?? [])].join('\n\n').trim())
    case 'commandExecution':
      return folded(
        `${commandStates[item.status]} ${inCode(oneLine(item.command))}${exitWords(item.exitCode)}`,
        [fenced(item.command, 'sh'), fenced(item.aggregatedOutput ?? '')].join('\n\n').trim(),
      )
    case 'fileChange': {
      const paths = item.changes.map(({ path }) => inCode(path)).join(', ')
      const diffs = item.changes.map(({ path, diff }) => `${inlineCode(path)}\n\n${fenced(diff, 'diff')}`)
      return folded(`Files ${item.status === 'completed' ? 'changed' : item.status}: ${paths}`, diffs.join('\n\n'))
    }
    case 'mcpToolCall': {
      const result = item.error?.message ?? (item.result == null ? '' : jsonOf(item.result.content))
      const heading = `Tool ${inCode(`${item.server}.${item.tool}`)} ${item.status}`
      return folded(heading, [fenced(jsonOf(item.arguments), 'json'), fenced(result)].join('\n\n').trim())
    }
    case 'webSearch':
      return folded(`Searched the web: ${escapedHtml(oneLine(item.query))}`, '')
    case 'contextCompaction':
      return '*What came before was summed up.*'
    default:
      return folded(`Item ${inCode(item.type)}`, fenced(jsonOf(item), 'json'))
  }
}

const commandStates = { inProgress: 'Running', completed: 'Ran', failed: 'Ran', declined: 'Not allowed:' } as const

function exitWords(code: number | null | undefined): string {
  return code === null || code === undefined ? '' : ` (exit code ${code})`
}

function inputText(input: UserInput): string {
  switch (input.type) {
    case 'text':
      return input.text
    case 'image':
      return 'url' in input && !input.url.startsWith('data:') ? `![picture](${input.url})` : '*(a picture)*'
    case 'localImage':
      return `*(a picture: ${inlineCode(input.path)})*`
    case 'audio':
    case 'localAudio':
      return '*(a recording)*'
    case 'skill':
    case 'mention':
      return `*(${input.type} ${inlineCode(input.name)})*`
  }
}

function quoted(text: string): string {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
}

function folded(summary: string, body: string): string {
  if (body === '') return `*${summary.replace(/<\/?code>/g, '`')}*`
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** A block whose fence is longer than any run of backticks in it. */
function fenced(text: string, language = ''): string {
  if (text.trim() === '') return ''
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`
}

function inlineCode(text: string): string {
  return text.includes('`') ? `\`\` ${oneLine(text)} \`\`` : `\`${oneLine(text)}\``
}

/** For a summary, in which there is no Markdown. */
function inCode(text: string): string {
  return `<code>${escapedHtml(text)}</code>`
}

function escapedHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const longestSummary = 100

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > longestSummary ? `${line.slice(0, longestSummary)}…` : line
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? ''
}
