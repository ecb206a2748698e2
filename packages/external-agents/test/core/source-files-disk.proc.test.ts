import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SourceFilesOnDisk } from '../../src/source-files-disk.js'
import { SourceTextCache } from '../../src/source-text-cache.js'
import { tempTree } from './temp-tree.js'

const open = () => new SourceFilesOnDisk(new SourceTextCache())

describe('SourceFilesOnDisk on special files', () => {
  it('does not wait for a pipe', () => {
    const root = tempTree()
    execFileSync('mkfifo', [join(root, 'a.md')])

    expect(open().readText(join(root, 'a.md'), root)).toMatchObject({ problem: { subErrorType: 'not_a_file' } })
  })
})
