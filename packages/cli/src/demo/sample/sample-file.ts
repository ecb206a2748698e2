/** One file of the sample: its path below the sample's root, `/` between parts, and what it holds. */
export interface SampleFile {
  readonly path: string
  readonly content: string
  /** Whether it may be run. */
  readonly executable?: boolean
  /** Default `utf8`. */
  readonly encoding?: 'latin1'
}

/** `value` as a JSON file. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
