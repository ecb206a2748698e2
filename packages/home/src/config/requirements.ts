/** What `configRequirements/read` answers where no administrator has set any. Touches no disk. */
export function readConfigRequirements(): {
  readonly supportsIndependentSpeedModes: boolean
  readonly requirements: null
} {
  return { supportsIndependentSpeedModes: true, requirements: null }
}
