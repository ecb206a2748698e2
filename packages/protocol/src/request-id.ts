/** The name of a call: any string, or a whole number of 64 bits; a bigint only beyond 2^53. `1` and `'1'` differ. */
export type RequestId = string | number | bigint
