import { describe, expect, it } from 'vitest'
import { withoutSecrets } from '../../src/observe/secrets-in-text.js'

describe('withoutSecrets', () => {
  it.each([
    ['{"api_key":"abc"}', '{"api_key":"[redacted]"}'],
    ['{"OPENAI_API_KEY" : "a\\"b\\\\"}', '{"OPENAI_API_KEY" : "[redacted]"}'],
    ['{"headers":{"Authorization":"Bearer abc"}}', '{"headers":{"Authorization":"[redacted]"}}'],
    ['{"text":"{\\"token\\":\\"abc\\",\\"a\\":1}"}', '{"text":"{\\"token\\":\\"[redacted]\\",\\"a\\":1}"}'],
    ['export GITHUB_TOKEN=ghx && ls', 'export GITHUB_TOKEN=[redacted] && ls'],
    ['GET /?a=1&token=abc&b=2', 'GET /?a=1&token=[redacted]&b=2'],
    ['Authorization: Bearer abcdefgh', 'Authorization: [redacted]'],
    ['sent Bearer abcdefghijk1 to it', 'sent Bearer [redacted] to it'],
    ['key sk-proj-abcdefghijklmnop is', 'key [redacted] is'],
    ['ghp_abcdefghijklmnopqrst', '[redacted]'],
    ['jwt eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0', 'jwt [redacted]'],
    ['postgres://me:hunter2@host/db', 'postgres://me:[redacted]@host/db'],
  ])('takes the secret out of %s', (text, expected) => {
    expect(withoutSecrets(text)).toBe(expected)
  })

  it.each([
    '{"tokenUsage":{"total":12},"token":null,"maxTokens":5}',
    'the author of the token bucket, of basic understanding, and bearer of news',
    '{"itemType":"SKILLS","description":"Migrate skills from /home/x"}',
    'https://example.com:8080/path@1',
  ])('leaves %s as it is', (text) => {
    expect(withoutSecrets(text)).toBe(text)
  })

  it('needs time in proportion to the text, whatever the text', () => {
    const texts = [
      `"token":"${'\\\\'.repeat(100_000)}`,
      'token'.repeat(40_000),
      '"'.repeat(200_000),
      'eyJ-'.repeat(50_000),
      '://a:'.repeat(40_000),
      '\\'.repeat(200_000),
    ]

    const began = performance.now()
    for (const text of texts) withoutSecrets(text)

    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
