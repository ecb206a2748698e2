import { z } from 'zod'
import { i64, named, path } from './named.js'

/** Params of `fs/readFile`. */
export const FsReadFileParams = named('FsReadFileParams', 'Params of `fs/readFile`.', z.object({ path }))

/** Result of `fs/readFile`. */
export const FsReadFileResponse = named(
  'FsReadFileResponse',
  'Result of `fs/readFile`.',
  z.object({ dataBase64: z.string().describe('Bytes in base64.') }),
)

/** Params of `fs/writeFile`. */
export const FsWriteFileParams = named(
  'FsWriteFileParams',
  'Params of `fs/writeFile`.',
  z.object({ dataBase64: z.string().describe('Bytes in base64.'), path }),
)

/** Result of `fs/writeFile`. */
export const FsWriteFileResponse = named('FsWriteFileResponse', 'Result of `fs/writeFile`.', z.object({}))

/** Params of `fs/createDirectory`. */
export const FsCreateDirectoryParams = named(
  'FsCreateDirectoryParams',
  'Params of `fs/createDirectory`.',
  z.object({ path, recursive: z.boolean().nullish().describe('Also makes the folders above; true by default.') }),
)

/** Result of `fs/createDirectory`. */
export const FsCreateDirectoryResponse = named(
  'FsCreateDirectoryResponse',
  'Result of `fs/createDirectory`.',
  z.object({}),
)

/** Params of `fs/getMetadata`. */
export const FsGetMetadataParams = named('FsGetMetadataParams', 'Params of `fs/getMetadata`.', z.object({ path }))

/** Result of `fs/getMetadata`. */
export const FsGetMetadataResponse = named(
  'FsGetMetadataResponse',
  'Result of `fs/getMetadata`.',
  z.object({
    createdAtMs: i64.describe('Milliseconds since 1970; 0 when unknown.'),
    isDirectory: z.boolean().describe('Links followed.'),
    isFile: z.boolean().describe('Links followed.'),
    isSymlink: z.boolean().describe('Of the path itself.'),
    modifiedAtMs: i64.describe('Milliseconds since 1970; 0 when unknown.'),
  }),
)

/** Params of `fs/readDirectory`. */
export const FsReadDirectoryParams = named('FsReadDirectoryParams', 'Params of `fs/readDirectory`.', z.object({ path }))

const FsReadDirectoryEntry = named(
  'FsReadDirectoryEntry',
  'An entry of a folder.',
  z.object({
    fileName: z.string().describe('Without its folder.'),
    isDirectory: z.boolean().describe('Links followed.'),
    isFile: z.boolean().describe('Links followed.'),
  }),
)

/** Result of `fs/readDirectory`. */
export const FsReadDirectoryResponse = named(
  'FsReadDirectoryResponse',
  'Result of `fs/readDirectory`.',
  z.object({ entries: z.array(FsReadDirectoryEntry) }),
)

/** Params of `fs/remove`. */
export const FsRemoveParams = named(
  'FsRemoveParams',
  'Params of `fs/remove`.',
  z.object({
    force: z.boolean().nullish().describe('Nothing to remove is fine; true by default.'),
    path,
    recursive: z.boolean().nullish().describe('True by default.'),
  }),
)

/** Result of `fs/remove`. */
export const FsRemoveResponse = named('FsRemoveResponse', 'Result of `fs/remove`.', z.object({}))

/** Params of `fs/copy`. */
export const FsCopyParams = named(
  'FsCopyParams',
  'Params of `fs/copy`.',
  z.object({
    destinationPath: path,
    recursive: z.boolean().optional().describe('Needed for folders.'),
    sourcePath: path,
  }),
)

/** Result of `fs/copy`. */
export const FsCopyResponse = named('FsCopyResponse', 'Result of `fs/copy`.', z.object({}))

/** Params of `fs/watch`. */
export const FsWatchParams = named(
  'FsWatchParams',
  'Params of `fs/watch`.',
  z.object({ path, watchId: z.string().describe('A name of the client’s choice, valid on this connection.') }),
)

/** Result of `fs/watch`. */
export const FsWatchResponse = named(
  'FsWatchResponse',
  'Result of `fs/watch`.',
  z.object({ path: path.describe('Without links.') }),
)

/** Params of `fs/unwatch`. */
export const FsUnwatchParams = named('FsUnwatchParams', 'Params of `fs/unwatch`.', z.object({ watchId: z.string() }))

/** Result of `fs/unwatch`. */
export const FsUnwatchResponse = named('FsUnwatchResponse', 'Result of `fs/unwatch`.', z.object({}))

/** Params of `fs/changed`. */
export const FsChangedNotification = named(
  'FsChangedNotification',
  'Params of `fs/changed`.',
  z.object({ changedPaths: z.array(path), watchId: z.string() }),
)
