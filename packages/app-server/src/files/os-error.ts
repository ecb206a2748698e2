import { RpcError, rpcCodes } from '@gangway/protocol'

/** The system's own words where those of Node differ. */
const words: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  EEXIST: 'File exists',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  EROFS: 'Read-only file system',
  ELOOP: 'Too many levels of symbolic links',
  ENOSPC: 'No space left on device',
  EXDEV: 'Invalid cross-device link',
  EINVAL: 'Invalid argument',
  ENAMETOOLONG: 'File name too long',
}

/** What the system said, in the words of the reference: `No such file or directory (os error 2)`. */
export function osWords(error: unknown): string {
  const { code, errno, message } = error as NodeJS.ErrnoException
  if (code === undefined || errno === undefined) return message ?? String(error)
  return `${words[code] ?? code} (os error ${Math.abs(errno)})`
}

/** A failure of the system as an answer. A refusal of ours stays what it is. Source: reference 0.169.0. */
export function osFailure(error: unknown): RpcError {
  if (error instanceof RpcError) return error
  return new RpcError(rpcCodes.internalError, osWords(error), undefined, { cause: error })
}
