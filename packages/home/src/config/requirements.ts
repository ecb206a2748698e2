/** What `configRequirements/read` answers where no administrator has set any. Touches no disk. Source: reference 0.169.0. */
export function readConfigRequirements(): {
  readonly supportsIndependentSpeedModes: boolean
  readonly requirements: null
} {
  return { supportsIndependentSpeedModes: true, requirements: null }
}
