import type { AppServerClient } from '@gangway/client'
import type { SessionOptions } from '../session/open-session.js'

/** What a finding is about, in the order of the report. */
export const findingAreas = [
  'versions',
  'home',
  'config',
  'providers',
  'sandbox',
  'mcp',
  'index',
  'skills',
  'hooks',
  'socket',
] as const

/** What was looked at, and how it is. */
export interface Finding {
  readonly area: (typeof findingAreas)[number]
  /** Stable, for programs. */
  readonly code: string
  /** `problem`: something that is needed does not work. `warning`: something is not as it should be. `info`: good to know. */
  readonly status: 'ok' | 'info' | 'warning' | 'problem'
  readonly message: string
  /** A way out; null where nothing needs one. */
  readonly action: string | null
  readonly path: string | null
  /** Counts from 1, as `column` does. */
  readonly line: number | null
  readonly column: number | null
}

/** What the checks look at, and how far they may go. */
export interface DoctorContext {
  /** The Codex home that is meant. Absolute; perhaps it is not there. */
  readonly codexHome: string
  /** Whether somebody named that home. */
  readonly isNamed: boolean
  /** The folder to look from. Absolute. */
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** A server in this process, over that home; over an empty one when there is none. */
  readonly client: AppServerClient
  /** How to open another one over the same home, with other options. */
  readonly sessionOptions: SessionOptions
  readonly fix: boolean
  readonly startServers: boolean
  readonly offline: boolean
  readonly signal: AbortSignal
}

/** One part of the examination. Never throws for what it finds. */
export type Check = (context: DoctorContext) => Promise<readonly Finding[]>

type Place = Partial<Pick<Finding, 'path' | 'line' | 'column'>>

/** Makes the findings of one area. */
export function findingsOf(area: Finding['area']) {
  const finding = (status: Finding['status'], code: string, message: string, action: string | null, place: Place) => ({
    area,
    code,
    status,
    message,
    action,
    path: place.path ?? null,
    line: place.line ?? null,
    column: place.column ?? null,
  })
  return {
    ok: (code: string, message: string, place: Place = {}): Finding => finding('ok', code, message, null, place),
    info: (code: string, message: string, action: string | null = null, place: Place = {}): Finding =>
      finding('info', code, message, action, place),
    warning: (code: string, message: string, action: string, place: Place = {}): Finding =>
      finding('warning', code, message, action, place),
    problem: (code: string, message: string, action: string, place: Place = {}): Finding =>
      finding('problem', code, message, action, place),
  }
}

/** What went wrong, in words. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
