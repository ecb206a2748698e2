import { counted, shownPath, type View } from '../import/view.js'
import { escapeControls } from '../terminal/escape.js'
import { wrap } from '../terminal/width.js'
import { type Finding, findingAreas } from './finding.js'

const headings: { readonly [area in Finding['area']]: string } = {
  versions: 'Versions',
  home: 'Codex home',
  config: 'Configuration',
  providers: 'Models',
  sandbox: 'Sandbox',
  mcp: 'MCP servers',
  index: 'Threads',
  skills: 'Skills',
  hooks: 'Hooks',
  socket: 'Server',
}

/** Findings for people: under headings, each with its way out, and one line that sums it up. */
export function doctorLines(findings: readonly Finding[], view: View): readonly string[] {
  return [
    ...findingAreas.flatMap((area) => {
      const here = findings.filter((finding) => finding.area === area)
      return here.length === 0 ? [] : [view.style.bold(headings[area]), ...here.flatMap((one) => lines(one, view)), '']
    }),
    summary(findings, view),
  ]
}

function lines({ status, message, action, path, line, column }: Finding, view: View): readonly string[] {
  const { style } = view
  const mark = { ok: style.green('✓'), info: style.dim('·'), warning: style.yellow('!'), problem: style.red('✗') }[
    status
  ]
  const position = line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`
  const isNamed =
    path === null || message.includes(path) || action?.includes(path) === true || status === 'ok' || status === 'info'
  const place = isNamed ? '' : `${shownPath(path, view)}${position}: `
  const [first = '', ...rest] = wrap(`${place}${inWords(message, view)}`, view.columns - 4)
  const way = action === null ? [] : wrap(inWords(action, view), view.columns - 4, '→ ')
  return [`  ${mark} ${first}`, ...rest.map((more) => `    ${more}`), ...way.map((more) => `    ${style.yellow(more)}`)]
}

/** Paths in a message begin with `~`, as they do everywhere else. */
function inWords(text: string, { userHome }: View): string {
  return escapeControls(userHome === '' ? text : text.replaceAll(`${userHome}/`, '~/'))
}

function summary(findings: readonly Finding[], { style }: View): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  const [problems, warnings] = [count('problem'), count('warning')]
  if (problems === 0 && warnings === 0) return style.bold('Everything that is needed works.')
  const parts = [
    problems > 0 ? style.red(counted(problems, 'problem')) : '',
    warnings > 0 ? style.yellow(counted(warnings, 'warning')) : '',
  ]
  return style.bold(`${parts.filter((part) => part !== '').join(', ')}.`)
}
