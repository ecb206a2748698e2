import { z } from 'zod'
import { ImportFailure } from './import-result.js'
import { ExternalAgentConfigMigrationItemType, ExternalAgentConfigWarning } from './migration-item.js'
import { named, u64 } from './named.js'

const Reason = named(
  'ExternalAgentConfigImportReason',
  'Why something is not taken over as it was.',
  z.object({ code: z.string().describe('Stable, for programs.'), message: z.string().describe('For a person.') }),
)

const PreviewArtifact = named(
  'ExternalAgentConfigImportPreviewArtifact',
  'What would become of one thing inside an item.',
  z.object({
    name: z.string().nullable().describe('Null for CONFIG and AGENTS_MD.'),
    source: z.string(),
    target: z.string(),
    sourcePath: z.string(),
    targetPath: z.string(),
    outcome: z.enum(['change', 'nothing', 'skipped', 'failed']),
    reason: Reason.nullable(),
    error: ImportFailure.nullable(),
  }),
)

const PreviewItem = named(
  'ExternalAgentConfigImportPreviewItem',
  'What would become of one item of the request.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    description: z.string(),
    cwd: z.string().nullable(),
    artifacts: z.array(PreviewArtifact),
    error: ImportFailure.nullable(),
  }),
)

const PreviewFile = named(
  'ExternalAgentConfigImportPreviewFile',
  'One file that would be written.',
  z.object({
    path: z.string(),
    status: z.enum(['create', 'modify', 'replace']),
    diff: z.string().describe('Unified; empty when binary.'),
    binary: z.boolean(),
    itemType: ExternalAgentConfigMigrationItemType,
    name: z.string().nullable(),
  }),
)

const PreviewFact = named(
  'ExternalAgentConfigImportFact',
  'One statement found in the source, and what becomes of it.',
  z.object({
    id: z.string(),
    file: z.string(),
    pointer: z.string().describe('Where in the file.'),
    fate: z.enum(['mapped', 'rewritten', 'dropped', 'needs-action']),
    reason: Reason.nullable(),
    action: z.string().nullable().describe('What the person should do.'),
    target: z.string().nullable(),
    itemType: ExternalAgentConfigMigrationItemType,
    name: z.string().nullable(),
  }),
)

const PreviewAccount = named(
  'ExternalAgentConfigImportAccount',
  'Every fact and its fate: nothing is lost in silence.',
  z.object({
    facts: z.array(PreviewFact),
    counts: z.object({ mapped: u64, rewritten: u64, dropped: u64, needsAction: u64 }),
  }),
)

/** Result of `externalAgentConfig/import/preview`. */
export const ExternalAgentConfigImportPreviewResponse = named(
  'ExternalAgentConfigImportPreviewResponse',
  'The plan: nothing of it is written yet.',
  z.object({
    digest: z.string().describe('Give it to import as `planDigest` to do this plan and no other.'),
    items: z.array(PreviewItem),
    files: z.array(PreviewFile),
    account: PreviewAccount,
    environment: z.array(
      named(
        'ExternalAgentConfigImportEnvironment',
        'A variable that must be set for what was brought over to work.',
        z.object({ name: z.string(), usedBy: z.array(z.string()) }),
      ),
    ),
    warnings: z.array(ExternalAgentConfigWarning),
  }),
)
