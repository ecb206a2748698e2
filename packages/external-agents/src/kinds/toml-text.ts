/** `text` as a TOML value: one line in double quotes, more lines in triple quotes. CRLF becomes LF. */
export function tomlText(text: string): string {
  const lines = text.replaceAll('\r\n', '\n')
  return lines.includes('\n') ? `"""\n${inTriple(lines)}"""` : `"${escapeControls(lines.replace(/["\\]/g, '\\$&'))}"`
}

/** Escapes so that no quote or backslash of the text is read as TOML's. */
function inTriple(text: string): string {
  const escaped = escapeControls(text.replaceAll('\\', '\\\\').replaceAll('"""', '""\\"'))
  return escaped.endsWith('"') ? `${escaped.slice(0, -1)}\\"` : escaped
}

function escapeControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: TOML forbids exactly these as they are
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`
  })
}
