import { wellFormed } from '../plain-text.js'
import { firstText, membersOf, type ToolCall, type ToolItem, type ToolView } from '../tool-view.js'

interface Step {
  readonly step: string
  readonly status: 'pending' | 'in_progress' | 'completed'
}

/** The agent's list of what is to do: its steps are the new agent's plan. */
export const stepList: ToolView = {
  kind: 'plan',
  modelCall({ input }) {
    const { todos: _, ...leftOut } = membersOf(input)
    return {
      name: 'update_plan',
      arguments: { plan: stepsOf(input) },
      leftOut: Object.keys(leftOut).length === 0 ? null : leftOut,
    }
  },
  item: (call) => plan(call, stepsOf(call.input).map(line).join('\n')),
}

/** A plan that the person is asked to agree to. */
export const proposedPlan: ToolView = {
  kind: 'plan',
  item: (call) => plan(call, wellFormed(firstText(membersOf(call.input), 'plan') ?? '')),
}

function plan(call: ToolCall, text: string): ToolItem {
  return { item: { type: 'Plan', id: call.id, text }, event: null }
}

function line({ step, status }: Step): string {
  if (status === 'in_progress') return `- [ ] ${step} (in progress)`
  return `- [${status === 'completed' ? 'x' : ' '}] ${step}`
}

function stepsOf(input: unknown): Step[] {
  const { todos } = membersOf(input)
  if (!Array.isArray(todos)) return []
  return todos.map((entry: unknown) => {
    const todo = membersOf(entry)
    const { status } = todo
    const known = status === 'in_progress' || status === 'completed' ? status : 'pending'
    return { step: wellFormed(firstText(todo, 'content', 'subject', 'activeForm') ?? ''), status: known }
  })
}
