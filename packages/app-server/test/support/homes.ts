import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A person's home in a temporary folder, with an empty Codex home in it. */
export interface TestHome {
  readonly root: string
  readonly codexHome: string
  readonly env: { readonly HOME: string; readonly CODEX_HOME: string }
  [Symbol.dispose](): void
}

export function testHome(): TestHome {
  const root = mkdtempSync(join(tmpdir(), 'gangway-server-'))
  const codexHome = join(root, '.codex')
  mkdirSync(codexHome)
  return {
    root,
    codexHome,
    env: { HOME: root, CODEX_HOME: codexHome },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Params of an `initialize` that is accepted. */
export function introduction(
  capabilities: object | null = { experimentalApi: true },
  name = 'tester',
  version = '1.2.3',
) {
  return { clientInfo: { name, version }, capabilities }
}
