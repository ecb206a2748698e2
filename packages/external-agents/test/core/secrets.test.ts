import { describe, expect, it } from 'vitest'
import { environmentName, isSecret, isSecretName, looksSecret } from '../../src/secrets.js'

describe('isSecretName', () => {
  it.each([
    'GITHUB_TOKEN',
    'ANTHROPIC_API_KEY',
    'apiKey',
    'X-Api-Key',
    'Authorization',
    'DB_PASSWORD',
    'DB_PWD',
    'AWS_SECRET_ACCESS_KEY',
    'CLIENT_SECRET',
    'Cookie',
    'OPENAI_KEY',
    'githubPat',
  ])('takes %s for a secret', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each([
    'PATH',
    'PORT',
    'PWD',
    'OLDPWD',
    'NODE_ENV',
    'MAX_TOKENS',
    'CLAUDE_CODE_MAX_OUTPUT_TOKENS',
    'TOKEN_LIMIT',
    'KEYBOARD',
    'KEY',
    'SSH_AUTH_SOCK',
    'SSL_KEY_FILE',
    'AUTHOR',
    'GIT_AUTHOR_NAME',
    'AWS_ACCESS_KEY_ID',
    'CACHE_KEY',
    'TOKENIZERS_PARALLELISM',
    'AUTH_URL',
    'COMPASS',
  ])('does not take %s for a secret', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})

describe('looksSecret', () => {
  it.each([
    'sk-ant-api03-abcdef0123',
    'sk-test-not-a-key',
    `ghp_${'a1B2c3D4'.repeat(5)}`,
    'Bearer literal',
    'Basic dXNlcjpwYXNz',
    'postgres://user:hunter2@db.example.com/app',
    'https://mcp.example.com/x?api_key=abcdef123',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef',
    '-----BEGIN RSA PRIVATE KEY-----\nabc',
    'd41d8cd98f00b204e9800998ecf8427e',
    'kJ8s7Hd92kLmNq0PzX4vB6tY',
  ])('finds %s out', (value) => {
    expect(looksSecret(value)).toBe(true)
  })

  it.each([
    'production',
    '8080',
    '/usr/local/bin:/usr/bin:/bin',
    '/home/someone/projects/a-rather-long-path/2024/file.txt',
    '${GITHUB_TOKEN}',
    'Bearer ${TOKEN}',
    'https://mcp.example.com/v1/endpoint',
    'https://mcp.example.com/v1?mode=readonly',
    'postgres://user:${DB_PASSWORD}@db/app',
    '@modelcontextprotocol/server-filesystem',
    'claude-3-5-sonnet-20241022',
    'us.anthropic.claude-sonnet-4-20250514-v1:0',
    '--max-old-space-size=4096',
    'en_US.UTF-8',
    '1.2.3-beta.4+build.20240101',
    'hello world, this is text',
  ])('leaves %s alone', (value) => {
    expect(looksSecret(value)).toBe(false)
  })
})

describe('isSecret', () => {
  it('B3: goes by the name when the value says nothing, and by the value when the name says nothing', () => {
    expect(isSecret('GITHUB_TOKEN', 'abc')).toBe(true)
    expect(isSecret('CONFIG', 'ghp_0123456789abcdefABCDEF')).toBe(true)
  })

  it.each([
    ['PATH', '/usr/bin:/bin'],
    ['PORT', '3000'],
    ['NODE_ENV', 'production'],
    ['DISABLE_AUTH', 'true'],
    ['AUTH', '1'],
    ['GITHUB_TOKEN', ''],
    ['GITHUB_TOKEN', '${GITHUB_TOKEN}'],
    ['API_TOKEN', '/run/secrets/token'],
  ])('leaves %s=%s literal', (name, value) => {
    expect(isSecret(name, value)).toBe(false)
  })
})

describe('environmentName', () => {
  it('makes the name of a variable out of a server and a header', () => {
    expect(environmentName('github', 'Authorization')).toBe('GITHUB_AUTHORIZATION')
    expect(environmentName('we ird.name', 'X-Api-Key')).toBe('WE_IRD_NAME_X_API_KEY')
  })

  it('never starts with a digit, and is never empty', () => {
    expect(environmentName('1password', 'token')).toBe('_1PASSWORD_TOKEN')
    expect(environmentName('☃')).toBe('_')
  })
})
