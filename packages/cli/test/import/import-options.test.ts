import { expect, it } from 'vitest'
import { UsageError } from '../../src/exit-codes.js'
import { type RawImportOptions, readImportOptions } from '../../src/import/import-options.js'

const raw: RawImportOptions = { from: 'claude-code', onConflict: 'default' }

it('takes kinds by their words and by their wire names', () => {
  const options = readImportOptions({ ...raw, kinds: 'skills, MCP,HOOKS,mcp_server_config' })

  expect([...(options.kinds ?? [])]).toEqual(['SKILLS', 'MCP_SERVER_CONFIG', 'HOOKS'])
})

it('names an unknown kind, the known ones and the nearest', () => {
  expect(() => readImportOptions({ ...raw, kinds: 'skils' })).toThrow(
    /^--kinds skils: unknown kind; known: config, instructions, .*\(did you mean skills\?\)$/,
  )
})

it('A21: names an unknown agent and lists the known ones', () => {
  const read = () => readImportOptions({ ...raw, from: 'vim' })

  expect(read).toThrow('--from vim: unknown agent; known: claude-code, cursor, all')
  expect(read).toThrow(UsageError)
})

it('takes all for every known agent, which no digest of one plan can cover', () => {
  expect(readImportOptions({ ...raw, from: 'all' }).from).toEqual(['claude-code', 'cursor'])
  expect(readImportOptions({ ...raw, from: 'cursor', yes: 'abc' }).from).toEqual(['cursor'])
  expect(() => readImportOptions({ ...raw, from: 'all', yes: 'abc' })).toThrow('--yes=abc: a digest is that of one')
})

it('refuses --home-only together with --cwd', () => {
  expect(() => readImportOptions({ ...raw, homeOnly: true, cwd: ['x'] })).toThrow('--home-only and --cwd x')
})

it('names an unknown conflict policy', () => {
  expect(() => readImportOptions({ ...raw, onConflict: 'merg' })).toThrow('(did you mean merge?)')
})
