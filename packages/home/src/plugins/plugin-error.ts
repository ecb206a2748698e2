import { HomeError } from '../errors.js'

/** What kind of thing is wrong: `invalid` in a name or manifest, `unsafe` in a tree, `too-large`, `not-found`, … */
export type PluginFault =
  | 'conflict'
  | 'git'
  | 'invalid'
  | 'not-available'
  | 'not-found'
  | 'time-out'
  | 'too-large'
  | 'unsafe'

/** A marketplace or plugin that cannot be taken. The message is for people and holds no path of ours. */
export class PluginError extends HomeError {
  override readonly name = 'PluginError'

  constructor(
    readonly fault: PluginFault,
    message: string,
    options?: ErrorOptions & {
      /** What a program that was run said, cut short. */
      readonly details?: string
    },
  ) {
    super('PLUGIN', message, options)
    this.details = options?.details ?? ''
  }

  readonly details: string
}
