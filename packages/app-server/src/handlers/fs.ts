import { lstat, mkdir, readdir, readFile, realpath, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { bytesOfBase64 } from '../files/base64.js'
import { copyPath } from '../files/copy-path.js'
import { osFailure } from '../files/os-error.js'
import { watchPath } from '../files/path-watch.js'
import type { Handlers, RequestContext } from '../handler.js'
import { invalidRequest, relativePath } from '../refusals.js'

/**
 * The machine's files, as the person who runs the server may touch them; no sandbox is between.
 *
 * Source: reference 0.169.0, what is refused and with which words.
 */
export function fsHandlers(): Handlers {
  return { ...readingHandlers(), ...writingHandlers(), ...watchHandlers() }
}

function readingHandlers(): Handlers {
  return {
    'fs/readFile': ({ path }) =>
      onDisk([path], async () => {
        // Looked at first: a pipe would never end.
        if (!(await stat(path)).isFile()) throw invalidRequest(`path \`${path}\` is not a file`)
        return { dataBase64: (await readFile(path)).toString('base64') }
      }),

    'fs/getMetadata': ({ path }) =>
      onDisk([path], async () => {
        const [itself, target] = await Promise.all([lstat(path), stat(path)])
        return {
          isDirectory: target.isDirectory(),
          isFile: target.isFile(),
          isSymlink: itself.isSymbolicLink(),
          createdAtMs: Math.floor(target.birthtimeMs),
          modifiedAtMs: Math.floor(target.mtimeMs),
        }
      }),

    'fs/readDirectory': ({ path }) =>
      onDisk([path], async () => {
        const entries = await readdir(path, { withFileTypes: true })
        const seen = await Promise.all(
          entries.map(async (entry) => {
            const kind = entry.isSymbolicLink() ? await stat(join(path, entry.name)).catch(() => undefined) : entry
            if (kind === undefined) return []
            return [{ fileName: entry.name, isDirectory: kind.isDirectory(), isFile: kind.isFile() }]
          }),
        )
        return { entries: seen.flat() }
      }),
  }
}

function writingHandlers(): Handlers {
  return {
    'fs/writeFile': ({ path, dataBase64 }) =>
      onDisk([path], async () => {
        await writeFile(path, bytesOf(dataBase64))
        return {}
      }),

    'fs/createDirectory': ({ path, recursive }) =>
      onDisk([path], async () => {
        await mkdir(path, { recursive: recursive ?? true })
        return {}
      }),

    'fs/remove': ({ path, recursive, force }) =>
      onDisk([path], async () => {
        const stats = await lstat(path).catch((error: NodeJS.ErrnoException) => {
          if ((force ?? true) && error.code === 'ENOENT') return undefined
          throw error
        })
        if (stats === undefined) return {}
        if (!stats.isDirectory()) await unlink(path)
        else if (recursive ?? true) await rm(path, { recursive: true, force: force ?? true })
        else await rmdir(path)
        return {}
      }),

    'fs/copy': ({ sourcePath, destinationPath, recursive }) =>
      onDisk([sourcePath, destinationPath], async () => {
        await copyPath(sourcePath, destinationPath, recursive ?? false)
        return {}
      }),
  }
}

function watchHandlers(): Handlers {
  const watches = new WeakMap<RequestContext, Map<string, () => void>>()

  return {
    'fs/watch': ({ watchId, path }, client) =>
      onDisk([path], async () => {
        const own = watches.get(client) ?? new Map<string, () => void>()
        watches.set(client, own)
        if (own.has(watchId)) throw invalidRequest(`watchId already exists: ${watchId}`)
        own.set(watchId, () => {})
        const real = await realpath(path).catch(() => path)
        const stop = watchPath(real, (changedPaths) => {
          void client.emit('fs/changed', { watchId, changedPaths: [...changedPaths] })
        })
        const forget = client.onClose(stop)
        own.set(watchId, () => {
          forget()
          stop()
        })
        return { path: real }
      }),

    'fs/unwatch'({ watchId }, client) {
      const own = watches.get(client)
      own?.get(watchId)?.()
      own?.delete(watchId)
      return {}
    },
  }
}

/** Does it, with absolute paths only; what the system says against it becomes the answer. */
async function onDisk<T>(paths: readonly string[], work: () => Promise<T>): Promise<T> {
  if (paths.some((path) => !isAbsolute(path))) throw relativePath()
  try {
    return await work()
  } catch (error) {
    throw osFailure(error)
  }
}

function bytesOf(dataBase64: string): Buffer {
  try {
    return bytesOfBase64(dataBase64)
  } catch (error) {
    throw invalidRequest(`fs/writeFile requires valid base64 dataBase64: ${(error as Error).message}`)
  }
}
