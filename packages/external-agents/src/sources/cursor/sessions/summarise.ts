import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { SessionRepair, SessionSummary } from '../../../session.js'
import { folderNamedBy } from '../../reading/sessions/folder-name.js'
import { SurrogateRepair } from '../../reading/sessions/well-formed.js'
import type { Chat } from './chats/chat.js'
import { headOf, type TranscriptHead } from './transcript.js'
import { helperTranscripts, type TranscriptFile } from './transcript-files.js'

/** How much of a transcript is read for a list, when the first request of the person is in it. */
const HEAD_BYTES = 256 * 1024

/** What a list says of a conversation. Reads the disk. @throws the file system's error */
export function summaryOf(file: TranscriptFile, chat: Chat | undefined, projectsRoot: string): SessionSummary {
  const head = readHead(file)
  const halves = new SurrogateRepair()
  const shown = (text: string | null) => (text === null ? null : halves.text(text))
  const modifiedMs = Number(file.modifiedNs / 1_000_000n)
  const cwd = shown(head.cwd ?? chat?.cwd ?? folderOfProject(file.listedPath, projectsRoot) ?? null)
  const repairs: SessionRepair[] = []
  if (cwd === null) repairs.push({ code: 'missing-cwd', count: 1 })
  else if (!isFolder(cwd)) repairs.push({ code: 'missing-folder', count: 1 })
  const startedAtMs = chat?.createdAtMs ?? head.firstMs
  if (startedAtMs === null) repairs.push({ code: 'missing-time', count: 1 })
  const unusable = whyUnusable(file, head)
  return {
    path: file.path,
    listedPath: file.listedPath,
    sessionId: basename(file.path, '.jsonl'),
    cwd,
    title: shown(chat?.title ?? head.title),
    startedAtMs: startedAtMs ?? modifiedMs,
    endedAtMs: Math.max(chat?.updatedAtMs ?? head.lastMs ?? modifiedMs, startedAtMs ?? 0),
    sizeBytes: file.sizeBytes,
    modifiedNs: file.modifiedNs,
    gitBranch: null,
    connectors: [],
    continuedIn: null,
    subagentPaths: helperTranscripts(file.path),
    ...(unusable && { unusable }),
    repairs,
  }
}

function readHead({ path, sizeBytes }: TranscriptFile): TranscriptHead {
  if (sizeBytes <= HEAD_BYTES) return headOf(readFileSync(path))
  const descriptor = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(HEAD_BYTES)
    const head = headOf(bytes.subarray(0, readSync(descriptor, bytes, 0, HEAD_BYTES, 0)))
    return head.hasUserMessage ? { ...head, lastMs: null } : headOf(readFileSync(path))
  } finally {
    closeSync(descriptor)
  }
}

const folders = new Map<string, string | undefined>()

/** The folder that a project's own is named for: `home-me-app` is `/home/me/app`, or `/home/me-app` where that is there. */
export function folderOfProject(listedPath: string, projectsRoot: string): string | undefined {
  if (!listedPath.startsWith(projectsRoot)) return undefined
  const slug = listedPath.slice(projectsRoot.length + 1).split(/[\\/]/)[0] ?? ''
  const known = folders.get(slug)
  if (known !== undefined && isFolder(known)) return known
  const found = folderNamedBy(`-${slug}`) ?? folderNamedBy(`-${slug}`, joined)
  folders.set(slug, found)
  return found
}

/** Runs of other characters are one dash in some versions. */
function joined(name: string): string {
  return name.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function whyUnusable(file: TranscriptFile, head: TranscriptHead): { code: string; message: string } | undefined {
  if (head.hasUserMessage) return undefined
  if (file.sizeBytes === 0) return { code: 'empty', message: `${file.path} is empty` }
  if (!head.hasMessage) return { code: 'no-message', message: `${file.path} holds no message` }
  return { code: 'no-user-message', message: `${file.path} holds no message of the person` }
}
