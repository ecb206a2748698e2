/**
 * Text from outside made safe for one line of a terminal: control characters, line ends and characters that turn the
 * reading direction are spelled out (`\n`, `\x1b`, `\u{202e}`), so that a name can neither move the cursor nor hide.
 */
export function escapeControls(text: string): string {
  return text.replace(unsafeCharacters, spellOut)
}

/** As `escapeControls`, but tabs stay: for a line of a diff. */
export function escapeControlsButTabs(text: string): string {
  return text.replace(unsafeCharacters, (character) => (character === '\t' ? character : spellOut(character)))
}

// C0, DEL and C1; line and paragraph separators; bidirectional marks, embeddings, overrides and isolates; the BOM;
// lone surrogates.
const unsafeCharacters =
  /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

function spellOut(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}
