import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HomeLayout } from '@gangway/home/layout'
import { uuidV7 } from '../ids.js'
import type { ConfiguredHook } from './configured-hook.js'
import type { HookAnswer } from './hook-answer.js'

/** Source: reference 0.169.0, the schema of `hooks/list`. */
const defaultLimitTokens = 2_500
const bytesPerToken = 4

/**
 * The answer with its context no longer than the hook may make it. The whole is put into a file of the home then, and
 * the model is told where.
 */
export async function limitedContext(
  answer: HookAnswer,
  hook: ConfiguredHook,
  layout: HomeLayout,
): Promise<HookAnswer> {
  const { context } = answer
  const limit = (hook.additionalContextLimit ?? defaultLimitTokens) * bytesPerToken
  if (context === null || limit === 0 || Buffer.byteLength(context) <= limit) return answer
  const folder = join(layout.gangwayDir, 'hook-outputs')
  const file = join(folder, `${uuidV7()}.txt`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(file, context, { mode: 0o600 })
  const start = Buffer.from(context)
    .subarray(0, limit)
    .toString('utf8')
    .replace(/\uFFFD$/, '')
  const text = `${start}\n[The rest of what the hook said is in ${file}]`
  return {
    ...answer,
    context: text,
    entries: answer.entries.map((entry) => (entry.kind === 'context' ? { ...entry, text } : entry)),
  }
}
