/** The arguments of a call, looked at one by one. Problems are told to the model in the words of `problem`. */
export class ToolArguments {
  readonly #values: Readonly<Record<string, unknown>>

  private constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  /** @throws ToolArgumentError where `input` is not the JSON text of an object */
  static parse(input: string): ToolArguments {
    let values: unknown
    try {
      values = JSON.parse(input === '' ? '{}' : input)
    } catch (error) {
      throw new ToolArgumentError(error instanceof Error ? error.message : String(error))
    }
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      throw new ToolArgumentError(`invalid type: expected an object, got ${JSON.stringify(values)}`)
    }
    return new ToolArguments(values as Record<string, unknown>)
  }

  /** @throws ToolArgumentError where there is none, or it is no text */
  text(name: string): string {
    const value = this.optionalText(name)
    if (value === undefined) throw new ToolArgumentError(`missing field \`${name}\``)
    return value
  }

  optionalText(name: string): string | undefined {
    return this.#optional(name, 'a string', (value) => typeof value === 'string') as string | undefined
  }

  optionalNumber(name: string): number | undefined {
    return this.#optional(name, 'a number', (value) => typeof value === 'number') as number | undefined
  }

  optionalFlag(name: string): boolean | undefined {
    return this.#optional(name, 'a boolean', (value) => typeof value === 'boolean') as boolean | undefined
  }

  optionalTexts(name: string): readonly string[] | undefined {
    const isTexts = (value: unknown) => Array.isArray(value) && value.every((entry) => typeof entry === 'string')
    return this.#optional(name, 'a list of strings', isTexts) as readonly string[] | undefined
  }

  /** All of them, as they came. */
  get all(): Record<string, unknown> {
    return { ...this.#values }
  }

  /** As it came. */
  value(name: string): unknown {
    return this.#values[name]
  }

  #optional(name: string, expected: string, isRight: (value: unknown) => boolean): unknown {
    const value = this.#values[name]
    if (value === undefined || value === null) return undefined
    if (!isRight(value)) {
      throw new ToolArgumentError(`invalid type: ${JSON.stringify(value)}, expected ${expected} in \`${name}\``)
    }
    return value
  }
}

/** What is wrong with the arguments of a call; told to the model as it is. */
export class ToolArgumentError extends Error {
  override readonly name = 'ToolArgumentError'

  constructor(what: string) {
    super(`failed to parse function arguments: ${what}`)
  }
}
