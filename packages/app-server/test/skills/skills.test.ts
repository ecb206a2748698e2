import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { introduced } from '../support/introduced.js'

function addSkill(folder: string, name: string, text = `---\nname: ${name}\ndescription: Does ${name}\n---\nBody\n`) {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'SKILL.md'), text)
  return join(realpathSync(folder), name, 'SKILL.md')
}

describe('skills/list', () => {
  it('finds skills of the repository, of the person and of the system, with their scopes', async () => {
    await using client = await introduced()
    const { root, codexHome } = client.home
    const cwd = join(root, 'project', 'deep')
    mkdirSync(join(root, 'project', '.git'), { recursive: true })
    mkdirSync(cwd)
    const paths = [
      addSkill(join(root, 'project', '.agents', 'skills'), 'of-repo'),
      addSkill(join(codexHome, 'skills'), 'own'),
      addSkill(join(root, '.agents', 'skills'), 'shared'),
      addSkill(join(codexHome, 'skills', '.system'), 'with-it'),
    ]

    const { data } = (await client.request('skills/list', { cwds: [cwd] })) as {
      data: { cwd: string; skills: { path: string; scope: string; enabled: boolean }[]; errors: object[] }[]
    }

    expect(data[0]).toMatchObject({ cwd, errors: [] })
    expect(data[0]?.skills.map(({ path }) => path)).toEqual(paths)
    expect(data[0]?.skills.map(({ scope }) => scope)).toEqual(['repo', 'user', 'user', 'system'])
    expect(data[0]?.skills[0]).toMatchObject({ name: 'of-repo', description: 'Does of-repo', enabled: true })
  })

  it('names the file of a broken skill and what is wrong with it', async () => {
    await using client = await introduced()
    const folder = join(client.home.codexHome, 'skills')
    const bare = addSkill(folder, 'bare', 'No head\n')
    const mute = addSkill(folder, 'mute', '---\nname: mute\n---\n')

    const answer = await client.request('skills/list', { cwds: [client.home.root], forceReload: true })

    expect(answer).toMatchObject({
      data: [
        {
          skills: [],
          errors: [
            { path: bare, message: 'missing YAML frontmatter delimited by ---' },
            { path: mute, message: 'missing field `description`' },
          ],
        },
      ],
    })
  })

  it('sees a skill that has changed, and tells when one comes', async () => {
    await using client = await introduced()
    const folder = join(client.home.codexHome, 'skills')
    addSkill(folder, 'one')
    const list = () => client.request('skills/list', { cwds: [client.home.root] })
    await list()

    addSkill(folder, 'one', '---\nname: one\ndescription: >\n  Said\n  anew\n---\n')
    addSkill(folder, 'two', "---\nname: \"two\"\ndescription: 'It''s two'\n---\n")

    expect((await client.events.next('skills/changed')).params).toEqual({})
    expect(await list()).toMatchObject({
      data: [
        {
          skills: [
            { name: 'one', description: 'Said anew' },
            { name: 'two', description: "It's two" },
          ],
        },
      ],
    })
  })

  it('tells of every skill that comes into a folder that was not there', async () => {
    await using client = await introduced()
    const folder = join(client.home.codexHome, 'skills')
    await client.request('skills/list', {})

    addSkill(folder, 'first')
    await client.events.next('skills/changed')
    addSkill(folder, 'second')

    await client.events.next('skills/changed', 2)
  })

  it('keeps a skill off until it is switched on again', async () => {
    await using client = await introduced()
    const path = addSkill(join(client.home.codexHome, 'skills'), 'one')
    const isEnabled = async () =>
      (
        (await client.request('skills/list', { cwds: [client.home.root] })) as {
          data: { skills: { enabled: boolean }[] }[]
        }
      ).data[0]?.skills[0]?.enabled

    expect(await client.request('skills/config/write', { path, enabled: false })).toEqual({ effectiveEnabled: false })
    expect(await isEnabled()).toBe(false)
    await client.request('skills/config/write', { path, enabled: true })
    expect(await isEnabled()).toBe(true)
    await expect(client.request('skills/config/write', { enabled: true })).rejects.toMatchObject({ code: -32600 })
  })
})
