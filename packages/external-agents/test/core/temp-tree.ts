import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** What stands at a path of a tree: a text, bytes, a link, or an empty folder. */
export type TreeNode =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly folder: true }
  | { readonly text: string; readonly mode: number }

/** Makes a folder with `tree` in it that is gone when the test is over. Paths with `/`. */
export function tempTree(tree: { readonly [path: string]: TreeNode } = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'gangway-external-agents-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  grow(root, tree)
  return root
}

/** Adds `tree` to a folder. */
export function grow(root: string, tree: { readonly [path: string]: TreeNode }): void {
  for (const [path, node] of Object.entries(tree)) {
    const target = join(root, path)
    mkdirSync(dirname(target), { recursive: true })
    if (typeof node === 'string' || node instanceof Uint8Array) writeFileSync(target, node)
    else if ('link' in node) symlinkSync(node.link, target)
    else if ('folder' in node) mkdirSync(target, { recursive: true })
    else {
      writeFileSync(target, node.text)
      chmodSync(target, node.mode)
    }
  }
}
