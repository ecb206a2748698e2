import { z } from 'zod'

/** Gives `schema` its name on the wire's type list, and the sentence that its generated type and schema carry. */
export function named<T extends z.ZodType>(id: string, description: string, schema: T): T {
  return schema.meta({ id, description })
}

/** Marks a field as experimental: refused in requests, and left out of the bundles, without `experimentalApi`. */
export function experimental<T extends z.ZodType>(schema: T, description?: string): T {
  return schema.meta({ experimental: true, ...(description !== undefined && { description }) })
}

/** A whole number the reference reads as `u16`. */
export const u16 = z.int().min(0).max(65_535).meta({ format: 'uint16' })

/** A whole number the reference reads as `u32`. */
export const u32 = z.int().min(0).max(4_294_967_295).meta({ format: 'uint32' })

/** A whole number the reference reads as `u64`; ours ends at 2^53 - 1. */
export const u64 = z.int().min(0).meta({ format: 'uint64' })

/** A whole number the reference reads as `i32`. */
export const i32 = z.int().min(-2_147_483_648).max(2_147_483_647).meta({ format: 'int32' })

/** A whole number the reference reads as `i64`; ours ends at ±(2^53 - 1). */
export const i64 = z.int().meta({ format: 'int64' })

/** A string the reference reads as a path: only its refusal is worded differently. */
export const path = z.string().meta({ expected: 'path string' })

/** A table with free keys. */
export const table = z.record(z.string(), z.unknown())
