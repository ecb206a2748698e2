import { list, type Members, members, text } from './members.js'

const nothingSaid = 'Reviewer failed to output a response.'

/** A review's result in words. Source: reference 0.169.0, docs/observations/rollout-files.md */
export function reviewText(output: unknown): string {
  const review = members(output)
  const explanation = text(review.overall_explanation).trim()
  const findings = list(review.findings).map((finding) => findingText(members(finding)))
  const title = findings.length > 1 ? 'Full review comments:' : 'Review comment:'
  const comments = findings.length > 0 ? [[title, ...findings].join('\n\n')] : []
  const parts = [...(explanation === '' ? [] : [explanation]), ...comments]
  return parts.length > 0 ? parts.join('\n\n') : nothingSaid
}

function findingText(finding: Members): string {
  const { absolute_file_path: path, line_range: range } = members(finding.code_location)
  const { start, end } = members(range)
  const body = text(finding.body)
    .split('\n')
    .map((line) => `  ${line}`)
  return [`- ${text(finding.title)} — ${text(path)}:${start}-${end}`, ...body].join('\n')
}
