import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findSandbox } from '../../src/sandbox/sandbox.js'
import { type ToolTurn, toolTurn } from '../exec/tool-turn.js'

const hasWalls = findSandbox().kind !== 'none'
if (!hasWalls) {
  console.error('NO SANDBOX WORKS HERE: the tests that try to break out of one did not run; install bubblewrap')
}

const workspace = { type: 'workspaceWrite', excludeSlashTmp: true, excludeTmpdirEnvVar: true } as const

async function inside(): Promise<ToolTurn> {
  const turn = await toolTurn({ sandboxPolicy: workspace })
  await mkdir(join(turn.cwd, '.git'))
  await mkdir(join(turn.cwd, '.codex'))
  await writeFile(join(turn.root, 'outside.txt'), 'untouched')
  return turn
}

describe.runIf(hasWalls)('a command in the sandbox', () => {
  it('writes inside the project', async () => {
    await using turn = await inside()

    expect(await turn.call('exec_command', { cmd: 'echo yes > inside.txt' })).toContain('exited with code 0')
    expect(await readFile(join(turn.cwd, 'inside.txt'), 'utf8')).toBe('yes\n')
  })

  it.each([
    ['by its path', 'echo no > "$PWD/../outside.txt"'],
    ['by going up', 'cd .. && echo no > outside.txt'],
    ['through a link that it makes', 'ln -s ../outside.txt link; echo no > link'],
    ['through a link that was there', 'echo no > old-link'],
    ['by renaming', 'echo no > new && mv new ../outside.txt'],
    ['through the root of its parent', 'for p in /proc/[0-9]*; do echo no > $p/root$PWD/../outside.txt; done'],
    ['by mounting', 'mount -o remount,rw / && echo no > ../outside.txt'],
    ['in a namespace of its own', 'unshare -Urm sh -c "mount -o remount,bind,rw / ; echo no > ../outside.txt"'],
    ['to what runs later', 'echo no > .git/config; echo no > .codex/config.toml'],
    ['to what runs later, under another name', 'mv .git old-git && mkdir .git && echo no > .git/config'],
  ])('does not write outside of the project %s', async (_, cmd) => {
    await using turn = await inside()
    await symlink(join(turn.root, 'outside.txt'), join(turn.cwd, 'old-link'))

    await turn.call('exec_command', { cmd })

    expect(await readFile(join(turn.root, 'outside.txt'), 'utf8')).toBe('untouched')
    expect(readdirSync(join(turn.cwd, '.git'))).toEqual([])
    expect(readdirSync(join(turn.cwd, '.codex'))).toEqual([])
  })

  it('I1: shows a command that may write nothing as an item that failed', async () => {
    await using turn = await toolTurn({ sandboxPolicy: { type: 'readOnly' } })

    expect(await turn.call('exec_command', { cmd: 'echo no > file.txt' })).toContain('Read-only file system')
    expect(readdirSync(turn.cwd)).toEqual([])
    expect(turn.completed).toMatchObject([{ type: 'commandExecution', status: 'failed', exitCode: 1 }])
  })

  it('reaches no server, neither by address nor by a socket that lies in a folder', async () => {
    await using turn = await inside()
    let requests = 0
    const answer = () => {
      requests += 1
    }
    const [server, local] = [createServer(answer), createServer(answer)]
    const path = join(turn.cwd, 'socket')
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await new Promise<void>((resolve) => local.listen(path, resolve))
    try {
      const { port } = server.address() as AddressInfo
      const script = `const net = require('node:net')
for (const to of [{ host: '127.0.0.1', port: ${port} }, { path: ${JSON.stringify(path)} }]) {
  const socket = net.connect(to, () => { socket.end('GET / HTTP/1.0\\r\\n\\r\\n'); console.log('connected') })
  socket.on('error', (error) => console.log(error.code))
}`
      await writeFile(join(turn.cwd, 'reach.cjs'), script)

      const output = await turn.call('exec_command', { cmd: `${process.execPath} reach.cjs` })

      expect(output).not.toContain('connected')
      expect(output).toContain('EPERM')
      expect(requests).toBe(0)
    } finally {
      server.close()
      local.close()
    }
  })

  it('neither sees nor ends the server that started it', async () => {
    await using turn = await inside()

    const output = await turn.call('exec_command', {
      cmd: `kill -9 ${process.pid}; kill -9 $PPID; kill -9 -1; echo alive`,
    })

    expect(output).not.toContain(`${process.pid}) - No error`)
    expect(existsSync(turn.cwd)).toBe(true)
  })

  it('makes no folder that agents read, and leaves none behind', async () => {
    await using turn = await toolTurn({ sandboxPolicy: workspace })

    await Promise.all(
      ['a', 'b'].map((name) =>
        turn.call('exec_command', {
          cmd: `mkdir -p .codex .agents; echo no > .codex/${name}; echo no > .agents/${name}`,
        }),
      ),
    )

    expect(readdirSync(turn.cwd)).toEqual([])
  })

  it('leaves no daemon behind', async () => {
    await using turn = await inside()
    const marker = `86${Date.now() % 100_000}`

    await turn.call('exec_command', { cmd: `setsid sh -c 'sleep ${marker}' >/dev/null 2>&1 & disown; echo started` })

    expect(commandLines().filter((line) => line.includes(marker))).toEqual([])
  })

  it('has a terminal where it asked for one', async () => {
    await using turn = await inside()

    expect(await turn.call('exec_command', { cmd: 'tty; echo no > ../outside.txt', tty: true })).toMatch(
      /\/dev\/(pts\/\d+|console)/,
    )
    expect(await readFile(join(turn.root, 'outside.txt'), 'utf8')).toBe('untouched')
  })
})

function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [readFileSync(`/proc/${name}/cmdline`, 'utf8')]
      } catch {
        return []
      }
    })
}
