/**
 * The words of each command of a shell script, where nothing in it but plain words counts: no variables, no redirections,
 * no groups.
 *
 * @returns the commands that `&&`, `||`, `;`, `|` and line ends join, and what stands before each; undefined for any other script
 */
export function plainCommands(script: string): readonly PlainCommand[] | undefined {
  const commands: { joint: Joint; words: string[] }[] = [{ joint: ';', words: [] }]
  const pattern =
    /[ \t]+|(?<joint>&&|\|\||;|\||\n)|(?<word>(?:'[^']*'|"[^"$`\\!]*"|[\w@%+=:,./~^-])+)|(?<comment>#[^\n]*)/guy
  let at = 0
  for (const match of script.trim().matchAll(pattern)) {
    at = match.index + match[0].length
    const { joint, word } = match.groups ?? {}
    const last = commands.at(-1)
    if (match.groups?.['comment'] !== undefined || last === undefined) return undefined
    if (joint !== undefined) commands.push({ joint: joint === '\n' ? ';' : (joint as Joint), words: [] })
    else if (word !== undefined) {
      // A tilde is a variable, and so is what stands before the first plain word.
      if (word.startsWith('~') || (last.words.length === 0 && /^\w+=/.test(word))) return undefined
      last.words.push(word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double))
    }
  }
  if (at !== script.trim().length) return undefined
  const last = commands.at(-1)
  if (last?.words.length === 0 && last.joint === ';') commands.pop()
  return commands.length > 0 && commands.every(({ words }) => words.length > 0) ? commands : undefined
}

type Joint = '&&' | '||' | ';' | '|'

/** One command of a script. */
export interface PlainCommand {
  /** What joins it to the one before; `;` for the first. */
  readonly joint: Joint
  readonly words: readonly string[]
}

/** One command line that a shell splits into exactly these words. Source: reference 0.169.0, as items show commands. */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ')
}

function quoteWord(word: string): string {
  if (word === '') return "''"
  let quoted = ''
  for (let rest = word; rest !== ''; ) {
    const plain = /^[\w+\-./:@\]]+/.exec(rest)?.[0] ?? ''
    const single = /^[^'\\^]+|^\^[^'\\^]*/.exec(rest)?.[0] ?? ''
    const double = /^[^`$!^]+/.exec(rest)?.[0] ?? ''
    const longest = Math.max(plain.length, single.length, double.length, 1)
    if (plain.length === longest) quoted += plain
    else if (single.length === longest) quoted += `'${single}'`
    else quoted += `"${double.replace(/["\\]/g, '\\$&')}"`
    rest = rest.slice(longest)
  }
  return quoted
}
