import type { Table } from '../changes/change.js'
import type { PluginManifest } from './plugin-manifest.js'
import { pathBelow, tableAt, textAt, textsAt } from './read-manifest-file.js'

/** How a plugin looks. Members are null where it does not say. */
export interface PluginLook {
  readonly displayName: string | null
  readonly shortDescription: string | null
  readonly longDescription: string | null
  readonly developerName: string | null
  readonly category: string | null
  readonly capabilities: string[]
  readonly websiteUrl: string | null
  readonly privacyPolicyUrl: string | null
  readonly termsOfServiceUrl: string | null
  /** First words to choose from: three at most. */
  readonly defaultPrompt: string[] | null
  readonly brandColor: string | null
  /** Absolute path of an image. */
  readonly composerIcon: string | null
  readonly logo: string | null
  readonly logoDark: string | null
  readonly screenshots: string[]
}

const maxPrompts = 3

/**
 * How a plugin looks, by its manifest and the category that its marketplace gives it; null when neither says a thing.
 * Touches no disk. Source: reference 0.169.0.
 */
export function lookOf(
  manifest: PluginManifest | undefined,
  folder: string | null,
  category: string | null,
): PluginLook | null {
  const said = tableAt(manifest?.table, 'interface')
  if (!said && category === null) return null
  const image = (key: string) => imageAt(said, key, folder)
  const prompts = textsAt(said, 'defaultPrompt').slice(0, maxPrompts)
  return {
    displayName: textAt(said, 'displayName'),
    shortDescription: textAt(said, 'shortDescription'),
    longDescription: textAt(said, 'longDescription'),
    developerName: textAt(said, 'developerName'),
    category: category ?? textAt(said, 'category'),
    capabilities: [...textsAt(said, 'capabilities')],
    websiteUrl: urlAt(said, 'website'),
    privacyPolicyUrl: urlAt(said, 'privacyPolicy'),
    termsOfServiceUrl: urlAt(said, 'termsOfService'),
    defaultPrompt: prompts.length > 0 ? prompts : null,
    brandColor: textAt(said, 'brandColor'),
    composerIcon: image('composerIcon'),
    logo: image('logo'),
    logoDark: image('logoDark'),
    screenshots: textsAt(said, 'screenshots').flatMap((path) => (folder && pathBelow(folder, path)) || []),
  }
}

/** Both spellings are in use. */
function urlAt(said: Table | undefined, key: string): string | null {
  return textAt(said, `${key}Url`) ?? textAt(said, `${key}URL`)
}

function imageAt(said: Table | undefined, key: string, folder: string | null): string | null {
  const written = textAt(said, key)
  return (written !== null && folder !== null && pathBelow(folder, written)) || null
}
