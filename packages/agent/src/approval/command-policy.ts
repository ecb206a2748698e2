import type { ThreadSettings } from '../thread-settings.js'
import { isDangerous } from './dangerous.js'
import { type PrefixRule, ruleFor } from './prefix-rules.js'
import { plainCommands, quoteWords } from './shell-words.js'

/** What a command needs before it runs. */
export type Verdict =
  | { readonly kind: 'run'; readonly isSandboxed: boolean }
  | { readonly kind: 'ask'; readonly isSandboxed: boolean; readonly amendment: readonly string[] }
  /** `message` is for the model. */
  | { readonly kind: 'refuse'; readonly message: string }

/** What is decided about. */
export interface CommandQuestion {
  readonly script: string
  /** The command line that runs the script. */
  readonly argv: readonly string[]
  /** The model asked to run it outside the sandbox. */
  readonly isEscalated: boolean
  /** The rule that the model proposes. */
  readonly prefixRule: readonly string[] | undefined
  readonly approvalPolicy: ThreadSettings['approvalPolicy']
  /** Whether the settings let commands do everything. */
  readonly isOpen: boolean
  /** Whether something on this machine can keep a command within its rules. */
  readonly hasSandbox: boolean
  readonly rules: readonly PrefixRule[]
}

/** Words that say nothing of what will run: too wide to be allowed for ever. */
const tooWide = new Set([
  'bash',
  'sh',
  'zsh',
  'python',
  'python3',
  'node',
  'perl',
  'ruby',
  'env',
  'sudo',
  'git',
  'npm',
  'npx',
])

/** Decides whether a command runs, asks first, or does not run. Touches no disk. */
export function judgeCommand(question: CommandQuestion): Verdict {
  const { script, argv, approvalPolicy, rules, isOpen } = question
  const plain = isShell(argv[0] ?? '') ? plainCommands(script) : undefined
  const commands = plain?.map(({ words }) => words) ?? [argv]
  const found = commands.map((words) => ruleFor(rules, words))
  const shown = quoteWords(argv)
  const forbidden = found.find((rule) => rule?.decision === 'forbidden')
  if (forbidden !== undefined) {
    const why = forbidden.justification ?? 'a rule forbids it'
    return { kind: 'refuse', message: `\`${shown}\` rejected: ${why}` }
  }
  const ask = (isSandboxed: boolean): Verdict => ({
    kind: 'ask',
    isSandboxed,
    amendment: amendmentFor(question, commands),
  })
  if (found.some((rule) => rule?.decision === 'prompt')) {
    if (mayAsk(approvalPolicy, 'rules')) return ask(!question.isEscalated)
    return { kind: 'refuse', message: `\`${shown}\` rejected: a rule wants it to be approved, and nobody may be asked` }
  }
  if (found.every((rule) => rule?.decision === 'allow')) return { kind: 'run', isSandboxed: false }
  if (isDangerous(script)) {
    if (mayAsk(approvalPolicy, 'sandbox')) return ask(!question.isEscalated)
    return {
      kind: 'refuse',
      message: `\`${shown}\` rejected: rm -f style commands are not permitted. Use a safer approach`,
    }
  }
  // Who reads every command and agrees means it to work. Source: reference 0.169.0.
  if (approvalPolicy === 'untrusted') return ask(false)
  if (isOpen) return { kind: 'run', isSandboxed: false }
  if (question.isEscalated) {
    if (mayAsk(approvalPolicy, 'sandbox')) return ask(false)
    return {
      kind: 'refuse',
      message: 'a command cannot leave the sandbox here: the approval policy is never, so nobody may be asked',
    }
  }
  if (question.hasSandbox) return { kind: 'run', isSandboxed: true }
  if (mayAsk(approvalPolicy, 'sandbox')) return ask(false)
  return { kind: 'refuse', message: `\`${shown}\` rejected: no sandbox works on this machine, and nobody may be asked` }
}

/** Whether the words of a script say what will run: a program of the model's own that is called a shell reads them as it likes. */
function isShell(program: string): boolean {
  return /^(?:\/(?:usr\/(?:local\/)?|opt\/homebrew\/)?bin\/)?(?:ba|z|da|k)?sh$/.test(program)
}

/** Whether a person may be asked, about a rule or about the sandbox. */
export function mayAsk(policy: ThreadSettings['approvalPolicy'], about: 'rules' | 'sandbox'): boolean {
  if (typeof policy === 'string') return policy !== 'never'
  return about === 'rules' ? policy.granular.rules : policy.granular.sandbox_approval
}

/** The words that could be allowed for ever: the model's, where they cover the whole script; else the first that no rule allows. */
function amendmentFor(question: CommandQuestion, commands: readonly (readonly string[])[]): readonly string[] {
  const { rules, prefixRule } = question
  const uncovered = commands.filter((words) => ruleFor(rules, words)?.decision !== 'allow')
  if (
    prefixRule !== undefined &&
    prefixRule.length > 0 &&
    !(prefixRule.length === 1 && tooWide.has(prefixRule[0] ?? ''))
  ) {
    if (uncovered.every((words) => prefixRule.every((word, at) => words[at] === word))) return prefixRule
  }
  return uncovered[0] ?? commands[0] ?? question.argv
}
