import { z } from 'zod'
import { named, u64 } from './named.js'

const OtelHttpProtocol = named('OtelHttpProtocol', 'How telemetry is encoded.', z.enum(['binary', 'json']))

const OtelTlsConfig = named(
  'OtelTlsConfig',
  'Certificates for telemetry.',
  z.object({
    'ca-certificate': z.string().nullish(),
    'client-certificate': z.string().nullish(),
    'client-private-key': z.string().nullish(),
  }),
)

const OtelExporter = named(
  'OtelExporter',
  'Where telemetry goes.',
  z.union([
    z.enum(['none', 'statsig']),
    z.object({
      'otlp-http': z.object({
        endpoint: z.string(),
        headers: z.record(z.string(), z.string()),
        protocol: OtelHttpProtocol,
        tls: OtelTlsConfig.nullish(),
      }),
    }),
    z.object({
      'otlp-grpc': z.object({
        endpoint: z.string(),
        headers: z.record(z.string(), z.string()),
        tls: OtelTlsConfig.nullish(),
      }),
    }),
  ]),
)

const OtelToolResultLogConfig = named(
  'OtelToolResultLogConfig',
  'How much of a tool’s result is logged.',
  z.object({ max_bytes: u64 }),
)

/** What is required of telemetry. */
export const OtelRequirements = named(
  'OtelRequirements',
  'What is required of telemetry.',
  z.object({
    tool_result: OtelToolResultLogConfig.nullish(),
    log_sse_deltas: z.boolean().nullish(),
    log_user_prompt: z.boolean().nullish(),
    log_agent_responses: z.boolean().nullish(),
    log_guardian_assessments: z.boolean().nullish(),
    environment: z.string().nullish(),
    exporter: OtelExporter.nullish(),
    trace_exporter: OtelExporter.nullish(),
    metrics_exporter: OtelExporter.nullish(),
    span_attributes: z.record(z.string(), z.string()).nullish(),
    tracestate: z.record(z.string(), z.record(z.string(), z.string())).nullish(),
  }),
)
