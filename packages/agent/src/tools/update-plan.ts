import type { ServerNotifications } from '@gangway/protocol'
import { ToolArgumentError, ToolArguments } from './arguments.js'
import type { Tool, ToolCall, ToolContext, ToolFamily, ToolResult } from './tool.js'

type Step = ServerNotifications['turn/plan/updated']['plan'][number]

const statuses = new Map<unknown, Step['status']>([
  ['pending', 'pending'],
  ['in_progress', 'inProgress'],
  ['completed', 'completed'],
])

const updatePlan: Tool = {
  name: 'update_plan',
  namespace: null,
  spec: {
    type: 'function',
    name: 'update_plan',
    description:
      'Shows the person the steps of your plan and how far each is. At most one step is in progress at a time.',
    strict: false,
    parameters: {
      type: 'object',
      properties: {
        explanation: { type: 'string', description: 'Why the plan is as it is, or why it changed.' },
        plan: {
          type: 'array',
          description: 'All steps, in order.',
          items: {
            type: 'object',
            properties: {
              step: { type: 'string' },
              status: { type: 'string', enum: [...statuses.keys()] },
            },
            required: ['step', 'status'],
            additionalProperties: false,
          },
        },
      },
      required: ['plan'],
      additionalProperties: false,
    },
  },
  isParallel: true,
  run,
}

/** The tool that shows the model's plan; offered where `tools.update_plan.enabled` says so, served always. */
export const planFamily: ToolFamily = {
  name: 'plan',
  open: (thread) => ({
    async tools(settings) {
      const config = await thread.host.readConfig(settings.cwd)
      const isOffered = isEnabled(thread.configOverrides['tools.update_plan.enabled'] ?? enabledIn(config))
      return [isOffered ? updatePlan : { ...updatePlan, spec: null }]
    },
    close: async () => {},
  }),
}

const isEnabled = (value: unknown) => value === true

function enabledIn(config: object): unknown {
  let value: unknown = config
  for (const key of ['tools', 'update_plan', 'enabled']) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

async function run(call: ToolCall, context: ToolContext): Promise<ToolResult> {
  try {
    const values = ToolArguments.parse(call.input)
    await context.notify('turn/plan/updated', {
      threadId: context.threadId,
      turnId: context.turnId,
      explanation: values.optionalText('explanation') ?? null,
      plan: stepsOf(values.value('plan')),
    })
    return { output: 'Plan updated', success: true }
  } catch (error) {
    if (error instanceof ToolArgumentError) return { output: error.message, success: false }
    throw error
  }
}

function stepsOf(value: unknown): Step[] {
  if (!Array.isArray(value)) throw new ToolArgumentError('missing field `plan`')
  return value.map((entry: unknown) => {
    const { step, status } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>
    if (typeof step !== 'string') throw new ToolArgumentError('missing field `step`')
    const known = statuses.get(status)
    if (known === undefined) {
      const choice = [...statuses.keys()].map((name) => `\`${name}\``).join(', ')
      throw new ToolArgumentError(`unknown variant \`${String(status)}\`, expected one of ${choice}`)
    }
    return { step, status: known }
  })
}
