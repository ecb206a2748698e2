import type { Question, SessionState } from '../../session/session-shape.js'
import type { Theme } from '../view/theme.js'
import { approvalPanel } from './approval.js'
import { elicitationFields, elicitedContent } from './elicitation-fields.js'
import { type FormField, formPanel } from './form.js'
import type { Panel } from './panel.js'

type UserInput = Extract<Question, { readonly method: 'item/tool/requestUserInput' }>
type Elicitation = Extract<Question, { readonly method: 'mcpServer/elicitation/request' }>

/** What asks a question of the server. @param answer takes the result that answers it */
export function questionPanel(
  question: Question,
  state: () => SessionState,
  theme: Theme,
  answer: (result: unknown) => void,
): Panel {
  switch (question.method) {
    case 'item/tool/requestUserInput':
      return userInputPanel(question, theme, answer)
    case 'mcpServer/elicitation/request':
      return elicitationPanel(question, theme, answer)
    default: {
      const { itemId } = question.params
      return approvalPanel(
        question,
        () => state().items.findLast(({ item }) => item.id === itemId)?.item,
        theme,
        answer,
      )
    }
  }
}

/** The form of a question of the agent. */
function userInputPanel({ params }: UserInput, theme: Theme, answer: (result: unknown) => void): Panel {
  const fields = params.questions.map(
    (question): FormField => ({
      id: question.id,
      heading: question.header,
      question: question.question,
      options: (question.options ?? []).map(({ label, description }) => ({ value: label, label, hint: description })),
      takesText: question.isOther === true || (question.options ?? []).length === 0,
      isSecret: question.isSecret === true,
      isRequired: true,
      initial: '',
      fault: () => undefined,
    }),
  )
  return formPanel({
    title: 'A question for you',
    fields,
    theme,
    done: (answers) =>
      answer({ answers: Object.fromEntries([...answers].map(([id, text]) => [id, { answers: [text] }])) }),
    cancelled: () => answer({ answers: {} }),
  })
}

/** The form of a question of an MCP server. */
function elicitationPanel({ params }: Elicitation, theme: Theme, answer: (result: unknown) => void): Panel {
  const schema = 'requestedSchema' in params ? params.requestedSchema : undefined
  const message = 'message' in params ? params.message : 'description' in params ? params.description : ''
  const place = 'url' in params ? `\n${params.url}` : ''
  const asked: FormField = {
    id: '',
    heading: '',
    question: `${message}${place}`,
    options: [
      { value: 'accept', label: 'yes' },
      { value: 'decline', label: 'no' },
    ],
    takesText: false,
    isSecret: false,
    isRequired: true,
    initial: '',
    fault: () => undefined,
  }
  const fields = elicitationFields(schema)
  return formPanel({
    title: `${params.serverName} asks`,
    fields:
      fields.length === 0 ? [asked] : fields.map((field, index) => (index === 0 ? withMessage(field, message) : field)),
    theme,
    done(answers) {
      if (answers.get('') === 'decline') answer({ action: 'decline', content: null })
      else answer({ action: 'accept', content: fields.length === 0 ? {} : elicitedContent(schema, answers) })
    },
    cancelled: () => answer({ action: 'cancel', content: null }),
  })
}

function withMessage(field: FormField, message: string): FormField {
  return message === '' ? field : { ...field, question: `${message}\n${field.question}` }
}
