/**
 * The token in an `Authorization` header, or the words in which a client without one is refused.
 *
 * Source: reference 0.169.0: the scheme in any case, spaces around the token do not count, nothing else is looked at.
 */
export function bearerTokenOf(header: string | undefined): { readonly token: string } | { readonly refusal: string } {
  if (header === undefined) return { refusal: 'missing websocket bearer token' }
  const token = /^bearer\s+(.*)$/i.exec(header.trim())?.[1]?.trim()
  return token ? { token } : { refusal: 'invalid authorization header' }
}
