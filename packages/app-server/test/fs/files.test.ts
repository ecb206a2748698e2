import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { introduced } from '../support/introduced.js'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('fs', () => {
  it('writes, reads, lists and looks at files, through links', async () => {
    await using client = await introduced()
    const folder = join(client.home.root, 'a', 'b')
    const path = join(folder, 'f.txt')

    expect(await client.request('fs/createDirectory', { path: folder })).toEqual({})
    expect(await client.request('fs/writeFile', { path, dataBase64: base64('hi') })).toEqual({})
    symlinkSync('f.txt', join(folder, 'link'))
    symlinkSync('gone', join(folder, 'dead'))

    expect(await client.request('fs/readFile', { path: join(folder, 'link') })).toEqual({ dataBase64: base64('hi') })
    expect(await client.request('fs/getMetadata', { path: join(folder, 'link') })).toMatchObject({
      isFile: true,
      isDirectory: false,
      isSymlink: true,
    })
    const { entries } = (await client.request('fs/readDirectory', { path: folder })) as { entries: object[] }
    expect(entries).toHaveLength(2)
    expect(entries).toContainEqual({ fileName: 'link', isDirectory: false, isFile: true })
  })

  it('refuses with the reference’s codes and words', async () => {
    await using client = await introduced()
    const { root } = client.home
    const internal = (message: string) => ({ code: -32603, message })
    const invalid = (message: string) => ({ code: -32600, message })
    const refusal = (method: string, params: object) => expect(client.request(method, params)).rejects

    await refusal('fs/readFile', { path: join(root, 'no') }).toMatchObject(
      internal('No such file or directory (os error 2)'),
    )
    await refusal('fs/readFile', { path: root }).toMatchObject(invalid(`path \`${root}\` is not a file`))
    await refusal('fs/readFile', { path: 'relative' }).toMatchObject(
      invalid('Invalid request: AbsolutePathBuf deserialized without a base path'),
    )
    await refusal('fs/writeFile', { path: root, dataBase64: '' }).toMatchObject(
      internal('Is a directory (os error 21)'),
    )
    await refusal('fs/writeFile', { path: join(root, 'w'), dataBase64: '!!!' }).toMatchObject(
      invalid('fs/writeFile requires valid base64 dataBase64: Invalid symbol 33, offset 0.'),
    )
    await refusal('fs/createDirectory', { path: root, recursive: false }).toMatchObject(
      internal('File exists (os error 17)'),
    )
    await refusal('fs/remove', { path: root, recursive: false }).toMatchObject(
      internal('Directory not empty (os error 39)'),
    )
    await refusal('fs/remove', { path: join(root, 'no'), force: false }).toMatchObject(
      internal('No such file or directory (os error 2)'),
    )
  })

  it('removes what is there, and is content with what is not', async () => {
    await using client = await introduced()
    const folder = join(client.home.root, 'full')
    mkdirSync(folder)
    writeFileSync(join(folder, 'f'), '')

    expect(await client.request('fs/remove', { path: folder })).toEqual({})
    expect(await client.request('fs/remove', { path: folder })).toEqual({})
  })

  it('copies files, links as links, and folders when told so', async () => {
    await using client = await introduced()
    const at = (name: string) => join(client.home.root, name)
    mkdirSync(at('from'))
    writeFileSync(at('from/f'), 'text')
    symlinkSync('f', at('from/link'))
    const copy = (sourcePath: string, destinationPath: string, recursive?: boolean) =>
      client.request('fs/copy', { sourcePath, destinationPath, ...(recursive !== undefined && { recursive }) })

    await copy(at('from/f'), at('g'))
    await copy(at('from'), at('to'), true)

    expect(readFileSync(at('g'), 'utf8')).toBe('text')
    expect(lstatSync(at('to/link')).isSymbolicLink()).toBe(true)
    await expect(copy(at('from'), at('x'))).rejects.toThrow(
      'fs/copy requires recursive: true when sourcePath is a directory',
    )
    await expect(copy(at('from'), at('from/in/it'), true)).rejects.toThrow('cannot copy a directory to itself')
    await expect(copy(at('from'), at('g'), true)).rejects.toThrow('File exists (os error 17)')
  })
})
