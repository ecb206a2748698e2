import type { Fact, FactFate, FateReason } from '../fact.js'

/** The fact arrived as it was, or as what the target does anyway. */
export function mapped(fact: Fact, target?: string, reason?: FateReason): FactFate {
  return { fact, fate: 'mapped', ...(target === undefined ? {} : { target }), ...(reason ? { reason } : {}) }
}

/** The fact arrived in other words. */
export function rewritten(fact: Fact, reason: FateReason, target?: string): FactFate {
  return { fact, fate: 'rewritten', reason, ...(target === undefined ? {} : { target }) }
}

/** The fact ends here. */
export function dropped(fact: Fact, reason: FateReason): FactFate {
  return { fact, fate: 'dropped', reason }
}

/** The fact arrives when the person does something. */
export function needsAction(fact: Fact, reason: FateReason, action: string): FactFate {
  return { fact, fate: 'needs-action', reason, action }
}

/** Every fact dropped for one reason. */
export function allDropped(facts: readonly Fact[], reason: FateReason): readonly FactFate[] {
  return facts.map((fact) => dropped(fact, reason))
}

/** Collects one fate per fact. A later word on the same fact replaces the earlier one. */
export class FateList {
  readonly #fates = new Map<string, FactFate>()

  add(fate: FactFate): void {
    this.#fates.set(fate.fact.id, fate)
  }

  has(fact: Fact): boolean {
    return this.#fates.has(fact.id)
  }

  /** One fate per fact, in the order of `facts`. A fact that nobody spoke of is dropped as `not-considered`: a fault of ours, told. */
  of(facts: readonly Fact[]): readonly FactFate[] {
    return facts.map((fact) => this.#fates.get(fact.id) ?? dropped(fact, NOT_CONSIDERED))
  }
}

const NOT_CONSIDERED: FateReason = { code: 'not-considered', message: 'nothing was planned for it' }
