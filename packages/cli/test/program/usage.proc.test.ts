import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runProgram } from './run-program.js'

it('prints the version of its package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

  expect(await runProgram(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  expect(await runProgram(['version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

it('lists every command in its help, on standard output', async () => {
  const { code, stdout } = await runProgram(['--help'])

  expect(code).toBe(0)
  for (const name of ['import', 'threads', 'doctor', 'app-server', 'demo', 'completion', 'help', 'version'])
    expect(stdout).toContain(name)
})

it.each([
  [['help', 'import'], '--on-conflict'],
  [['import', '--help'], '--copy-secrets'],
  [['help', 'app-server'], '--listen'],
  [['app-server', '--help'], '--listen'],
])('shows the options of a command for %j', async (args, option) => {
  const { code, stdout } = await runProgram(args)

  expect(code).toBe(0)
  expect(stdout).toContain(option)
})

it('shows no default that is only the word default', async () => {
  expect((await runProgram(['import', '--help'])).stdout).not.toContain('(default: "default")')
})

it.each([
  [['improt'], 'gangway: unknown command improt (did you mean import?)\n'],
  [['import', '--dry-rn'], "gangway: unknown option '--dry-rn' (did you mean --dry-run?)\n"],
  [['import', '--from', 'vim'], 'gangway: --from vim: unknown agent; known: claude-code, cursor, all\n'],
  [['import', '--kinds', 'skils,hooks'], /--kinds skils: unknown kind; .* \(did you mean skills\?\)/],
  [['import', 'extra'], /unknown action extra; known: list, undo, verify/],
  [['completion', 'tcsh'], /unknown shell tcsh; known: bash, zsh, fish/],
  [['app-server', '--lissten', 'x'], /unknown option --lissten \(did you mean --listen\?\)/],
  [['app-server', '--listen', 'tcp://x'], /unsupported --listen URL `tcp:\/\/x`/],
  [['app-server', 'generate-ts'], /generate-ts needs --out <dir>/],
])('ends with code 2 and names what is wrong for %j', async (args, message) => {
  const { code, stdout, stderr } = await runProgram(args)

  expect(code).toBe(2)
  expect(stdout).toBe('')
  if (typeof message === 'string') expect(stderr).toBe(message)
  else expect(stderr).toMatch(message)
})

it.each(['bash', 'zsh', 'fish'])('prints a completion script for %s', async (shell) => {
  const { code, stdout } = await runProgram(['completion', shell])

  expect(code).toBe(0)
  expect(stdout).toContain('on-conflict')
})
