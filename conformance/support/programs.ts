import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A program that serves the protocol when called with these words and `app-server`. */
export interface Program {
  readonly name: 'reference' | 'gangway'
  readonly command: readonly string[]
}

/** The reference's native binary: signals and pids are then its own, not those of the npm launcher. Set `CODEX_BIN` to use another. */
export function reference(): Program {
  return { name: 'reference', command: [process.env.CODEX_BIN ?? nativeBinary()] }
}

/** Our built program. Run `npm run build` first. */
export function gangway(): Program {
  const launcher = fileURLToPath(new URL('../../packages/cli/bin/gangway.js', import.meta.url))
  return { name: 'gangway', command: [process.execPath, launcher] }
}

function nativeBinary(): string {
  const launcher = realpathSync(createRequire(import.meta.url).resolve('@openai/codex/bin/codex.js'))
  const scope = path.resolve(path.dirname(launcher), '..', '..')
  for (const name of readdirSync(scope).filter((one) => one.startsWith('codex-'))) {
    const vendor = path.join(scope, name, 'vendor')
    for (const triple of existsSync(vendor) ? readdirSync(vendor) : []) {
      const binary = path.join(vendor, triple, 'bin', process.platform === 'win32' ? 'codex.exe' : 'codex')
      if (existsSync(binary)) return binary
    }
  }
  throw new Error(`no native binary of @openai/codex below ${scope}`)
}
