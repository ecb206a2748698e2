/** Backlog from which on events are held back. */
export const BACKED_UP_AT = 1_048_576

/** Backlog of answers that a client does not read, from which on we read no more of what it asks. */
export const PAUSE_INPUT_AT = 16_777_216

/** Requests of one connection that may wait for their answer at once: four times the deepest pipeline we measure. */
export const MAX_IN_FLIGHT = 1_024

/** What clients of a server process count as. Source: reference 0.169.0, its threads' `source`. */
export const SESSION_SOURCE = 'vscode'
