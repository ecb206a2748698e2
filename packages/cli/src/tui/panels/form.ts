import { hanging, safeText, wrapped } from '../view/measure.js'
import type { Theme } from '../view/theme.js'
import type { Key } from '../view/view.js'
import { typedInto } from './line-input.js'
import type { Panel } from './panel.js'

/** One thing that is asked. */
export interface FormField {
  readonly id: string
  readonly heading: string
  readonly question: string
  /** To pick from; `[]` when it is to be typed. */
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[]
  /** Whether something else than the options may be typed. */
  readonly takesText: boolean
  /** Whether what is typed is not to be seen. */
  readonly isSecret: boolean
  readonly isRequired: boolean
  /** What stands there at first. */
  readonly initial: string
  /** What is wrong with an answer; undefined when nothing is. */
  readonly fault: (text: string) => string | undefined
}

/** What a form asks, and whom it tells. */
export interface FormOptions {
  readonly title: string
  readonly fields: readonly FormField[]
  readonly theme: Theme
  /** By id of the field. A field that was left empty is not there. */
  readonly done: (answers: ReadonlyMap<string, string>) => void
  /** `declined`: with n of the last page, where that is offered. */
  readonly cancelled: () => void
}

/** Asks one thing after the other. */
export function formPanel({ title, fields, theme, done, cancelled }: FormOptions): Panel {
  const answers = new Map<string, string>()
  let index = 0
  let at = 0
  let text = fields[0]?.initial ?? ''
  let fault: string | undefined

  const field = () => fields[index]
  const isTyping = () => {
    const current = field()
    return (
      current !== undefined && (current.options.length === 0 || (current.takesText && at === current.options.length))
    )
  }
  const give = (answer: string) => {
    const current = field()
    if (current === undefined) return
    fault = answer === '' ? (current.isRequired ? 'an answer is needed' : undefined) : current.fault(answer)
    if (fault !== undefined) return
    if (answer !== '') answers.set(current.id, answer)
    index += 1
    at = 0
    text = field()?.initial ?? ''
    if (index >= fields.length) done(answers)
  }
  const enter = () => {
    const current = field()
    if (current === undefined) done(answers)
    else give(isTyping() ? text : (current.options[at]?.value ?? ''))
  }

  return {
    onKey(key: Key) {
      const current = field()
      const last = (current?.options.length ?? 0) - (current?.takesText ? 0 : 1)
      if (key.name === 'escape' || key.name === 'ctrl+c') cancelled()
      else if (key.name === 'enter') enter()
      else if (key.name === 'up') at = Math.max(0, at - 1)
      else if (key.name === 'down') at = Math.min(last, at + 1)
      else if (isTyping()) text = typedInto(text, key) ?? text
      else if (/^[1-9]$/.test(key.text) && Number(key.text) <= last + 1) {
        at = Number(key.text) - 1
        if (!isTyping()) enter()
      }
    },
    lines(width) {
      const current = field()
      const count = fields.length > 1 ? theme.dim(` ${index + 1} of ${fields.length}`) : ''
      if (current === undefined) return wrapped(theme.bold(title), width)
      const typed = `${current.isSecret ? '•'.repeat([...text].length) : safeText(text)}${theme.dim('▏')}`
      const options = current.options.map(({ label, hint }, number) => {
        const mark = number === at ? theme.cyan(`› ${number + 1}. `) : `  ${number + 1}. `
        return hanging(mark, `${safeText(label)}${hint ? theme.dim(`  ${safeText(hint)}`) : ''}`, width)
      })
      const own =
        current.options.length === 0
          ? hanging('  ', typed, width)
          : current.takesText
            ? hanging(
                `${isTyping() ? theme.cyan('› ') : '  '}${current.options.length + 1}. `,
                isTyping() ? typed : 'something else',
                width,
              )
            : []
      return [
        ...wrapped(`${theme.bold(safeText(title))}${count}`, width),
        ...(current.heading === '' ? [] : wrapped(theme.cyan(safeText(current.heading)), width)),
        ...wrapped(safeText(current.question), width),
        ...options.flat(),
        ...own,
        ...(fault === undefined ? [] : wrapped(theme.red(fault), width)),
        ...wrapped(theme.dim(`enter answers${current.isRequired ? '' : ', also with nothing'} · esc refuses`), width),
      ]
    },
  }
}
