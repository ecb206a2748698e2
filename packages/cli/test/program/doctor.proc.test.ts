import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { runProgram } from './run-program.js'
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js'

interface Report {
  readonly ok: boolean
  readonly findings: readonly {
    readonly area: string
    readonly code: string
    readonly status: string
    readonly message: string
    readonly action: string | null
    readonly path: string | null
    readonly line: number | null
    readonly column: number | null
  }[]
}

async function examine(folder: TemporaryFolder, args: readonly string[] = [], env: Record<string, string> = {}) {
  const run = await runProgram(['doctor', '--json', ...args], {
    cwd: folder.path,
    env: { HOME: folder.path, ...env },
  })
  const report = JSON.parse(run.stdout) as Report
  const byCode = (code: string) => report.findings.find((finding) => finding.code === code)
  return { code: run.code, report, byCode }
}

/** A provider of models that knows one, for as long as `use` takes. */
async function withProvider(use: (config: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    response.statusCode = request.headers.authorization === 'Bearer right' ? 200 : 401
    response.end(JSON.stringify({ data: [{ id: 'one' }] }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  try {
    await use(
      `model_provider = "near"\n[model_providers.near]\nname = "Near"\nbase_url = "${url}"\nenv_key = "NEAR_KEY"\n`,
    )
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

describe('gangway doctor', () => {
  it('finds nothing wrong where everything is there, and makes no home', async () => {
    await using folder = await temporaryFolder()
    await withProvider(async (config) => {
      await folder.write({ '.codex/config.toml': config })

      const { code, report, byCode } = await examine(folder, [], { NEAR_KEY: 'right' })

      // Whether there is a sandbox is up to the machine.
      const wrong = report.findings.filter(({ area, status }) => status === 'problem' && area !== 'sandbox')
      expect(wrong).toEqual([])
      expect(code).toBe(report.ok ? 0 : 1)
      expect(report.findings.find(({ message }) => message.includes('Near'))?.message).toContain(
        'with 1 model and is used',
      )
      expect(byCode('config')?.status).toBe('ok')
      for (const area of ['versions', 'home', 'sandbox', 'mcp', 'index', 'skills', 'hooks', 'socket']) {
        expect(report.findings.some((finding) => finding.area === area)).toBe(true)
      }
    })
    await using empty = await temporaryFolder()
    expect((await examine(empty)).byCode('home-missing')?.status).toBe('info')
    expect(existsSync(`${empty.path}/.codex`)).toBe(false)
  })

  it('names the variable of a key that is missing, and one that is refused', async () => {
    await using folder = await temporaryFolder()
    await withProvider(async (config) => {
      await folder.write({ '.codex/config.toml': config })

      const missing = await examine(folder)
      const wrong = await examine(folder, [], { NEAR_KEY: 'wrong' })

      expect(missing.code).toBe(1)
      expect(missing.byCode('provider-key')).toMatchObject({
        message: 'Near (near), which is used, has no key: NEAR_KEY is not set',
        action: 'export NEAR_KEY=…, or choose another one with model_provider',
      })
      expect(wrong.byCode('provider-key-refused')?.message).toContain('another key than NEAR_KEY has')
    })
  })

  it('gives line and column of what is wrong in the home, a profile and the project', async () => {
    await using folder = await temporaryFolder()
    await folder.write({
      '.codex/config.toml': 'model = "x"\nmodle = "x"\n',
      '.codex/work.config.toml': 'model = \n',
      'project/.git/HEAD': '',
      'project/.codex/config.toml': '\nx = \n',
    })

    const { code, report, byCode } = await examine(folder, ['--cwd', 'project', '--offline'])

    const invalid = report.findings.filter((finding) => finding.code === 'config-invalid')
    expect(code).toBe(1)
    expect(byCode('config-unknown-key')).toMatchObject({ status: 'warning', line: 2, column: 1 })
    expect(invalid).toMatchObject([
      { path: `${folder.path}/.codex/work.config.toml`, line: 1, column: 9 },
      { path: `${folder.path}/project/.codex/config.toml`, line: 2, column: 5 },
    ])
    await folder.write({
      '.codex/config.toml': 'model = "x"\n[tui]\n[tools]\nmodel = 1\n[mcp_servers.a]\ncommand = 3\n',
    })
    const typed = (await examine(folder, ['--offline'])).byCode('config-invalid')
    expect(typed?.path).toBe(`${folder.path}/.codex/config.toml`)
    expect(typed?.line).not.toBeNull()
  })

  it('names an MCP server that cannot be started, and with --start-servers one that does not', async () => {
    await using folder = await temporaryFolder()
    await folder.write({
      '.codex/config.toml':
        '[mcp_servers.gone]\ncommand = "not-there-at-all"\n[mcp_servers.mute]\ncommand = "false"\n[mcp_servers.off]\ncommand = "x"\nenabled = false\n',
    })

    const looked = await examine(folder, ['--offline'])
    const started = await examine(folder, ['--offline', '--start-servers'])

    expect(looked.byCode('mcp-command')?.message).toBe('gone: not-there-at-all is not on PATH')
    expect(looked.byCode('mcp')?.message).toBe('mute: false is there')
    expect(looked.byCode('mcp-off')?.message).toBe('off is switched off')
    expect(started.byCode('mcp-failed')?.message).toMatch(/^mute does not start: /)
  })

  it('makes a damaged index of threads anew with --fix', async () => {
    await using folder = await temporaryFolder()
    await folder.write({ '.codex/gangway.sqlite': 'this is no database at all, but long enough' })

    const damaged = await examine(folder, ['--offline'])
    const fixed = await examine(folder, ['--offline', '--fix'])
    const after = await examine(folder, ['--offline'])

    expect(damaged.byCode('index-damaged')).toMatchObject({ status: 'warning', action: 'gangway doctor --fix' })
    expect(fixed.byCode('index-rebuilt')?.status).toBe('ok')
    expect(after.byCode('index-damaged')).toBeUndefined()
  })

  it('names skills that cannot be read, and a socket that nobody answers on', async () => {
    await using folder = await temporaryFolder()
    await folder.write({
      '.agents/skills/bad/SKILL.md': 'no front matter\n',
      '.codex/app-server-control/app-server-control.sock': '',
    })

    const { byCode } = await examine(folder, ['--offline'])

    expect(byCode('skill-broken')?.path).toBe(`${folder.path}/.agents/skills/bad/SKILL.md`)
    expect(byCode('socket-dead')?.action).toContain('rm ')
  })

  it('prints for people, with marks and ways out', async () => {
    await using folder = await temporaryFolder()

    const run = await runProgram(['doctor', '--offline'], { cwd: folder.path, env: { HOME: folder.path } })

    expect(run).toMatchObject({ code: 1, stderr: '' })
    expect(run.stdout).toMatch(/Models\n {2}✗ OpenAI \(openai\), which is used, has no key/)
    expect(run.stdout).toContain('→ export OPENAI_API_KEY=…')
    expect(run.stdout).not.toContain('\u001b')
  })

  it('says that a home that was named is not there', async () => {
    await using folder = await temporaryFolder()

    const { code, byCode } = await examine(folder, ['--offline', '--codex-home', 'nowhere'])

    expect(code).toBe(1)
    expect(byCode('home-missing')?.action).toContain('mkdir -p')
    expect(existsSync(`${folder.path}/nowhere`)).toBe(false)
  })
})
