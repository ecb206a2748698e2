import { randomInt } from 'node:crypto'
import { resolve } from 'node:path'
import type { ThreadBackgroundTerminal } from '@gangway/protocol'
import { askCommand } from '../../approval/ask-command.js'
import { judgeCommand } from '../../approval/command-policy.js'
import { allowPrefix, type PrefixRule, readRules } from '../../approval/prefix-rules.js'
import { ruleFolders } from '../../approval/rule-folders.js'
import { quoteWords } from '../../approval/shell-words.js'
import { uuidV7 } from '../../ids.js'
import { holdPlaceholders } from '../../sandbox/placeholders.js'
import type { SandboxRules } from '../../sandbox/rules.js'
import { findSandbox } from '../../sandbox/sandbox.js'
import { sandboxRules } from '../../sandbox/sandbox-rules.js'
import type { ApplyPatch } from '../apply-patch/apply-patch.js'
import { patchInScript } from '../apply-patch/patch-in-script.js'
import { ToolArgumentError, ToolArguments } from '../arguments.js'
import type { ToolCall, ToolContext, ToolResult } from '../tool.js'
import { commandActions } from './command-actions.js'
import { commandEnv } from './command-env.js'
import { type CommandItem, CommandSession } from './command-session.js'
import { type ExecArguments, execArguments, yieldMs } from './exec-arguments.js'
import { outputText } from './output-text.js'

const defaultTokens = 10_000
/** A command of the person ends by itself; this only keeps a forgotten one from staying for ever. */
const personTimeoutMs = 60 * 60 * 1_000

/** The commands of one thread: those that run, and what was allowed for the session. */
export class CommandRunner {
  readonly #patches: ApplyPatch
  readonly #sessions = new Map<number, CommandSession>()
  readonly #allowed = new Set<string>()
  #rules: Promise<readonly PrefixRule[]> | undefined

  constructor(patches: ApplyPatch) {
    this.#patches = patches
  }

  async execCommand(call: ToolCall, context: ToolContext): Promise<ToolResult> {
    try {
      const wanted = execArguments(call.input, context)
      const patch = patchInScript(wanted.script, wanted.cwd)
      if (patch !== undefined) {
        const result = await this.#patches.apply(call.callId, patch.text, patch.cwd, context)
        return result.success
          ? { ...result, output: `Wall time: 0.0000 seconds\nOutput:\n${String(result.output)}` }
          : result
      }
      return await this.#exec(call.callId, wanted, context)
    } catch (error) {
      if (context.signal.aborted) return { output: 'aborted by user', success: false }
      if (error instanceof ToolArgumentError) return { output: error.message, success: false }
      return {
        output: `exec_command failed: ${error instanceof Error ? error.message : String(error)}`,
        success: false,
      }
    }
  }

  async writeStdin(call: ToolCall, context: ToolContext): Promise<ToolResult> {
    try {
      const values = ToolArguments.parse(call.input)
      const id = values.optionalNumber('session_id')
      if (id === undefined) throw new ToolArgumentError('missing field `session_id`')
      const chars = values.optionalText('chars') ?? ''
      const session = this.#sessions.get(id)
      if (session === undefined) return { output: `write_stdin failed: Unknown process id ${id}`, success: false }
      await this.#type(session, chars, context)
      const wait = chars === '' ? yieldMs(values, 5_000, 5_000, 300_000) : yieldMs(values, 250, 250, 30_000)
      await session.wait(wait, context.signal)
      return this.#report(session, values.optionalNumber('max_output_tokens') ?? defaultTokens)
    } catch (error) {
      if (error instanceof ToolArgumentError) return { output: error.message, success: false }
      return { output: `write_stdin failed: ${error instanceof Error ? error.message : String(error)}`, success: false }
    }
  }

  /** Runs what the person typed, outside the sandbox. */
  async runForPerson(script: string, context: ToolContext): Promise<ToolResult> {
    const { cwd } = context.settings
    const argv = [context.host.env['SHELL'] || '/bin/bash', '-lc', script]
    const item: CommandItem = { ...this.#item(uuidV7(), argv, script, cwd, 'userShell'), processId: null }
    try {
      const session = await this.#start(item, argv, { kind: 'open' }, false, context, personTimeoutMs)
      await session.wait(personTimeoutMs, context.signal)
      return this.#report(session, defaultTokens)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      await context.items.completed({
        ...item,
        status: 'failed',
        aggregatedOutput: message,
        exitCode: -1,
        durationMs: 0,
      })
      return { output: message, success: false }
    }
  }

  terminals(): readonly ThreadBackgroundTerminal[] {
    return [...this.#sessions.values()].map(({ item, pid }) => ({
      itemId: item.id,
      processId: item.processId ?? '',
      command: item.command,
      cwd: item.cwd,
      osPid: pid,
      cpuPercent: null,
      rssKb: null,
    }))
  }

  async terminate(processId: string): Promise<boolean> {
    const session = this.#sessions.get(Number(processId))
    if (session === undefined) return false
    this.#sessions.delete(session.id)
    await session.kill()
    return true
  }

  async clean(): Promise<void> {
    const sessions = [...this.#sessions.values()]
    this.#sessions.clear()
    await Promise.all(sessions.map((session) => session.kill()))
  }

  async #exec(callId: string, wanted: ExecArguments, context: ToolContext): Promise<ToolResult> {
    const { argv, script, cwd } = wanted
    const rules = sandboxRules(context.settings, { env: context.host.env, codexHome: context.host.layout.root })
    const sandbox = findSandbox()
    const verdict = judgeCommand({
      ...wanted,
      approvalPolicy: context.settings.approvalPolicy,
      isOpen: rules.kind === 'open',
      hasSandbox: sandbox.kind !== 'none',
      rules: await this.#readRules(context),
    })
    if (verdict.kind === 'refuse') return { output: `exec_command failed: ${verdict.message}`, success: false }
    const item = this.#item(callId, argv, script, cwd, 'unifiedExecStartup')
    let isStarted = false
    const key = JSON.stringify([argv, cwd, wanted.isEscalated])
    if (verdict.kind === 'ask' && !this.#allowed.has(key)) {
      const asked: CommandItem = { ...item, source: 'agent', processId: null }
      isStarted = true
      context.items.started(asked)
      const refused = await this.#ask(asked, wanted, verdict.amendment, key, context)
      if (refused !== undefined) return refused
    }
    const within: SandboxRules = verdict.isSandboxed ? rules : { kind: 'open' }
    const session = await this.#start(item, argv, within, wanted.hasTerminal, context, null, isStarted)
    await session.wait(wanted.yieldMs, context.signal)
    return this.#report(session, wanted.maxTokens)
  }

  /** @returns what the model is told where the person did not agree */
  async #ask(
    item: CommandItem,
    wanted: ExecArguments,
    amendment: readonly string[],
    key: string,
    context: ToolContext,
  ): Promise<ToolResult | undefined> {
    const decline = () => context.items.completed({ ...item, status: 'declined' })
    try {
      const answer = await askCommand(context, item, wanted.justification, amendment, Date.now())
      if (answer.kind === 'declined') {
        await decline()
        if (answer.cancels) context.cancelTurn()
        return { output: 'exec_command failed: rejected by user', success: false }
      }
      if (answer.forSession) this.#allowed.add(key)
      if (answer.allow !== null && answer.allow.length > 0) {
        const rule = await allowPrefix(context.host.layout.rulesDir, answer.allow)
        this.#rules = Promise.resolve([...(await this.#readRules(context)), rule])
      }
      return undefined
    } catch (error) {
      await decline()
      throw error
    }
  }

  async #start(
    item: CommandItem,
    argv: readonly string[],
    rules: SandboxRules,
    hasTerminal: boolean,
    context: ToolContext,
    timeoutMs: number | null,
    isStarted = false,
  ): Promise<CommandSession> {
    if (!isStarted) context.items.started(item)
    try {
      const config = await context.host.readConfig(context.settings.cwd)
      const release = holdPlaceholders(rules)
      return await CommandSession.start({
        id: item.processId === null ? this.#newId() : Number(item.processId),
        item,
        argv: findSandbox().wrap({ argv, cwd: item.cwd, rules, hasTerminal }),
        env: commandEnv({
          env: context.host.env,
          policy: (config as Record<string, unknown>)['shell_environment_policy'],
          threadId: context.threadId,
          hasTerminal,
          hasNetwork: rules.kind === 'open' || rules.network,
        }),
        hasTerminal,
        context,
        timeoutMs,
        release,
      })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      await context.items.completed({
        ...item,
        status: 'failed',
        aggregatedOutput: message,
        exitCode: -1,
        durationMs: 0,
      })
      throw error
    }
  }

  #report(session: CommandSession, maxTokens: number): ToolResult {
    const { exitCode } = session
    if (exitCode === null) {
      session.goOn()
      this.#sessions.set(session.id, session)
    } else this.#sessions.delete(session.id)
    const output = outputText({
      wallTimeMs: session.wallTimeMs,
      exitCode,
      sessionId: session.id,
      output: session.takeOutput(),
      maxTokens,
    })
    return { output, success: exitCode === null || exitCode === 0 }
  }

  async #type(session: CommandSession, chars: string, context: ToolContext): Promise<void> {
    const { item } = session
    await context.notify('item/commandExecution/terminalInteraction', {
      threadId: context.threadId,
      turnId: context.turnId,
      itemId: item.id,
      processId: String(session.id),
      stdin: chars,
    })
    if (chars === '' || session.exitCode !== null) return
    if (session.hasTerminal) return session.write(chars)
    // Without a terminal nothing can be typed, but Control-C is still understood.
    if (chars !== '\x03') throw new Error('the command has no terminal to type into; run it with tty=true for that')
    process.kill(-session.pid, 'SIGINT')
  }

  #item(id: string, argv: readonly string[], script: string, cwd: string, source: CommandItem['source']): CommandItem {
    return {
      type: 'commandExecution',
      id,
      pluginId: null,
      scriptPath: null,
      command: quoteWords(argv),
      cwd: resolve(cwd),
      processId: String(this.#newId()),
      source,
      status: 'inProgress',
      commandActions: commandActions(script, cwd),
      aggregatedOutput: null,
      exitCode: null,
      durationMs: null,
    }
  }

  #newId(): number {
    for (;;) {
      const id = randomInt(10_000, 100_000)
      if (!this.#sessions.has(id)) return id
    }
  }

  /** One file that does not parse switches off all rules, as in the reference, and is told. */
  #readRules(context: ToolContext): Promise<readonly PrefixRule[]> {
    this.#rules ??= allRules(context).catch((error: Error) => {
      void context.host.notify('warning', {
        threadId: context.threadId,
        message: `Rules are not in force: ${error.message}`,
      })
      return []
    })
    return this.#rules
  }
}

async function allRules({ host, settings }: ToolContext): Promise<readonly PrefixRule[]> {
  const folders = await ruleFolders(host.layout, settings.cwd)
  return (await Promise.all(folders.map(readRules))).flat()
}
