import type { SessionRepair } from '../../../session.js'
import { asText, isConversation, type LogRecord, parseRecord, timeOf } from '../../reading/sessions/record.js'
import { isHelperLog } from './find.js'
import type { LogFile } from './log-file.js'
import type { LogScan } from './log-scan.js'
import type { NeedleHits } from './scan-needles.js'
import { messageOf, titleOfMessage, trimmed } from './title.js'

/** Records after the first request in which a first time is still looked for. */
const PATIENCE = 50

/** Messages of a helper agent after which its log is known for one. */
const HELPER_MESSAGES = 5

const TITLE_TYPES = { customTitle: 'custom-title', aiTitle: 'ai-title' }

/** What the reference calls a session whose messages are wrappers only. */
const NO_TITLE = 'Imported session'

/** What the records of a log's head, and those that a search found, say together. */
export class LogFindings {
  cwd: string | null = null
  gitBranch: string | null = null
  customTitle: string | undefined
  aiTitle: string | undefined
  messageTitle: string | undefined
  hasMessage = false
  hasUserMessage = false
  firstMs: number | null = null
  firstHelperMs: number | null = null
  continuedIn: string | null = null
  readonly servers = new Set<string>()
  #helperMessages = 0
  #startedBy: string | null = null
  #sinceTitle = 0
  readonly #isNamedHelper: boolean

  constructor(path: string) {
    this.#isNamedHelper = isHelperLog(path)
  }

  /** Whether all messages so far are a helper agent's. */
  get isHelper(): boolean {
    return this.#helperMessages > 0 && !this.hasMessage
  }

  /** Whether the head has said what it can. */
  get isEnough(): boolean {
    if (this.cwd === null) return false
    if (this.#isNamedHelper && this.isHelper && this.#helperMessages >= HELPER_MESSAGES) return true
    return this.messageTitle !== undefined && (this.firstMs !== null || this.#sinceTitle > PATIENCE)
  }

  feed(record: LogRecord): void {
    this.cwd ??= asText(record.cwd) || null
    this.gitBranch ??= asText(record.gitBranch) || null
    if (this.messageTitle !== undefined) this.#sinceTitle += 1
    this.feedType(record)
    if (record.isSidechain === true) {
      this.#helperMessages += 1
      this.#startedBy ??= asText(record.sessionId) ?? null
      this.firstHelperMs ??= timeOf(record) ?? null
    }
    if (!isConversation(record)) return
    const message = messageOf(record)
    if (!message) return
    this.hasMessage = true
    this.firstMs ??= timeOf(record) ?? null
    if (message.role !== 'user') return
    this.hasUserMessage = true
    this.messageTitle ??= titleOfMessage(message.text)
  }

  /** What counts wherever in the log it stands. */
  feedType(record: LogRecord): void {
    const server = asText(record.attributionMcpServer)
    if (server) this.servers.add(server)
    if (record.type === TITLE_TYPES.customTitle) this.customTitle = titled(record.customTitle) ?? this.customTitle
    else if (record.type === TITLE_TYPES.aiTitle) this.aiTitle = titled(record.aiTitle) ?? this.aiTitle
    else if (record.type === 'continued-in') this.continuedIn = asText(record.continuedInSessionId) || this.continuedIn
  }

  /** Looks at the lines that a search has found, and puts everything together. */
  conclude(
    file: LogFile,
    size: number,
    hits: NeedleHits,
    lastMs: number | null,
    repairs: readonly SessionRepair[],
  ): LogScan {
    for (const at of [...hits.continued, ...hits.servers.values()]) {
      const record = recordAround(file, at, size)
      if (record) this.feedType(record)
    }
    const customTitle = this.#lastTitle(file, size, hits.customTitles, 'customTitle') ?? this.customTitle
    const aiTitle = this.#lastTitle(file, size, hits.aiTitles, 'aiTitle') ?? this.aiTitle
    const first = this.firstMs ?? (this.isHelper ? this.firstHelperMs : null)
    return {
      cwd: this.cwd || null,
      gitBranch: this.gitBranch,
      title: customTitle ?? aiTitle ?? this.messageTitle ?? (this.hasUserMessage ? NO_TITLE : null),
      hasMessage: this.hasMessage,
      hasUserMessage: this.hasUserMessage,
      firstMessageMs: first ?? lastMs,
      lastMessageMs: lastMs === null || (first !== null && first > lastMs) ? first : lastMs,
      mcpServers: [...this.servers],
      continuedIn: this.continuedIn,
      helperOf: this.isHelper ? this.#startedBy : null,
      repairs,
    }
  }

  /** Titles are written again and again; the last one that counts is near the end. */
  #lastTitle(
    file: LogFile,
    size: number,
    places: readonly number[],
    key: 'customTitle' | 'aiTitle',
  ): string | undefined {
    for (let index = places.length - 1; index >= 0; index -= 1) {
      const record = recordAround(file, places[index]!, size)
      const title = record?.type === TITLE_TYPES[key] ? titled(record[key]) : undefined
      if (title !== undefined) return title
    }
    return undefined
  }
}

function recordAround(file: LogFile, at: number, size: number): LogRecord | undefined {
  const line = file.lineAround(at, size)
  return line && parseRecord(line, 0, line.length)
}

function titled(value: unknown): string | undefined {
  const title = typeof value === 'string' ? trimmed(value) : ''
  return title === '' ? undefined : title
}
