import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type HomeLayout, homeLayout } from '@gangway/home'
import { ConfigReadError, nestOverrides, parseOverrides, readConfigLayers, trustLevelOf } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'

const emptyVersion = 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'

function home(config?: (root: string) => string): { root: string; layout: HomeLayout } {
  const root = temporaryFolder()
  const layout = homeLayout(join(root, '.codex'))
  if (config) write(layout.configToml, config(root))
  return { root, layout }
}

/** A repository with a layer at its root and one in a folder below. */
function repository(root: string): string {
  mkdirSync(join(root, 'repo', '.git'), { recursive: true })
  write(
    join(root, 'repo', '.codex', 'config.toml'),
    'model = "proj"\n[mcp_servers.p]\ncommand = "p"\nargs = ["a", "b"]\n',
  )
  write(join(root, 'repo', 'sub', '.codex', 'config.toml'), 'model = "sub"\n[mcp_servers.p]\nenv = { A = "1" }\n')
  return join(root, 'repo')
}

const trust = (folder: string, level: string) => `[projects."${folder}"]\ntrust_level = "${level}"\n`

describe('reading configuration', () => {
  it('gives a home without files the layers, versions and defaults of the reference', () => {
    const { layout } = home()

    const view = readConfigLayers({ layout })

    expect(view.layers.slice(0, 1)).toEqual([
      { name: { type: 'user', file: layout.configToml, profile: null }, version: emptyVersion, config: {} },
    ])
    expect(Object.keys(view.config)).toHaveLength(107)
    expect(view.config).toMatchObject({
      model: null,
      mcp_servers: {},
      project_root_markers: ['.git'],
      file_opener: 'vscode',
    })
    expect(view.origins).toEqual({})
  })

  it('hashes a layer as the reference does, whatever the order of its keys', () => {
    const version = (text: string) =>
      readConfigLayers({ layout: home(() => text).layout }).layers[0]?.version.slice(7, 15)

    expect(
      version('model_reasoning_effort = "low"\nmodel = "proj"\n[mcp_servers.p]\ncommand="p"\nargs=["a","b"]\n'),
    ).toBe('338b3141')
    expect(version('model_context_window = 12')).toBe('04978f4c')
    expect(version('f = 1.0')).toBe('3fd3fc1b')
    expect(version('big = 9007199254740993')).toBe('edc0c65e')
    expect(version('d = 1979-05-27')).toBe('a4b1974b')
    expect(version('"10" = 1\n"9" = 2\n"1" = 3')).toBe('38a3fdd6')
    expect(version('[mcp_servers.s]\ncommand = "x"\nstartup_timeout_sec = 20')).toBe('792af53e')
  })

  it('merges the layers of a trusted project over the person’s own, the closest folder strongest', () => {
    const { root, layout } = home(
      (at) => `model = "u"\n[mcp_servers.p]\nargs = ["z"]\ncommand = "u"\n${trust(join(at, 'repo'), 'trusted')}`,
    )
    const repo = repository(root)

    const view = readConfigLayers({ layout, cwd: join(repo, 'sub') })

    expect(view.layers.map(({ name }) => name)).toEqual([
      { type: 'project', dotCodexFolder: join(repo, 'sub', '.codex') },
      { type: 'project', dotCodexFolder: join(repo, '.codex') },
      { type: 'user', file: layout.configToml, profile: null },
      { type: 'system', file: '/etc/codex/config.toml' },
    ])
    expect(view.config.model).toBe('sub')
    expect(view.config.mcp_servers).toEqual({
      p: {
        command: 'p',
        args: ['a', 'b'],
        env: { A: '1' },
        environment_id: 'local',
        enabled: true,
        tool_timeout_sec: null,
      },
    })
    expect(
      Object.entries(view.origins).map(([key, { name }]) => [
        key,
        name.type === 'project' ? name.dotCodexFolder : name.type,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['model', join(repo, 'sub', '.codex')],
        ['mcp_servers.p.env.A', join(repo, 'sub', '.codex')],
        ['mcp_servers.p.args.1', join(repo, '.codex')],
        [`projects.${repo}.trust_level`, 'user'],
      ]),
    )
  })

  it('shows the layers of a project that is not trusted, with the reason why they do not count', () => {
    const unknown = home()
    const refused = home((at) => trust(join(at, 'repo'), 'untrusted'))
    const [a, b] = [repository(unknown.root), repository(refused.root)]

    const first = readConfigLayers({ layout: unknown.layout, cwd: a })
    const second = readConfigLayers({ layout: refused.layout, cwd: join(b, 'sub') })

    expect(first.config.model).toBe(null)
    expect(first.layers[0]?.disabledReason).toBe(
      `To load project-local config, hooks, and exec policies, add ${a} as a trusted project in ${unknown.layout.configToml}.`,
    )
    expect(second.layers.slice(0, 2).map(({ disabledReason }) => disabledReason?.slice(0, b.length + 23))).toEqual(
      Array(2).fill(`${b} is marked as untrusted`),
    )
  })

  it('does not let a repository say where words are sent or what runs', () => {
    const { root, layout } = home((at) => trust(join(at, 'repo'), 'trusted'))
    const repo = repository(root)
    writeFileSync(
      join(repo, '.codex', 'config.toml'),
      'notify = ["rm"]\nmodel = "m"\nopenai_base_url = "http://evil"\n[model_providers.x]\nname = "x"\n',
    )

    const view = readConfigLayers({ layout, cwd: repo })

    expect(view.layers[0]?.config).toEqual({ model: 'm' })
    expect(view.config).toMatchObject({ model: 'm', notify: null, openai_base_url: null, model_providers: {} })
  })

  it('lets a folder’s own entry win over that of its repository', () => {
    const { root, layout } = home(
      (at) => trust(join(at, 'repo'), 'trusted') + trust(join(at, 'repo', 'sub'), 'untrusted'),
    )
    const repo = repository(root)

    expect(readConfigLayers({ layout, cwd: join(repo, 'sub') }).config.model).toBe('proj')
    expect(trustLevelOf(repo, { projects: { [repo]: { trust_level: 'trusted' } } })).toBe('trusted')
    expect(trustLevelOf(join(repo, 'other'), { projects: { [repo]: { trust_level: 'trusted' } } })).toBe('trusted')
    expect(trustLevelOf(repo, {})).toBe(undefined)
  })

  it('counts a worktree as its main repository', () => {
    const { root } = home()
    write(join(root, 'tree', '.git'), `gitdir: ${join(root, 'main', '.git', 'worktrees', 'tree')}\n`)

    expect(trustLevelOf(join(root, 'tree'), { projects: { [join(root, 'main')]: { trust_level: 'trusted' } } })).toBe(
      'trusted',
    )
  })

  it('names file, line and column of a file that does not parse, in the reference’s two forms', () => {
    const broken = home(() => 'a = \n')
    const project = home((at) => trust(join(at, 'repo'), 'trusted'))
    const repo = repository(project.root)
    writeFileSync(join(repo, '.codex', 'config.toml'), 'a = \n')
    const path = join(repo, '.codex', 'config.toml')

    expect(() => readConfigLayers({ layout: broken.layout })).toThrow(`${broken.layout.configToml}:1:5: `)
    expect(() => readConfigLayers({ layout: project.layout, cwd: repo })).toThrow(
      `Error parsing project config file ${path}: TOML parse error at line 1, column 5\n  |\n1 | a = \n  |     ^\n`,
    )
  })

  it('ignores a broken file of a project that does not count anyway', () => {
    const { root, layout } = home()
    const repo = repository(root)
    writeFileSync(join(repo, '.codex', 'config.toml'), 'a = \n')

    expect(readConfigLayers({ layout, cwd: repo }).layers[0]).toMatchObject({ version: emptyVersion, config: {} })
  })

  it('refuses values of the wrong type in the reference’s words', () => {
    const message = (text: string) => {
      try {
        readConfigLayers({ layout: home(() => text).layout })
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigReadError)
        return (error as Error).message
      }
      return 'read'
    }

    expect(message('model = 5')).toBe('invalid type: integer `5`, expected a string\nin `model`\n')
    expect(message('[mcp_servers.x]\ncommand = 5')).toBe(
      'invalid type: integer `5`, expected a string\nin `mcp_servers.x.command`\n',
    )
    expect(message('approval_policy = "bogus"')).toBe(
      'unknown variant `bogus`, expected one of `untrusted`, `on-failure`, `on-request`, `granular`, `never`\nin `approval_policy`\n',
    )
    expect(message('[features]\nhooks = "tru"')).toBe('invalid type: string "tru", expected a boolean\nin `features`\n')
    expect(message('[mcp_servers.x]\nenv = { A = "1" }')).toBe('invalid transport\nin `mcp_servers.x`\n')
    expect(message('[mcp_servers.x]\ncommand = "x"\nurl = "u"')).toBe(
      'url is not supported for stdio\nin `mcp_servers.x`\n',
    )
    expect(message('unknown = 1\n[tui]\nother = 2')).toBe('read')
  })

  it('lets the command line win, as a layer of its own', () => {
    const { layout } = home(() => 'model = "u"\n[features]\nhooks = true\n')
    const overrides = parseOverrides([
      'model="flag"',
      'model_reasoning_effort=high',
      'mcp_servers.x.command=foo',
      'notify=["a"]',
    ])

    const view = readConfigLayers({ layout, overrides })

    expect(view.layers[0]).toMatchObject({
      name: { type: 'sessionFlags' },
      version: expect.stringMatching(/^sha256:33d1af/),
      config: { model: 'flag', model_reasoning_effort: 'high', mcp_servers: { x: { command: 'foo' } }, notify: ['a'] },
    })
    expect(view.origins.model?.name).toEqual({ type: 'sessionFlags' })
    expect(view.config).toMatchObject({ model: 'flag', features: { hooks: true, tool_suggest: true } })
  })

  it('J5: does not parse a file again that has not changed, and sees one that has', () => {
    const { layout } = home(() => 'model = "a"\n')
    const first = readConfigLayers({ layout }).layers[0]?.config

    expect(readConfigLayers({ layout }).layers[0]?.config).toBe(first)
    writeFileSync(layout.configToml, 'model = "b"\n')
    utimesSync(layout.configToml, 1, 1)
    expect(readConfigLayers({ layout }).config.model).toBe('b')
  })
})

describe('overrides', () => {
  it('take the value as TOML, else as it is', () => {
    expect(
      JSON.parse(
        JSON.stringify(
          parseOverrides(['a=true', 'b = x y ', 'c.d=[1.5]', 'c.e=a=b', "f='q'", 'projects."/x.y".z=w', 'g="open']),
        ),
      ),
    ).toEqual({
      a: true,
      b: 'x y',
      c: { d: [1.5], e: 'a=b' },
      f: 'q',
      projects: { '/x.y': { z: 'w' } },
      g: 'open',
    })
  })

  it('are refused in the reference’s words', () => {
    expect(() => parseOverrides(['novalue'])).toThrow("Invalid override (missing '='): novalue")
    expect(() => parseOverrides(['=x'])).toThrow('Empty key in override: =x')
  })

  it('may be given as values, by dotted key', () => {
    expect(nestOverrides({ 'a.b': 1, 'a.c': 'x', d: { e: [1.5] } })).toEqual({ a: { b: 1n, c: 'x' }, d: { e: [1.5] } })
  })

  it('cannot reach a prototype', () => {
    parseOverrides(['__proto__.polluted=1'])
    nestOverrides(JSON.parse('{"__proto__.polluted":1}'))

    expect('polluted' in {}).toBe(false)
  })
})
