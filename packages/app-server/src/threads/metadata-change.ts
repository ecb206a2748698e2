import type { ThreadMark } from '@gangway/home'
import type { ThreadMetadataUpdateParams } from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'

const gitMembers = ['sha', 'branch', 'originUrl'] as const

/** What `params` make of the mark of a thread. @throws RpcError for what changes nothing, or cannot be. Source: reference 0.169.0 */
export function metadataChange(params: ThreadMetadataUpdateParams): (mark: ThreadMark) => ThreadMark {
  const { gitInfo = null, projectId = null, daybreakEnabled = null } = params
  if (gitInfo === null && projectId === null && daybreakEnabled === null) {
    throw invalidRequest('thread metadata update must include at least one field')
  }
  const git = gitInfo === null ? undefined : gitChange(gitInfo)
  if (projectId !== null && projectId !== '') throw invalidRequest(`project not found: ${projectId}`)
  return (mark) => ({
    ...mark,
    ...(git ? { gitInfo: { ...mark.gitInfo, ...git } } : {}),
    ...(daybreakEnabled === null ? {} : { daybreakEnabled }),
  })
}

function gitChange(gitInfo: NonNullable<ThreadMetadataUpdateParams['gitInfo']>): NonNullable<ThreadMark['gitInfo']> {
  const given = gitMembers.filter((member) => gitInfo[member] !== undefined)
  if (given.length === 0) throw invalidRequest('gitInfo must include at least one field')
  return Object.fromEntries(given.map((member) => [member, textOf(member, gitInfo[member] ?? null)]))
}

function textOf(member: string, value: string | null): string | null {
  const text = value?.trim() ?? null
  if (text === '') throw invalidRequest(`gitInfo.${member} must not be empty`)
  return text
}
