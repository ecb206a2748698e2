import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A scratch folder, on a memory file system where there is one. Everything goes at the end only: deleting between runs slows ext4. */
export function scratch() {
  const root = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'gangway-bench-'))
  process.on('exit', () => rmSync(root, { recursive: true, force: true }))
  return root
}
