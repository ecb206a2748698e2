import { resolve } from 'node:path'
import { readPlainFile } from '../read-plain-file.js'
import { sandboxRules } from '../sandbox/sandbox-rules.js'
import { isHidden } from '../sandbox/writable.js'
import { ToolArgumentError, ToolArguments } from './arguments.js'
import type { Tool, ToolCall, ToolContext, ToolFamily, ToolResult } from './tool.js'

/** Larger files are more than a model server takes in one request. */
const maxBytes = 20 * 1024 * 1024

const viewImage: Tool = {
  name: 'view_image',
  namespace: null,
  spec: {
    type: 'function',
    name: 'view_image',
    description: 'Shows you an image file of this machine, as a picture.',
    strict: false,
    parameters: {
      type: 'object',
      properties: { path: { type: 'string', description: 'Path of a PNG, JPEG, GIF or WebP file.' } },
      required: ['path'],
      additionalProperties: false,
    },
  },
  isParallel: true,
  run,
}

/** The tool that lets a model look at a picture. */
export const imageFamily: ToolFamily = {
  name: 'images',
  open: () => ({ tools: () => [viewImage], close: async () => {} }),
}

async function run(call: ToolCall, context: ToolContext): Promise<ToolResult> {
  let path: string
  try {
    path = resolve(context.settings.cwd, ToolArguments.parse(call.input).text('path'))
  } catch (error) {
    if (error instanceof ToolArgumentError) return { output: error.message, success: false }
    throw error
  }
  const { host, settings } = context
  if (await isHidden(path, sandboxRules(settings, { env: host.env, codexHome: host.layout.root }))) {
    return { output: `unable to locate image at \`${path}\`: the permissions hide it`, success: false }
  }
  let bytes: Buffer
  try {
    bytes = await readPlainFile(path, maxBytes)
  } catch (error) {
    return { output: `unable to locate image at \`${path}\`: ${whyNot(error)}`, success: false }
  }
  const type = typeOf(bytes)
  if (type === undefined)
    return { output: 'unable to process image: invalid or unsupported image data', success: false }
  const item = { type: 'imageView' as const, id: call.callId, path }
  context.items.started(item)
  await context.items.completed(item)
  return {
    output: [{ type: 'input_image', image_url: `data:${type};base64,${bytes.toString('base64')}` }],
    success: true,
  }
}

/** The media type that the first bytes tell, whatever the name says. */
function typeOf(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 12).toString('latin1')
  if (head.startsWith('\x89PNG\r\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (head.startsWith('GIF8')) return 'image/gif'
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp'
  return undefined
}

function whyNot(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'No such file or directory (os error 2)'
  return error instanceof Error ? error.message : String(error)
}
