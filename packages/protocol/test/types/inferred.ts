import type { z } from 'zod'

/** Generated types are read-only all the way down, schemas are not: that is the one difference between them. */
type ReadOnly<T> = T extends object ? { readonly [K in keyof T]: ReadOnly<T[K]> } : T

/** What a schema infers. */
export type Of<S extends z.ZodType> = ReadOnly<z.infer<S>>

/** A generated type, to be compared with it. One without members is inferred as a table that holds nothing. */
export type Plain<T> = [keyof T] extends [never] ? { readonly [member: string]: never } : ReadOnly<T>
