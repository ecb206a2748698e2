/** Where in a text something is wrong. Lines and columns count from 1, columns in characters. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

/** Why a call of this package failed. `CONFLICT`: the disk is not what the plan saw; `OUTSIDE_ROOT`: refused to write there. */
export type HomeErrorCode =
  | 'BAD_CODEX_HOME'
  | 'BAD_CURSOR'
  | 'BAD_OVERRIDE'
  | 'BLOCKED'
  | 'CONFLICT'
  | 'EDIT_REFUSED'
  | 'JOURNAL'
  | 'LOCK_TIMEOUT'
  | 'NOT_A_FILE'
  | 'NOT_A_THREAD'
  | 'OUTSIDE_ROOT'
  | 'PLUGIN'
  | 'SYNTAX'

/** What every error of this package is, so that callers can tell ours from the file system's. */
export class HomeError extends Error {
  override readonly name: string = 'HomeError'

  constructor(
    readonly code: HomeErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** A TOML file that does not parse. The message starts as the reference's does: `TOML parse error at line L, column C`. */
export class TomlSyntaxError extends HomeError {
  override readonly name = 'TomlSyntaxError'

  constructor(
    readonly file: string,
    readonly line: number,
    readonly column: number,
    /** What is wrong, without place and file. */
    readonly detail: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super('SYNTAX', message, options)
  }
}

/** A JSON file that does not parse, or holds what must not be taken over, such as a `__proto__` key. */
export class JsonSyntaxError extends HomeError {
  override readonly name = 'JsonSyntaxError'

  constructor(
    readonly file: string,
    readonly line: number,
    readonly column: number,
    /** What is wrong, without place and file. */
    readonly detail: string,
  ) {
    super('SYNTAX', `${file}: ${detail} at line ${line} column ${column}`)
  }
}

/** The edit could not be proven right, so nothing was changed. The text is as it was. */
export class TomlEditRefused extends HomeError {
  override readonly name = 'TomlEditRefused'

  constructor(
    readonly file: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super('EDIT_REFUSED', `cannot edit ${file} safely: ${reason}`, options)
  }
}

/** The edit could not be proven right, so nothing was changed. The text is as it was. */
export class JsonEditRefused extends HomeError {
  override readonly name = 'JsonEditRefused'

  constructor(
    readonly file: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super('EDIT_REFUSED', `cannot edit ${file} safely: ${reason}`, options)
  }
}

/** The disk is no longer what the plan saw; nothing was written. */
export class ChangeConflict extends HomeError {
  override readonly name = 'ChangeConflict'

  constructor(
    readonly path: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super('CONFLICT', `${path} changed since it was planned: ${reason}`, options)
  }
}

/** Where a file should be stands a folder, a pipe, a socket or a device; it was not opened for reading. */
export class NotAFileError extends HomeError {
  override readonly name = 'NotAFileError'

  constructor(
    readonly path: string,
    readonly isFolder: boolean,
  ) {
    super('NOT_A_FILE', `${path}: ${isFolder ? 'a folder' : 'neither a file nor a folder'}, where a file should be`)
  }
}

/** A change would write outside the folders it may write to; nothing was written. */
export class OutsideRootError extends HomeError {
  override readonly name = 'OutsideRootError'

  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super('OUTSIDE_ROOT', `refused to write ${path}: ${reason}`)
  }
}

/** A lock could not be had in time. Names who holds it. */
export class LockTimeoutError extends HomeError {
  override readonly name = 'LockTimeoutError'

  constructor(
    readonly path: string,
    readonly holder: string,
    readonly waitedMs: number,
  ) {
    super('LOCK_TIMEOUT', `could not lock ${path} within ${waitedMs} ms: held by ${holder}`)
  }
}
