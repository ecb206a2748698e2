import { truncateToWidth, visibleWidth, wrapTextWithAnsi } from '@earendil-works/pi-tui'
import { escapeControlsButTabs } from '../../terminal/escape.js'

/** Columns that `text` takes; colour codes count nothing, wide characters two. */
export function widthOf(text: string): number {
  return visibleWidth(text)
}

/** `text` cut to `width` columns, with an ellipsis when something was cut. May hold colour codes. */
export function cut(text: string, width: number): string {
  return visibleWidth(text) <= width ? text : truncateToWidth(text, Math.max(0, width), '…')
}

/** `text` broken into lines of at most `width` columns; colours go on in the next line. At least one line. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines = wrapTextWithAnsi(text, Math.max(1, width))
  // A single character may be wider than a very narrow screen.
  return lines.map((line) => (visibleWidth(line) > width ? truncateToWidth(line, width, '') : line))
}

/** `wrapped`, with `first` before the first line and as much room before the others, where the width allows that. */
export function hanging(first: string, text: string, width: number): readonly string[] {
  const indent = visibleWidth(first)
  if (indent > width / 2) return wrapped(`${first}${text}`, width)
  const room = ' '.repeat(indent)
  return wrapped(text, width - indent).map((line, index) => `${index === 0 ? first : room}${line}`)
}

/**
 * Text from outside made safe for a screen: line ends stay, tabs become spaces, and what could move the cursor, colour
 * or hide is spelled out.
 */
export function safeText(text: string): string {
  if (!unsafe.test(text)) return text
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => escapeControlsButTabs(line).replaceAll('\t', '    '))
    .join('\n')
}

/** As `safeText`, without the colours that programs print. */
export function safeOutput(text: string): string {
  return safeText(text.replace(colourCodes, ''))
}

const unsafe = /[^\n\P{Cc}]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/u
// Colour and cursor sequences, and titles of windows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const colourCodes = /\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g
