// Takes pictures of the terminal UI for the docs: runs the built program in tmux on its scripted model, presses keys, and
// keeps what the screen showed as SVG in docs/screens. Needs tmux.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const columns = 92
const launcher = join(import.meta.dirname, '..', 'packages', 'cli', 'bin', 'gangway.js')
const folder = mkdtempSync(join(tmpdir(), 'gangway-screens-'))
const project = join(folder, 'harbour')
let socket = ''
const docs = join(import.meta.dirname, '..', 'docs', 'screens')
mkdirSync(project)
mkdirSync(docs, { recursive: true })
writeFileSync(join(project, 'README.md'), '# Harbour\n')
writeFileSync(join(project, 'tides.ts'), "export const tides = ['low', 'high']\n")

/** Colour codes, and what stands between them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const pieces = /\u001b\[([\d;]*)m|([^\u001b]+)/g

try {
  await picture('chat', 24, ['--demo'], [['show code', 'It prints three lines.']])
  await picture('command', 24, ['--demo'], [['run something', 'That was a command.']])
  await picture('approval', 22, ['--demo', '-a', 'on-request'], [['ask first', 'esc  no, and stop']])
  await picture('patch', 24, ['--demo', '-s', 'read-only', '-a', 'on-request'], [['patch a file', 'esc  no, and stop']])
  await picture('resume', 16, ['--demo'], [['/resume', 'enter picks']])
  await picture('first-run', 16, [], [[undefined, 'Which model?']])
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** @param steps words to send, and what the screen shows then */
async function picture(name, rows, args, steps) {
  socket = `gangway-screens-${process.pid}-${name}`
  const env = { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', TERM: 'screen-256color' }
  const words = ['env', '-i', ...Object.entries(env).map(([key, value]) => `${key}=${value}`)]
  const program = [...words, process.execPath, launcher, ...args].map((word) => `'${word}'`).join(' ')
  const size = ['-x', String(columns), '-y', String(rows)]
  tmux('-u', 'new-session', '-d', '-s', 'main', ...size, '-c', project, `${program}; sleep 60`)
  try {
    for (const [text, wanted] of steps) {
      if (text !== undefined) {
        await shows('· ~/')
        await delay(900)
        tmux('send-keys', '-t', 'main', '-l', text)
        await shows(text)
        tmux('send-keys', '-t', 'main', 'Enter')
      }
      await shows(wanted)
    }
    await delay(600)
    const screen = tmux('capture-pane', '-e', '-p', '-t', 'main').replace(/\s+$/, '')
    writeFileSync(join(docs, `${name}.svg`), svg(screen.replaceAll(folder, '~').split('\n')))
  } finally {
    tmux('kill-server')
  }
}

async function shows(text) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (tmux('capture-pane', '-p', '-t', 'main').includes(text)) return
    await delay(50)
  }
  throw new Error(`the screen never showed ${text}:\n${tmux('capture-pane', '-p', '-t', 'main')}`)
}

function tmux(...words) {
  return execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...words], { encoding: 'utf8' })
}

/** Lines with colour codes as a picture. */
function svg(lines) {
  const cell = { width: 8.4, height: 18 }
  const style = { colour: undefined, bold: false, dim: false, inverse: false }
  const rows = lines.map((line, row) => {
    const spans = []
    let column = 0
    for (const [, code, text] of line.matchAll(pieces)) {
      if (code !== undefined) for (const number of code.split(';')) restyle(style, Number(number))
      if (text === undefined) continue
      for (const { segment } of new Intl.Segmenter().segment(text)) {
        const width = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/.test(segment) ? 2 : 1
        spans.push({ text: segment, column, width, ...style })
        column += width
      }
    }
    return joined(spans).map((span) => spanSvg(span, row, cell))
  })
  const width = columns * cell.width + 24
  const height = lines.length * cell.height + 24
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">
<rect width="100%" height="100%" rx="8" fill="#1b1f24"/>
${rows.flat().join('\n')}
</svg>
`
}

function restyle(style, number) {
  const colours = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 34: '#79c0ff', 35: '#d2a8ff', 36: '#56d4dd' }
  if (number === 0) Object.assign(style, { colour: undefined, bold: false, dim: false, inverse: false })
  else if (number === 1) style.bold = true
  else if (number === 2) style.dim = true
  else if (number === 22) Object.assign(style, { bold: false, dim: false })
  else if (number === 7) style.inverse = true
  else if (number === 27) style.inverse = false
  else if (number === 39) style.colour = undefined
  else if (colours[number]) style.colour = colours[number]
}

/** Neighbours that look the same as one. */
function joined(spans) {
  const all = []
  for (const span of spans) {
    const last = all.at(-1)
    const isSame = last && ['colour', 'bold', 'dim', 'inverse'].every((key) => last[key] === span[key])
    if (isSame) Object.assign(last, { text: last.text + span.text, width: last.width + span.width })
    else all.push({ ...span })
  }
  return all
}

function spanSvg({ text, column, width, colour, bold, dim, inverse }, row, cell) {
  const x = (12 + column * cell.width).toFixed(1)
  const y = 12 + row * cell.height
  const box = inverse
    ? `<rect x="${x}" y="${y}" width="${(width * cell.width).toFixed(1)}" height="${cell.height}" fill="#c9d1d9"/>`
    : ''
  if (text.trim() === '') return box
  const fill = inverse ? '#1b1f24' : (colour ?? '#c9d1d9')
  const looks = `${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.6"' : ''}`
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `${box}<text x="${x}" y="${y + 13}" fill="${fill}"${looks} textLength="${(width * cell.width).toFixed(1)}" xml:space="preserve">${escaped}</text>`
}
