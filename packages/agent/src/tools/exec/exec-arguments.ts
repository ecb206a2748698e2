import { resolve } from 'node:path'
import { ToolArgumentError, ToolArguments } from '../arguments.js'
import type { ToolContext } from '../tool.js'

/** What `exec_command` was asked to do. */
export interface ExecArguments {
  readonly script: string
  readonly argv: readonly string[]
  readonly cwd: string
  readonly hasTerminal: boolean
  readonly yieldMs: number
  readonly maxTokens: number
  readonly isEscalated: boolean
  readonly justification: string | null
  readonly prefixRule: readonly string[] | undefined
}

/** @throws ToolArgumentError for the model */
export function execArguments(input: string, context: ToolContext): ExecArguments {
  const values = ToolArguments.parse(input)
  const script = values.text('cmd')
  const permissions = values.optionalText('sandbox_permissions') ?? 'use_default'
  if (permissions !== 'use_default' && permissions !== 'require_escalated') {
    throw new ToolArgumentError(
      `unknown variant \`${permissions}\`, expected one of \`use_default\`, \`require_escalated\``,
    )
  }
  const shell = values.optionalText('shell') ?? (context.host.env['SHELL'] || '/bin/bash')
  return {
    script,
    argv: [shell, values.optionalFlag('login') === false ? '-c' : '-lc', script],
    cwd: resolve(context.settings.cwd, values.optionalText('workdir') || '.'),
    hasTerminal: values.optionalFlag('tty') ?? false,
    yieldMs: yieldMs(values, 10_000, 250, 30_000),
    maxTokens: values.optionalNumber('max_output_tokens') ?? 10_000,
    isEscalated: permissions === 'require_escalated',
    justification: values.optionalText('justification') ?? null,
    prefixRule: values.optionalTexts('prefix_rule'),
  }
}

/** How long to wait for output: what was asked for, within bounds. Milliseconds. */
export function yieldMs(values: ToolArguments, usual: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, values.optionalNumber('yield_time_ms') ?? usual))
}
