import type { ClientEvent } from '@gangway/client'

type Question = Extract<ClientEvent, { type: 'request' }>

/**
 * Answers what the server asks, so that no turn waits for a person who is not there: what needs consent is declined, what
 * needs words gets none, and the turn goes on.
 *
 * @returns what was declined, in a few words; undefined when nobody needs to know
 */
export async function answerQuestion(question: Question): Promise<string | undefined> {
  switch (question.method) {
    case 'item/commandExecution/requestApproval':
      await question.respond({ decision: 'decline' })
      return `declined to run: ${question.params.command ?? 'a command'}`
    case 'item/fileChange/requestApproval':
      await question.respond({ decision: 'decline' })
      return 'declined to change files'
    case 'item/permissions/requestApproval':
      await question.respond({ permissions: {}, scope: 'turn' })
      return 'declined to give more permissions'
    case 'item/tool/requestUserInput':
      await question.respond({ answers: {} })
      return `left unanswered: ${question.params.questions.map((one) => one.question).join(' ')}`
    case 'mcpServer/elicitation/request':
      await question.respond({ action: 'cancel', content: null })
      return `left unanswered: MCP server ${question.params.serverName}`
    case 'item/tool/call':
      await question.respond({
        contentItems: [{ type: 'inputText', text: 'This tool belongs to another program.' }],
        success: false,
      })
      return undefined
    case 'currentTime/read':
      await question.respond({ currentTimeAt: Math.floor(Date.now() / 1000) })
      return undefined
    default:
      await question.reject({ code: -32601, message: `${question.method} is not supported by exec` })
      return undefined
  }
}
