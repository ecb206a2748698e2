import { type AutocompleteProvider, type Component, Editor, type TUI } from '@earendil-works/pi-tui'
import type { Theme } from './theme.js'
import type { Completer, Composer } from './view.js'

/** The composer: the library's editor, or nothing while it is not shown. */
export class PiComposer implements Composer {
  readonly component: Component
  onSubmit: (text: string) => void = () => {}
  readonly #tui: TUI
  readonly #editor: Editor
  #shown = false

  constructor(tui: TUI, theme: Theme, changed: () => void) {
    this.#tui = tui
    this.#editor = new Editor(tui, {
      borderColor: theme.dim,
      selectList: {
        selectedPrefix: theme.cyan,
        selectedText: theme.cyan,
        description: theme.dim,
        scrollInfo: theme.dim,
        noMatch: theme.dim,
      },
    })
    this.#editor.onSubmit = (text) => this.onSubmit(text)
    this.#editor.onChange = changed
    this.component = {
      render: (width) => (this.#shown ? this.#editor.render(width) : []),
      handleInput: (data) => this.#editor.handleInput(data),
      invalidate() {},
    }
  }

  get text(): string {
    return this.#editor.getExpandedText()
  }

  setText(text: string): void {
    this.#editor.setText(text)
  }

  remember(text: string): void {
    this.#editor.addToHistory(text)
  }

  setShown(shown: boolean): void {
    if (shown === this.#shown) return
    this.#shown = shown
    this.#tui.setFocus(shown ? this.#editor : null)
  }

  setCompleter(completer: Completer): void {
    this.#editor.setAutocompleteProvider(providerOf(completer))
  }
}

function providerOf(completer: Completer): AutocompleteProvider {
  return {
    async getSuggestions(lines, line, column, { signal }) {
      const before = (lines[line] ?? '').slice(0, column)
      const command = line === 0 ? /^\/(\S*)$/.exec(before) : null
      if (command) {
        const items = completer.commands.filter(({ value }) => value.startsWith(command[1] ?? ''))
        return items.length === 0 ? null : { items: [...items], prefix: before }
      }
      const mention = /(?:^|\s)(@(\S*))$/.exec(before)
      if (!mention) return null
      const items = await completer.files(mention[2] ?? '', signal)
      return items.length === 0 || signal.aborted ? null : { items: [...items], prefix: mention[1] ?? '' }
    },
    applyCompletion(lines, line, column, item, prefix) {
      const text = lines[line] ?? ''
      const start = text.slice(0, column - prefix.length)
      const word = `${prefix.startsWith('/') ? '/' : '@'}${item.value} `
      const changed = [...lines]
      changed[line] = `${start}${word}${text.slice(column)}`
      return { lines: changed, cursorLine: line, cursorCol: start.length + word.length }
    },
  }
}
