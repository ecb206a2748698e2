import type { TurnError } from '@gangway/protocol'
import { ModelFailure } from '../model/model-failure.js'

/** Why a turn failed, as the wire tells it. */
export function turnError(error: unknown): TurnError {
  if (error instanceof ModelFailure) return error.toTurnError()
  const message = error instanceof Error ? error.message : String(error)
  return { message, codexErrorInfo: 'other', additionalDetails: null, misalignment: null }
}

/** A kind of failure as rollouts spell it. */
export function snakeInfo(info: unknown): unknown {
  const snake = (text: string) => text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (typeof info === 'string') return snake(info)
  if (typeof info !== 'object' || info === null) return null
  return Object.fromEntries(Object.entries(info).map(([key, value]) => [snake(key), snakeInfoMembers(value)]))
}

function snakeInfoMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const snake = (text: string) => text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [snake(key), member]))
}
