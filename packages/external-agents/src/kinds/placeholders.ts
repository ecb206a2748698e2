/** A stand-in that the other agent filled before its model saw the text. */
type PlaceholderKind = 'arguments' | 'positional' | 'shell' | 'file' | 'template' | 'folder'

/** What a text leaves open, in the order of {@link PlaceholderKind}; each list as written, without repeats. */
export type Placeholders = { readonly [kind in PlaceholderKind]: readonly string[] }

const NONE: Placeholders = { arguments: [], positional: [], shell: [], file: [], template: [], folder: [] }

/** What every stand-in has. */
const MARKS = /[$@]|!\s?`|\{\{/

/** Finds the stand-ins of a command or skill. Those that also mean something in program code count outside code only. */
export function findPlaceholders(text: string): Placeholders {
  if (!MARKS.test(text)) return NONE
  const prose = withoutCode(text)
  return {
    arguments: all(text, /\$ARGUMENTS(?:\[\d+\])?/g),
    positional: all(prose, /(?<![\w$\\])\$\d(?!\d)/g),
    shell: all(text, /!\s?`([^`\n]+)`/g),
    file: all(prose, /(?<=^|\s)@([^\s`]*[^\s`.,;:!?)\]}'"])/gm).filter(
      (path) => /[./$~]/.test(path) && !/^[\w-]+$/.test(path),
    ),
    template: all(prose, /\{\{[^{}\n]*\}\}/g),
    folder: all(text, /\$\{[A-Z_]*SKILL_DIR\}/g),
  }
}

/**
 * Says in a list what to do about each stand-in, for the model that reads the text now. `''` when there is none.
 *
 * @param called what the text is called by, e.g. `the command's name`
 */
export function explainPlaceholders(found: Placeholders, called: string): string {
  const lines: string[] = []
  if (found.arguments.length > 0) {
    lines.push(
      `- ${spans(found.arguments)} means whatever the user wrote after ${called}. If there was nothing, ask for it where it is needed.`,
    )
  }
  if (found.positional.length > 0) {
    lines.push(
      `- ${spans(found.positional)}: \`$1\` means the first word the user wrote after ${called}, \`$2\` the second, and so on; quoted words count as one.`,
    )
  }
  if (found.shell.length > 0) {
    lines.push(
      `- \`!\` before a code span means: run that command first, and read its output in its place. Here: ${spans(found.shell)}.`,
    )
  }
  if (found.file.length > 0) {
    lines.push(
      `- \`@\` before a path means: read that file first, and take its content in its place. Here: ${spans(found.file)}.`,
    )
  }
  if (found.template.length > 0) {
    lines.push(`- ${spans(found.template)}: fill in what is meant from the conversation, or ask.`)
  }
  if (found.folder.length > 0) lines.push(`- ${spans(found.folder)} means the folder that holds this file.`)
  return lines.join('\n')
}

/** The text with fenced blocks and code spans blanked out. */
function withoutCode(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ')
  return text
    .replace(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))/gm, blank)
    .replace(/(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, blank)
}

function all(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? match[0]))]
}

function spans(written: readonly string[]): string {
  return written.map((text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)).join(', ')
}
