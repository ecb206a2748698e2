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

/** A release of the reference, by its first two numbers. */
export interface Release extends Program {
  readonly release: string
}

/** The releases of the reference that are installed, oldest first: older ones come as binaries of Linux on x64 only. */
export function releases(): readonly Release[] {
  const older = ['0.141', '0.155'].flatMap((release) => {
    const folder = fileURLToPath(new URL(`../node_modules/codex-${release}-linux-x64`, import.meta.url))
    const binary = binaryIn(folder)
    return binary === undefined ? [] : [{ name: 'reference' as const, release, command: [binary] }]
  })
  return [...older, { ...reference(), release: '0.169' }]
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
    const binary = binaryIn(path.join(scope, name))
    if (binary !== undefined) return binary
  }
  throw new Error(`no native binary of @openai/codex below ${scope}`)
}

function binaryIn(folder: string): string | undefined {
  const vendor = path.join(folder, 'vendor')
  const program = process.platform === 'win32' ? 'codex.exe' : 'codex'
  return (existsSync(vendor) ? readdirSync(vendor) : [])
    .map((triple) => path.join(vendor, triple, 'bin', program))
    .find((binary) => existsSync(binary))
}
