/** Wraps text in colour, or gives it back as it is. */
export interface Style {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly cyan: (text: string) => string
}

/** A style that colours, or one that changes nothing. */
export function createStyle(colour: boolean): Style {
  const pair = (open: number, close: number) => (text: string) =>
    colour && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    bold: pair(1, 22),
    dim: pair(2, 22),
    red: pair(31, 39),
    green: pair(32, 39),
    yellow: pair(33, 39),
    cyan: pair(36, 39),
  }
}

/**
 * Whether output to a stream should be coloured.
 *
 * `FORCE_COLOR` decides when it is set (`0` and `false` mean no), then a non-empty `NO_COLOR` means no, then a terminal
 * other than `TERM=dumb` means yes.
 */
export function wantsColour(env: { readonly [name: string]: string | undefined }, isTerminal: boolean): boolean {
  const forced = env.FORCE_COLOR
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  return isTerminal && env.TERM !== 'dumb'
}
