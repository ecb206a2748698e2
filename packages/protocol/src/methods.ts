import { accountMethods } from './methods/account-methods.js'
import { homeMethods } from './methods/home-methods.js'
import { machineMethods } from './methods/machine-methods.js'
import type { ClientMethodRow } from './methods/row.js'
import { threadMethods } from './methods/thread-methods.js'
import { turnMethods } from './methods/turn-methods.js'

/**
 * Every method that a client may call: those of the reference, and ours.
 *
 * Source: reference 0.169.0, `generate-json-schema` and `generate-ts` with and without `--experimental`.
 */
export const clientMethods: { readonly [M in ClientMethod]: ClientMethodRow } = {
  ...homeMethods,
  ...threadMethods,
  ...turnMethods,
  ...accountMethods,
  ...machineMethods,
}

/** The name of any method that a client may call. */
export type ClientMethod =
  | keyof typeof homeMethods
  | keyof typeof threadMethods
  | keyof typeof turnMethods
  | keyof typeof accountMethods
  | keyof typeof machineMethods

/** Whether there is such a method, served or not. */
export function isClientMethod(method: string): method is ClientMethod {
  return Object.hasOwn(clientMethods, method)
}
