import type {
  AccountFact,
  ItemResult,
  Preview,
  PreviewArtifact,
  PreviewItem,
  SuccessRecord,
} from '../../src/import/wire.js'

/** An artifact of the sample person `/home/ada`: a skill that is new, unless told otherwise. */
export function artifact(changes: Partial<PreviewArtifact> = {}): PreviewArtifact {
  const name = changes.name === undefined ? 'pdf' : changes.name
  return {
    name,
    source: name ?? '/home/ada/.claude/CLAUDE.md',
    target: name ?? '/home/ada/.codex/AGENTS.md',
    sourcePath: `/home/ada/.claude/skills/${name}`,
    targetPath: `/home/ada/.agents/skills/${name}`,
    outcome: 'change',
    reason: null,
    error: null,
    ...changes,
  }
}

export function item(changes: Partial<PreviewItem> = {}): PreviewItem {
  return { itemType: 'SKILLS', description: 'Skills', cwd: null, artifacts: [artifact()], error: null, ...changes }
}

export function fact(changes: Partial<AccountFact> = {}): AccountFact {
  const file = changes.file ?? '/home/ada/.claude/skills/pdf/SKILL.md'
  const pointer = changes.pointer ?? 'body'
  return {
    id: `home:${file}#${pointer}`,
    file,
    pointer,
    fate: 'mapped',
    reason: null,
    action: null,
    target: null,
    itemType: 'SKILLS',
    name: 'pdf',
    ...changes,
  }
}

export function preview(changes: Partial<Preview> = {}): Preview {
  const facts = changes.account?.facts ?? []
  const count = (fate: AccountFact['fate']) => facts.filter((one) => one.fate === fate).length
  return {
    digest: 'd1',
    items: [item()],
    files: [],
    environment: [],
    warnings: [],
    ...changes,
    account: {
      facts,
      counts: {
        mapped: count('mapped'),
        rewritten: count('rewritten'),
        dropped: count('dropped'),
        needsAction: count('needs-action'),
      },
    },
  }
}

export function account(facts: readonly AccountFact[]): Preview['account'] {
  return { facts, counts: { mapped: 0, rewritten: 0, dropped: 0, needsAction: 0 } }
}

export function success(changes: Partial<SuccessRecord> = {}): SuccessRecord {
  return {
    itemType: 'SKILLS',
    cwd: null,
    source: 'pdf',
    target: 'pdf',
    title: null,
    sourcePath: '/home/ada/.claude/skills/pdf',
    targetPath: '/home/ada/.agents/skills/pdf',
    ...changes,
  }
}

export function result(changes: Partial<ItemResult> = {}): ItemResult {
  const successes = changes.successes ?? []
  const rawErrors = changes.rawErrors ?? []
  return {
    itemType: 'SKILLS',
    successes,
    rawErrors,
    skipped: [],
    ...changes,
    successCount: successes.length,
    errorCount: rawErrors.length,
  }
}
