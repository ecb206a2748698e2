import { describe, expect, it } from 'vitest'
import { type CommandEnvInput, commandEnv } from '../../src/tools/exec/command-env.js'

const env = { PATH: '/bin', HOME: '/home/p', MY_API_KEY: 'k', AWS_REGION: 'r', EDITOR: 'vi' }

function seen(policy: unknown, more: Partial<CommandEnvInput> = {}): Record<string, string> {
  return commandEnv({ env, policy, threadId: 'thread', hasTerminal: false, hasNetwork: true, ...more })
}

describe('shell_environment_policy', () => {
  it('leaves all where nothing is said', () => {
    expect(seen(undefined)).toMatchObject(env)
  })

  it.each([
    ['none', []],
    ['core', ['PATH', 'HOME']],
    ['all', Object.keys(env)],
  ])('inherits %s', (inherit, names) => {
    const result = seen({ inherit })

    expect(Object.keys(env).filter((name) => name in result)).toEqual(names)
  })

  it('takes secrets out where their default exclusion counts', () => {
    expect(seen({ ignore_default_excludes: false })).not.toHaveProperty('MY_API_KEY')
  })

  it('takes out by pattern, puts in, and then keeps only what is named', () => {
    const policy = { exclude: ['AWS_*'], set: { AWS_REGION: 'mine', EXTRA: 'x' }, include_only: ['AWS_*', 'PATH'] }

    const result = seen(policy)

    expect(result).toMatchObject({ AWS_REGION: 'mine', PATH: '/bin' })
    expect(result).not.toHaveProperty('EXTRA')
    expect(result).not.toHaveProperty('HOME')
  })

  it('tells programs that there is no terminal, or which', () => {
    expect(seen({})['TERM']).toBe('dumb')
    expect(seen({}, { hasTerminal: true })['TERM']).toBe('xterm-256color')
  })
})
