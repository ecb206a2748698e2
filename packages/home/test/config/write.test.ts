import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type HomeLayout, homeLayout } from '@gangway/home'
import {
  ConfigReadError,
  ConfigWriteError,
  parseOverrides,
  readConfigLayers,
  type WriteConfigOptions,
  writeConfig,
} from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'

function home(config?: string): HomeLayout {
  const layout = homeLayout(join(temporaryFolder(), '.codex'))
  if (config !== undefined) write(layout.configToml, config)
  return layout
}

const set = (keyPath: string, value: unknown, mergeStrategy: 'replace' | 'upsert' = 'replace') => ({
  keyPath,
  value,
  mergeStrategy,
})
const textOf = (layout: HomeLayout) => readFileSync(layout.configToml, 'utf8')

async function refusal(options: WriteConfigOptions): Promise<[string, string]> {
  try {
    await writeConfig(options)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigWriteError)
    const { writeErrorCode, message } = error as ConfigWriteError
    return [writeErrorCode, message]
  }
  throw new Error('it was written')
}

describe('writing configuration', () => {
  it('makes a file for its owner only, and answers with the version that reading gives', async () => {
    const layout = home()

    const result = await writeConfig({
      layout,
      edits: [set('model', 'x')],
      expectedVersion: readConfigLayers({ layout }).layers[0]?.version ?? '',
    })

    expect(textOf(layout)).toBe('model = "x"\n')
    expect(statSync(layout.configToml).mode & 0o777).toBe(0o600)
    expect(result).toEqual({
      status: 'ok',
      version: readConfigLayers({ layout }).layers[0]?.version,
      filePath: layout.configToml,
      overriddenMetadata: null,
    })
    expect(result.version.slice(0, 13)).toBe('sha256:78b0e1')
  })

  it('B2: keeps comments and layout when it upserts, replaces and takes away', async () => {
    const layout = home(
      '# c\nmodel = "u" # k\n\n[mcp_servers.a]\ncommand = "a" # x\nargs = ["1"]\n[mcp_servers.a.env]\nA="1"\n',
    )

    await writeConfig({ layout, edits: [set('mcp_servers.a', { command: 'b', env: { B: '2' } }, 'upsert')] })
    expect(textOf(layout)).toBe(
      '# c\nmodel = "u" # k\n\n[mcp_servers.a]\ncommand = "b" # x\nargs = ["1"]\n[mcp_servers.a.env]\nA="1"\nB = "2"\n',
    )

    await writeConfig({ layout, edits: [set('mcp_servers.a', { command: 'c' })] })
    expect(textOf(layout)).toBe('# c\nmodel = "u" # k\n\n[mcp_servers.a]\ncommand = "c" # x\n')

    await writeConfig({ layout, edits: [set('projects."/x/y.z".trust_level', 'trusted'), set('mcp_servers.a', null)] })
    expect(textOf(layout)).toBe('# c\nmodel = "u" # k\n\n[projects."/x/y.z"]\ntrust_level = "trusted"\n')
  })

  it('reads key paths as the reference does', async () => {
    const layout = home()

    await writeConfig({
      layout,
      edits: [
        set("projects.'/x'.trust_level", 'trusted'),
        set('projects."/x"y.trust_level', 'trusted'),
        set('projects."/q\\"q".trust_level', 'trusted'),
        set('desktop. a ', 1),
      ],
    })

    expect(Object.keys(readConfigLayers({ layout }).config.projects as object)).toEqual(["'/x'", '/xy', '/q"q'])
    expect(readConfigLayers({ layout }).config.desktop).toEqual({ ' a ': 1 })
    for (const keyPath of ['.', 'a.', '.a', 'a..b']) {
      expect(await refusal({ layout, edits: [set(keyPath, 1)] })).toEqual([
        'configValidationError',
        'keyPath segments must not be empty',
      ])
    }
    expect(await refusal({ layout, edits: [set('', 1)] })).toEqual([
      'configValidationError',
      'keyPath must not be empty',
    ])
    expect(await refusal({ layout, edits: [set('tui."', 1)] })).toEqual([
      'configValidationError',
      'unterminated quoted keyPath segment',
    ])
  })

  it('writes all edits or none', async () => {
    const layout = home('model = "u"\n')

    const outcome = await refusal({ layout, edits: [set('model', 'zz'), set('approval_policy', 'bogus')] })

    expect(outcome[1]).toBe(
      'Invalid configuration: unknown variant `bogus`, expected one of `untrusted`, `on-failure`, `on-request`, `granular`, `never`\nin `approval_policy`\n',
    )
    expect(textOf(layout)).toBe('model = "u"\n')
  })

  it('refuses what the reference refuses, in its words', async () => {
    const layout = home('model = "u"\n')
    const say = async (keyPath: string, value: unknown) => (await refusal({ layout, edits: [set(keyPath, value)] }))[1]

    expect(await say('model', 5)).toBe(
      'Invalid configuration: invalid type: integer `5`, expected a string\nin `model`\n',
    )
    expect(await say('model_context_window', 1.5)).toBe(
      'Invalid configuration: invalid type: floating point `1.5`, expected i64\nin `model_context_window`\n',
    )
    expect(await say('model.x', 'x')).toBe('cannot set value on non-table parent')
    expect(await say('hooks', 'x')).toBe(
      'Invalid configuration: invalid type: string "x", expected struct HooksToml\nin `hooks`\n',
    )
    expect(await say('profile', 'x')).toContain('`profile` is a legacy config selector and can no longer be written')
    expect(await say('profiles.x.model', 'x')).toContain('`profiles` contains legacy config profile tables')
    expect(await say('a.__proto__.b', 1)).toContain('cannot be kept safely')
    expect(textOf(layout)).toBe('model = "u"\n')
  })

  it('refuses an old version and any file but the person’s own', async () => {
    const layout = home('model = "u"\n')
    const edits = [set('model', 'x')]

    expect(await refusal({ layout, edits, expectedVersion: 'bad' })).toEqual([
      'configVersionConflict',
      'Configuration was modified since last read. Fetch latest version and retry.',
    ])
    for (const filePath of [join(layout.root, 'other.toml'), 'config.toml']) {
      expect(await refusal({ layout, edits, filePath })).toEqual([
        'configLayerReadonly',
        'Only writes to the user config are allowed',
      ])
    }
    expect(existsSync(join(layout.root, 'other.toml'))).toBe(false)
    expect(
      (await writeConfig({ layout, edits, filePath: join(layout.root, '..', '.codex', 'config.toml') })).status,
    ).toBe('ok')
  })

  it('says when the command line wins over what was written', async () => {
    const layout = home('model = "u"\n')
    const overrides = parseOverrides([
      'model="flag"',
      'model_reasoning_effort=high',
      'mcp_servers.x.command=foo',
      'notify=["a"]',
    ])
    const write = (keyPath: string, value: unknown) => writeConfig({ layout, overrides, edits: [set(keyPath, value)] })
    const overriddenBy = { name: { type: 'sessionFlags' }, version: expect.stringMatching(/^sha256:33d1af/) }

    expect(await write('model', 'w')).toMatchObject({
      status: 'okOverridden',
      overriddenMetadata: {
        message: 'Overridden by session flags',
        overridingLayer: overriddenBy,
        effectiveValue: 'flag',
      },
    })
    expect((await write('model_verbosity', 'low')).status).toBe('ok')
    expect((await write('model', 'flag')).status).toBe('ok')
    expect((await write('model', null)).overriddenMetadata?.effectiveValue).toBe('flag')
    expect((await write('mcp_servers', { x: { command: 'z' } })).overriddenMetadata?.effectiveValue).toEqual({
      x: { command: 'foo' },
    })
  })

  it('loses none of many writes at once', async () => {
    const layout = home('# c\n')

    await Promise.all(Array.from({ length: 12 }, (_, n) => writeConfig({ layout, edits: [set(`desktop.k${n}`, n)] })))

    expect(Object.keys(readConfigLayers({ layout }).config.desktop as object)).toHaveLength(12)
    expect(textOf(layout).startsWith('# c\n')).toBe(true)
  })

  it('leaves a file alone that does not parse', async () => {
    const layout = home('a = \n')

    await expect(writeConfig({ layout, edits: [set('model', 'x')] })).rejects.toThrow(ConfigReadError)

    expect(textOf(layout)).toBe('a = \n')
  })
})
