import type { ReviewTarget, ThreadItem } from '@gangway/protocol'
import { uuidV7 } from '../ids.js'
import type { TurnModel } from '../thread-core.js'
import { plainTurn } from './plain-turn.js'
import type { TurnRun } from './turn-run.js'

/** A turn that looks over changes: shown between an item that says what is reviewed and one that says what was found. */
export async function reviewTurn(run: TurnRun, model: TurnModel, target: ReviewTarget): Promise<void> {
  const { core } = run
  const entered: ThreadItem = { type: 'enteredReviewMode', id: uuidV7(), review: reviewHint(target) }
  core.recorder.begin()
  await run.started(entered)
  await run.completed(entered)
  const words = { input: [{ type: 'text' as const, text: reviewPrompt(target), text_elements: [] }], clientId: null }
  await plainTurn(run, model, { words, outputSchema: null, kind: 'review' })
  const review = run.lastText || 'The review has nothing to say.'
  const exited: ThreadItem = { type: 'exitedReviewMode', id: uuidV7(), review }
  await run.started(exited)
  await run.completed(exited)
}

/** What is reviewed, in a few words. */
function reviewHint(target: ReviewTarget): string {
  switch (target.type) {
    case 'uncommittedChanges':
      return 'current changes'
    case 'baseBranch':
      return `changes against '${target.branch}'`
    case 'commit':
      return `commit ${target.sha.slice(0, 7)}${target.title ? `: ${target.title}` : ''}`
    case 'custom':
      return target.instructions
    default:
      return target satisfies never
  }
}

function reviewPrompt(target: ReviewTarget): string {
  return `${reviewTask(target)}\n\nReview it as a careful colleague would. Report only what the author would want to mend: bugs, broken promises, missing checks, security holes, tests that are missing for what changed. For each finding give its place as \`path:line\`, how bad it is (P0 worst to P3), and what would go wrong. Worst first. Say plainly if you found nothing. Change no files.`
}

function reviewTask(target: ReviewTarget): string {
  switch (target.type) {
    case 'uncommittedChanges':
      return 'Review the changes of the working tree: staged, not staged, and files that git does not know yet.'
    case 'baseBranch':
      return `Review the changes of the current branch against \`${target.branch}\`: begin with \`git diff $(git merge-base HEAD ${target.branch})\`.`
    case 'commit':
      return `Review the changes of commit ${target.sha}${target.title ? ` (${target.title})` : ''}.`
    case 'custom':
      return target.instructions
    default:
      return target satisfies never
  }
}
