import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Words that start our built program. Run `npm run build` first. */
export const gangway = [process.execPath, fileURLToPath(new URL('../../packages/cli/bin/gangway.js', import.meta.url))]

/** The reference's native binary: the npm launcher in front of it would be measured too. `CODEX_BIN` names another. */
export function reference() {
  if (process.env.CODEX_BIN) return [process.env.CODEX_BIN]
  const launcher = realpathSync(createRequire(import.meta.url).resolve('@openai/codex/bin/codex.js'))
  const scope = path.resolve(path.dirname(launcher), '..', '..')
  for (const name of readdirSync(scope).filter((one) => one.startsWith('codex-'))) {
    const vendor = path.join(scope, name, 'vendor')
    for (const triple of existsSync(vendor) ? readdirSync(vendor) : []) {
      const binary = path.join(vendor, triple, 'bin', 'codex')
      if (existsSync(binary)) return [binary]
    }
  }
  throw new Error(`no native binary of @openai/codex below ${scope}`)
}
