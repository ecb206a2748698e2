import { type MessageHead, readMessageHead } from '../message-head.js'

/** Who gets what a framer finds, in order. What it throws goes to the caller of `push`, and the rest of the chunk is lost. */
export interface LineSink {
  /** A line of valid UTF-8 without its end (LF or CRLF); it may be empty, or anything but JSON. */
  line(text: string): void
  /** A line of `bytes` bytes that is not UTF-8 was dropped. */
  invalid(bytes: number): void
  /** A line grew beyond the limit: its rest is skipped. `head` is what its beginning tells. */
  oversize(head: MessageHead): void
}

/** Limits of a framer. */
export interface JsonLinesOptions {
  /** Bytes of one line, its LF not counted. Default 128 MiB. */
  readonly maxLineBytes?: number
}

const DEFAULT_MAX_LINE_BYTES = 128 * 1024 * 1024
const LF = 10
const CR = 13

/** As much of an oversize line is looked at for its id: ids and method names stand at the front and are short. */
const HEAD_BYTES = 4096

/** A larger buffer is given back after the line it was needed for. */
const KEPT_BUFFER_BYTES = 1024 * 1024

/**
 * Cuts a stream of bytes into lines at LF, in time linear in the bytes however they are split into chunks.
 *
 * Nothing but LF ends a line: U+2028 and U+2029 may stand in JSON. A chunk is not kept after `push` returns.
 */
export class JsonLines {
  readonly #sink: LineSink
  readonly #maxLineBytes: number
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  #buffer = new Uint8Array(0)
  #buffered = 0
  #isSkipping = false

  constructor(sink: LineSink, options: JsonLinesOptions = {}) {
    this.#sink = sink
    this.#maxLineBytes = options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES
  }

  /** Takes the next bytes of the stream, and gives every line that they end to the sink. */
  push(chunk: Uint8Array): void {
    const firstEnd = chunk.indexOf(LF)
    if (firstEnd === -1) {
      this.#keep(chunk)
      return
    }
    let from = 0
    if (this.#buffered > 0 || this.#isSkipping) {
      this.#keep(chunk.subarray(0, firstEnd))
      this.#endBuffered()
      from = firstEnd + 1
    }
    const behindLastEnd = chunk.lastIndexOf(LF) + 1
    if (from < behindLastEnd) this.#giveLines(chunk.subarray(from, behindLastEnd))
    if (behindLastEnd < chunk.length) this.#keep(chunk.subarray(behindLastEnd))
  }

  /** The stream is over: a last line without LF is given to the sink. */
  end(): void {
    if (this.#buffered > 0 || this.#isSkipping) this.#endBuffered()
  }

  /** Whole lines in one piece are decoded at once: a call per line would cost more than the decoding. */
  #giveLines(lines: Uint8Array): void {
    const text = lines.length > this.#maxLineBytes ? undefined : this.#decode(lines)
    if (text === undefined) {
      this.#giveOneByOne(lines)
      return
    }
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf('\n', from)
      this.#sink.line(text.charCodeAt(end - 1) === CR && end > from ? text.slice(from, end - 1) : text.slice(from, end))
      from = end + 1
    }
  }

  #giveOneByOne(lines: Uint8Array): void {
    for (let from = 0; from < lines.length; ) {
      const end = lines.indexOf(LF, from)
      const line = lines.subarray(from, end)
      if (line.length > this.#maxLineBytes) this.#sink.oversize(headOf(line))
      else this.#giveLine(line)
      from = end + 1
    }
  }

  #giveLine(line: Uint8Array): void {
    const text = this.#decode(line.at(-1) === CR ? line.subarray(0, -1) : line)
    if (text === undefined) this.#sink.invalid(line.length)
    else this.#sink.line(text)
  }

  #decode(bytes: Uint8Array): string | undefined {
    try {
      return this.#decoder.decode(bytes)
    } catch {
      return undefined
    }
  }

  #keep(piece: Uint8Array): void {
    if (this.#isSkipping) return
    const length = this.#buffered + piece.length
    if (length > this.#maxLineBytes) {
      this.#append(piece.subarray(0, Math.max(0, HEAD_BYTES - this.#buffered)))
      const head = headOf(this.#buffer.subarray(0, this.#buffered))
      this.#isSkipping = true
      this.#clear()
      this.#sink.oversize(head)
      return
    }
    this.#append(piece)
  }

  #append(piece: Uint8Array): void {
    const length = this.#buffered + piece.length
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, this.#buffer.length * 2, HEAD_BYTES))
      larger.set(this.#buffer.subarray(0, this.#buffered))
      this.#buffer = larger
    }
    this.#buffer.set(piece, this.#buffered)
    this.#buffered = length
  }

  #endBuffered(): void {
    const wasSkipping = this.#isSkipping
    const line = this.#buffer.subarray(0, this.#buffered)
    this.#isSkipping = false
    this.#clear()
    if (!wasSkipping) this.#giveLine(line)
  }

  #clear(): void {
    this.#buffered = 0
    if (this.#buffer.length > KEPT_BUFFER_BYTES) this.#buffer = new Uint8Array(0)
  }
}

function headOf(line: Uint8Array): MessageHead {
  return readMessageHead(new TextDecoder().decode(line.subarray(0, HEAD_BYTES)))
}
