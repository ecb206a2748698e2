import type { Theme } from './theme.js'

type Highlighter = Pick<typeof import('cli-highlight'), 'highlight' | 'supportsLanguage'>

/** Colours of code. Its library is large: it is loaded when `load` is called, and until then code has no colour. */
class Highlight {
  #library: Highlighter | undefined

  get isReady(): boolean {
    return this.#library !== undefined
  }

  async load(): Promise<void> {
    const library = await import('cli-highlight')
    // In the bundle a CommonJS package is only the default export.
    this.#library = 'highlight' in library ? library : (library as { readonly default: Highlighter }).default
  }

  /** The lines of `code`, coloured where the language is known. */
  lines(code: string, language: string | undefined, theme: Theme): string[] {
    const library = this.#library
    if (library === undefined || language === undefined || !library.supportsLanguage(language)) return code.split('\n')
    try {
      return library.highlight(code, { language, ignoreIllegals: true, theme: coloursOf(theme) }).split('\n')
    } catch {
      return code.split('\n')
    }
  }
}

/** The one highlighter of the process. */
export const highlight = new Highlight()

function coloursOf(theme: Theme) {
  const plain = (text: string) => text
  return {
    keyword: theme.magenta,
    built_in: theme.cyan,
    type: theme.cyan,
    literal: theme.blue,
    number: theme.blue,
    regexp: theme.red,
    string: theme.green,
    class: theme.yellow,
    function: theme.yellow,
    title: theme.yellow,
    comment: theme.dim,
    doctag: theme.dim,
    meta: theme.dim,
    tag: theme.dim,
    name: theme.blue,
    attr: theme.cyan,
    attribute: theme.cyan,
    symbol: theme.blue,
    addition: theme.green,
    deletion: theme.red,
    default: plain,
  }
}
