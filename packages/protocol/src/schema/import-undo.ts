import { z } from 'zod'
import { named, u64 } from './named.js'

/** Params of `externalAgentConfig/import/undo`. */
export const ExternalAgentConfigImportUndoParams = named(
  'ExternalAgentConfigImportUndoParams',
  'Which import, or which undo, to take back.',
  z.object({
    importId: z.string().describe('Of the import; or the `undoId` of an undo, to have again what it took back.'),
    dryRun: z.boolean().nullish().describe('Only say what would become of each path. Default false.'),
  }),
)

const UndoneFile = named(
  'ExternalAgentConfigImportUndoneFile',
  'What became of one file or folder.',
  z.object({
    path: z.string(),
    action: z
      .enum(['restored', 'removed', 'merged'])
      .describe('`merged`: only what the import wrote was taken out, what was written since stays.'),
  }),
)

const UndoneThread = named(
  'ExternalAgentConfigImportUndoneThread',
  'What became of one conversation.',
  z.object({
    path: z.string(),
    targetPath: z.string().describe('Where it stands now.'),
    action: z
      .enum(['archived', 'cut', 'returned', 'extended'])
      .describe('`cut`: what the import had added to it is gone; the last two are what an undone undo does.'),
  }),
)

const KeptPath = named(
  'ExternalAgentConfigImportKeptPath',
  'What was left alone, and why.',
  z.object({ path: z.string(), reason: z.string().describe('For a person.') }),
)

/** Result of `externalAgentConfig/import/undo`. */
export const ExternalAgentConfigImportUndoResponse = named(
  'ExternalAgentConfigImportUndoResponse',
  'What was taken back, and what stays because somebody changed it since.',
  z.object({
    importId: z.string().describe('As in the request.'),
    undoId: z.string().nullable().describe('By which this undo can be undone. Null: nothing was written.'),
    status: z
      .enum(['planned', 'undone', 'nothing', 'alreadyUndone'])
      .describe('`planned`: a dry run; `nothing`: nothing is left of it; `alreadyUndone`: by the undo that is named.'),
    files: z.array(UndoneFile),
    threads: z.array(UndoneThread),
    kept: z.array(KeptPath),
  }),
)

/** One import or undo on record. */
export const ImportJournal = named(
  'ExternalAgentConfigImportJournal',
  'An import, or an undo, that can be undone or was.',
  z.object({
    id: z.string(),
    reverses: z.string().nullable().describe('The import or undo that it takes back. Null: it is an import.'),
    startedAtMs: u64,
    state: z
      .enum(['done', 'running', 'interrupted', 'undone'])
      .describe('`interrupted`: a crash cut it short; undo takes back what was done.'),
    undoneBy: z.string().nullable().describe('The undo that took it back.'),
  }),
)
