import type { ServerRequests, ThreadItem } from '@gangway/protocol'
import type { ToolContext } from '../tools/tool.js'

type CommandItem = Extract<ThreadItem, { type: 'commandExecution' }>
type Decision = ServerRequests['item/commandExecution/requestApproval']['result']['decision']

/** What a person said to a command, and what follows. */
export type CommandAnswer =
  | { readonly kind: 'run'; readonly forSession: boolean; readonly allow: readonly string[] | null }
  | { readonly kind: 'declined'; readonly cancels: boolean }

/**
 * Asks the person about a command that is shown already.
 *
 * @throws the signal's reason when the turn is interrupted meanwhile
 */
export async function askCommand(
  context: ToolContext,
  item: CommandItem,
  reason: string | null,
  amendment: readonly string[],
  startedAtMs: number,
): Promise<CommandAnswer> {
  const words = [...amendment]
  const { decision } = await context.ask('item/commandExecution/requestApproval', {
    kind: 'command',
    threadId: context.threadId,
    turnId: context.turnId,
    itemId: item.id,
    startedAtMs,
    environmentId: 'local',
    ...(reason === null ? {} : { reason }),
    command: item.command,
    cwd: item.cwd,
    commandActions: item.commandActions,
    proposedExecpolicyAmendment: words,
    availableDecisions: ['accept', { acceptWithExecpolicyAmendment: { execpolicy_amendment: words } }, 'cancel'],
  })
  return answerOf(decision)
}

function answerOf(decision: Decision): CommandAnswer {
  if (decision === 'accept') return { kind: 'run', forSession: false, allow: null }
  if (decision === 'acceptForSession') return { kind: 'run', forSession: true, allow: null }
  if (decision === 'decline') return { kind: 'declined', cancels: false }
  if (decision === 'cancel') return { kind: 'declined', cancels: true }
  if ('acceptWithExecpolicyAmendment' in decision) {
    return { kind: 'run', forSession: false, allow: decision.acceptWithExecpolicyAmendment.execpolicy_amendment }
  }
  // A host that is allowed for ever: the command runs, and the network stays as the settings have it.
  return { kind: 'run', forSession: false, allow: null }
}
