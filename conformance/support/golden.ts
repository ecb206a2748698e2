import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { plainSteps } from './plain-steps.js'
import type { Program } from './programs.js'
import { Stage, type StageOptions, type Step } from './stage.js'

/** A conversation that any server can be led through. */
export interface Script {
  /** Names the file in `golden/`. */
  readonly name: string
  readonly stage: StageOptions
  play(stage: Stage): Promise<void>
}

/** Leads a server through a script, and gives what was said in a form that can be compared. */
export async function perform(script: Script, program: Program): Promise<readonly Step[]> {
  const stage = await Stage.open(program, script.stage)
  try {
    await script.play(stage)
    return plainSteps(stage)
  } finally {
    await stage.close()
  }
}

/** What the reference said when it was recorded. */
export function golden(script: Script): readonly Step[] {
  const file = goldenFile(script)
  if (!existsSync(file)) throw new Error(`${file} is missing: RECORD=1 writes it`)
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Step)
}

/** Replaces what was recorded. */
export function record(script: Script, steps: readonly Step[]): void {
  const file = goldenFile(script)
  mkdirSync(fileURLToPath(new URL('../golden/', import.meta.url)), { recursive: true })
  writeFileSync(file, `${steps.map((step) => JSON.stringify(step)).join('\n')}\n`)
}

function goldenFile({ name }: Script): string {
  return fileURLToPath(new URL(`../golden/${name}.jsonl`, import.meta.url))
}
