import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toolTurn } from '../exec/tool-turn.js'

const patch = (...lines: string[]) => ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n')
const success = (...lines: string[]) =>
  new RegExp(
    `^Exit code: 0\nWall time: [\\d.]+ seconds\nOutput:\nSuccess. Updated the following files:\n${lines.join('\n')}\n$`,
  )

describe('a patch', () => {
  it('adds, changes, moves and deletes, and says so', async () => {
    await using turn = await toolTurn()
    await writeFile(join(turn.cwd, 'a.txt'), 'one\ntwo\nthree\n')
    await writeFile(join(turn.cwd, 'b.txt'), 'bee\n')
    await writeFile(join(turn.cwd, 'c.txt'), 'sea\n')

    const output = await turn.call(
      'apply_patch',
      patch(
        ...['*** Add File: new/deep.txt', '+fresh', '*** Update File: a.txt', '@@', ' one', '-two', '+TWO'],
        ...['*** Update File: b.txt', '*** Move to: moved.txt', '@@', '-bee', '+BEE', '*** Delete File: c.txt'],
      ),
    )

    expect(output).toMatch(success('A new/deep.txt', 'M a.txt', 'M moved.txt', 'D c.txt'))
    expect(await readFile(join(turn.cwd, 'a.txt'), 'utf8')).toBe('one\nTWO\nthree\n')
    expect(await readFile(join(turn.cwd, 'moved.txt'), 'utf8')).toBe('BEE\n')
    expect(await readFile(join(turn.cwd, 'new/deep.txt'), 'utf8')).toBe('fresh\n')
    expect(['b.txt', 'c.txt'].map((name) => existsSync(join(turn.cwd, name)))).toEqual([false, false])
    expect(turn.completed).toEqual([
      {
        type: 'fileChange',
        id: 'call-1',
        status: 'completed',
        changes: [
          { path: join(turn.cwd, 'new/deep.txt'), kind: { type: 'add' }, diff: 'fresh\n' },
          {
            path: join(turn.cwd, 'a.txt'),
            kind: { type: 'update', move_path: null },
            diff: '@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n',
          },
          {
            path: join(turn.cwd, 'b.txt'),
            kind: { type: 'update', move_path: join(turn.cwd, 'moved.txt') },
            diff: `@@ -1 +1 @@\n-bee\n+BEE\n\n\nMoved to: ${join(turn.cwd, 'moved.txt')}`,
          },
          { path: join(turn.cwd, 'c.txt'), kind: { type: 'delete' }, diff: 'sea\n' },
        ],
      },
    ])
    expect(turn.files).toContainEqual([join(turn.cwd, 'b.txt'), 'bee\n', null])
  })

  it.each([
    [
      'no such file',
      patch('*** Update File: no.txt', '@@', '-a', '+b'),
      'Failed to read file to update CWD/no.txt: No such file or directory (os error 2)',
    ],
    [
      'lines that are not there',
      patch('*** Update File: f.txt', '@@', '-nope', '+b'),
      'Failed to find expected lines in CWD/f.txt:\nnope',
    ],
    [
      'a context that is not there',
      patch('*** Update File: f.txt', '@@ class X', '-world', '+b'),
      "Failed to find context 'class X' in CWD/f.txt",
    ],
    [
      'a file to delete that is not there',
      patch('*** Delete File: no.txt'),
      'Failed to read CWD/no.txt: No such file or directory (os error 2)',
    ],
    [
      'an update of nothing',
      patch('*** Update File: f.txt'),
      "invalid hunk at line 2, Update file hunk for path 'f.txt' is empty",
    ],
    ['no patch', 'no patch at all', "invalid patch: The first line of the patch must be '*** Begin Patch'"],
    [
      'no end',
      '*** Begin Patch\n*** Add File: x\n+a\n',
      "invalid patch: The last line of the patch must be '*** End Patch'",
    ],
    [
      'an unknown header',
      patch('*** Frob File: f.txt'),
      "invalid hunk at line 2, '*** Frob File: f.txt' is not a valid hunk header. Valid hunk headers: '*** Add File: {path}', '*** Delete File: {path}', '*** Update File: {path}'",
    ],
    [
      'an unknown line',
      patch('*** Update File: f.txt', '@@', '*bad'),
      "invalid hunk at line 4, Unexpected line found in update hunk: '*bad'. Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)",
    ],
    [
      'a chunk without lines',
      patch('*** Update File: f.txt', '@@'),
      'invalid hunk at line 4, Update hunk does not contain any lines',
    ],
    ['a folder', patch('*** Delete File: folder'), 'Failed to read CWD/folder: path `CWD/folder` is not a file'],
    [
      'a file twice',
      patch('*** Delete File: f.txt', '*** Add File: f.txt', '+x'),
      'invalid patch: multiple operations target CWD/f.txt',
    ],
    [
      'one bad file among good ones',
      patch('*** Add File: y.txt', '+1', '*** Update File: no.txt', '@@', '-a', '+b'),
      'Failed to read file to update CWD/no.txt: No such file or directory (os error 2)',
    ],
  ])('I2: fails with words and an item, and changes nothing, for %s', async (_, text, message) => {
    await using turn = await toolTurn()
    await mkdir(join(turn.cwd, 'folder'))
    await writeFile(join(turn.cwd, 'f.txt'), 'hello\nworld\n')

    const output = await turn.call('apply_patch', text)

    expect(output).toBe(`apply_patch verification failed: ${message.replaceAll('CWD', turn.cwd)}`)
    expect(await readFile(join(turn.cwd, 'f.txt'), 'utf8')).toBe('hello\nworld\n')
    expect(existsSync(join(turn.cwd, 'y.txt'))).toBe(false)
    expect(turn.completed).toMatchObject([{ type: 'fileChange', status: 'failed' }])
  })

  it('refuses a patch that says nothing', async () => {
    await using turn = await toolTurn()

    expect(await turn.call('apply_patch', patch())).toBe('patch rejected: empty patch')
  })

  it.each([
    ['line ends of Windows', 'a\r\nb\r\nd\r\n', ['@@', ' a', '-b', '+c'], 'a\r\nc\r\nd\r\n'],
    ['a last line without an end', 'first\nlast', ['@@', '-last', '+LAST'], 'first\nLAST'],
    ['the end of the file', 'x\ny\nx\nz\nx\n', ['@@', '-x', '+X', '*** End of File'], 'x\ny\nx\nz\nX\n'],
    [
      'typographic signs',
      'def f():\n  it\'s - "q"\n  rest\n',
      ['@@ def f():', '-  it’s – “q”  ', '+ok'],
      'def f():\nok\n  rest\n',
    ],
    ['spaces at line ends of context', 'keep  \nold\n', ['@@', ' keep', '-old', '+new'], 'keep  \nnew\n'],
    ['lines that are only added', 'a1\n', ['@@', '+atend'], 'a1\natend\n'],
    [
      'two contexts',
      'class A\n f\n x\nclass B\n f\n x\n',
      ['@@ class B', '@@  f', '- x', '+ y'],
      'class A\n f\n x\nclass B\n f\n y\n',
    ],
    ['several chunks', 'a\nb\nc\nd\ne\n', ['@@', '-a', '+A', '@@', '-e', '+E'], 'A\nb\nc\nd\nE\n'],
  ])('respects %s', async (_, before, lines, after) => {
    await using turn = await toolTurn()
    await writeFile(join(turn.cwd, 'f.txt'), before)

    expect(await turn.call('apply_patch', patch('*** Update File: f.txt', ...lines))).toMatch(success('M f.txt'))
    expect(await readFile(join(turn.cwd, 'f.txt'), 'utf8')).toBe(after)
  })

  it('keeps the mode of a file, and the link to it', async () => {
    await using turn = await toolTurn()
    await writeFile(join(turn.cwd, 'run.sh'), 'old\n')
    await chmod(join(turn.cwd, 'run.sh'), 0o751)
    await symlink('run.sh', join(turn.cwd, 'link'))

    await turn.call('apply_patch', patch('*** Update File: link', '@@', '-old', '+new'))

    expect(await readFile(join(turn.cwd, 'run.sh'), 'utf8')).toBe('new\n')
    expect((await stat(join(turn.cwd, 'run.sh'))).mode & 0o777).toBe(0o751)
    expect(await readlink(join(turn.cwd, 'link'))).toBe('run.sh')
  })

  it('takes back what it wrote when a later file cannot be written', async () => {
    await using turn = await toolTurn()
    await writeFile(join(turn.cwd, 'f.txt'), 'old\n')
    await writeFile(join(turn.cwd, 'file'), 'no folder\n')

    const output = await turn.call(
      'apply_patch',
      patch(
        '*** Update File: f.txt',
        '@@',
        '-old',
        '+new',
        '*** Add File: made/x.txt',
        '+1',
        '*** Add File: file/y.txt',
        '+1',
      ),
    )

    expect(output).toContain('apply_patch failed, and nothing was changed')
    expect(await readFile(join(turn.cwd, 'f.txt'), 'utf8')).toBe('old\n')
    expect(existsSync(join(turn.cwd, 'made'))).toBe(false)
    expect(turn.completed).toMatchObject([{ status: 'failed' }])
  })

  it('is applied when a command does nothing but apply it', async () => {
    await using turn = await toolTurn()
    await mkdir(join(turn.cwd, 'sub'))
    const cmd = `cd sub && apply_patch <<'EOF'\n${patch('*** Add File: made.txt', '+1')}EOF\n`

    const output = await turn.call('exec_command', { cmd })

    expect(output).toMatch(/^Wall time: 0.0000 seconds\nOutput:\nExit code: 0\n/)
    expect(await readFile(join(turn.cwd, 'sub/made.txt'), 'utf8')).toBe('1\n')
    expect(await turn.call('exec_command', { cmd: patch('*** Add File: x', '+1') })).toBe(
      'apply_patch verification failed: patch detected without explicit call to apply_patch. Rerun as ["apply_patch", "<patch>"]',
    )
  })

  it.each([
    ['read-only', { type: 'readOnly' } as const, 'f.txt', 'writing is blocked by read-only sandbox'],
    ['workspace', { type: 'workspaceWrite' } as const, '../f.txt', 'writing outside of the project'],
    ['workspace', { type: 'workspaceWrite' } as const, '.git/f.txt', 'writing outside of the project'],
    ['workspace', { type: 'workspaceWrite' } as const, 'link/f.txt', 'writing outside of the project'],
  ])('stays within what a %s sandbox may write', async (_, sandboxPolicy, path, why) => {
    await using turn = await toolTurn({ sandboxPolicy })
    await symlink('..', join(turn.cwd, 'link'))

    expect(await turn.call('apply_patch', patch(`*** Add File: ${path}`, '+1'))).toBe(
      `patch rejected: ${why}; rejected by user approval settings`,
    )
    expect(turn.completed).toMatchObject([{ status: 'declined' }])
  })

  it.each([
    ['accept', true, false, 2],
    ['acceptForSession', true, false, 1],
    ['decline', false, false, 2],
    ['cancel', false, true, 2],
  ])('does what the person says: %s', async (decision, isWritten, isCancelled, questions) => {
    const asked: unknown[] = []
    const decide = (method: string) => {
      asked.push(method)
      return decision
    }
    await using turn = await toolTurn({ sandboxPolicy: { type: 'readOnly' }, approvalPolicy: 'on-request', decide })
    const text = patch('*** Add File: f.txt', '+1')

    const output = await turn.call('apply_patch', text)
    await turn.call('apply_patch', text)

    expect(existsSync(join(turn.cwd, 'f.txt'))).toBe(isWritten)
    expect(output === 'patch rejected by user').toBe(!isWritten)
    expect(turn.wasCancelled()).toBe(isCancelled)
    expect(asked).toEqual(Array(questions).fill('item/fileChange/requestApproval'))
  })
})
