import { createStyle, type Style } from '../../terminal/style.js'

/** How the terminal UI marks things. Without colour everything is plain: no meaning hangs on a mark alone. */
export interface Theme extends Style {
  readonly colour: boolean
  readonly italic: (text: string) => string
  readonly underline: (text: string) => string
  readonly strike: (text: string) => string
  readonly magenta: (text: string) => string
  readonly blue: (text: string) => string
}

/** A theme that colours, or one that changes nothing. */
export function createTheme(colour: boolean): Theme {
  const pair = (open: number, close: number) => (text: string) =>
    colour && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    ...createStyle(colour),
    colour,
    italic: pair(3, 23),
    underline: pair(4, 24),
    strike: pair(9, 29),
    magenta: pair(35, 39),
    blue: pair(34, 39),
  }
}
