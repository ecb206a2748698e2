import type { ModelListResponse } from '@gangway/protocol'

type Model = ModelListResponse['data'][number]

/** What an entry of the list is made of. */
export interface ModelEntry {
  readonly id: string
  readonly providerName: string
  readonly isDefault: boolean
  /** Degrees of thinking, from the least. */
  readonly efforts: readonly string[]
  readonly defaultEffort: string | null
  readonly takesImages: boolean
}

/** What each degree of thinking is for. */
const effortDescriptions: Readonly<Record<string, string>> = {
  none: 'Answers at once',
  minimal: 'Hardly thinks',
  low: 'Thinks little; the fastest',
  medium: 'Thinks as much as most work needs',
  high: 'Thinks more, for hard work',
  xhigh: 'Thinks much, for the hardest work',
  max: 'Thinks as long as it takes',
  ultra: 'Thinks as long as it takes, and shares the work out',
}

/** What has no place in a conversation, by a part of its name. */
const notForConversations = /embed|whisper|tts|dall-e|moderation|transcribe|rerank|realtime|audio|sora|image/i

/** A model as `model/list` shows it. Nothing in it makes a client open a dialog by itself. */
export function modelEntry(entry: ModelEntry): Model {
  const { id, efforts, isDefault } = entry
  return {
    id,
    model: id,
    displayName: id,
    description: `Served by ${entry.providerName}`,
    hidden: !isDefault && notForConversations.test(id),
    isDefault,
    supportedReasoningEfforts: efforts.map((effort) => ({
      reasoningEffort: effort,
      description: effortDescriptions[effort] ?? effort,
    })),
    defaultReasoningEffort: entry.defaultEffort ?? 'medium',
    inputModalities: entry.takesImages ? ['text', 'image'] : ['text'],
    supportsPersonality: false,
    multiAgentVersion: 'disabled',
    modelSpecialty: null,
    upgrade: null,
    upgradeInfo: null,
    availabilityNux: null,
    additionalSpeedTiers: [],
    serviceTiers: [],
    defaultServiceTier: null,
    availableAccessPrograms: null,
  }
}
