import { z } from 'zod'
import {
  ApplicationRequirements,
  BrowserUseRequirements,
  ComputerUseRequirements,
  InAppBrowserRequirements,
  NetworkDomainPermission,
} from './desktop-requirements.js'
import { ManagedHooksRequirements } from './hook-requirements.js'
import { experimental, named, table, u16 } from './named.js'
import { OtelRequirements } from './otel-requirements.js'
import {
  ApprovalsReviewer,
  AskForApproval,
  ForcedLoginMethod,
  ReasoningEffort,
  SandboxMode,
  WebSearchMode,
} from './setting.js'

const WindowsSandboxImplementation = named(
  'WindowsSandboxImplementation',
  'A sandbox for Windows.',
  z.enum(['elevated', 'unelevated', 'mxc']),
)

const AutoReviewRequirements = named(
  'AutoReviewRequirements',
  'What is required of automatic review.',
  z.object({ requiredOnModels: z.array(z.string()).nullish(), ignoreRules: z.array(z.string()).nullish() }),
)

const CliAuthCredentialsStoreMode = named(
  'CliAuthCredentialsStoreMode',
  'Where credentials are kept.',
  z.enum(['file', 'keyring', 'auto', 'ephemeral']),
)

const ResidencyRequirement = named('ResidencyRequirement', 'Where data must stay.', z.enum(['us']))

const FeedbackRequirements = named(
  'FeedbackRequirements',
  'What is required of feedback.',
  z.object({ enabled: z.boolean().nullish() }),
)

const NewThreadModelDefaults = named(
  'NewThreadModelDefaults',
  'Model settings of new threads.',
  z.object({
    model: z.string().nullish(),
    modelReasoningEffort: ReasoningEffort.nullish(),
    serviceTier: z.string().nullish(),
  }),
)

const ModelsRequirements = named(
  'ModelsRequirements',
  'What is required of the choice of models.',
  z.object({ newThread: NewThreadModelDefaults.nullish() }),
)

const NetworkUnixSocketPermission = named(
  'NetworkUnixSocketPermission',
  'Whether a Unix socket may be used.',
  z.enum(['allow', 'deny']),
)

const NetworkRequirements = named(
  'NetworkRequirements',
  'What is required of network access.',
  z.object({
    enabled: z.boolean().nullish(),
    httpPort: u16.nullish(),
    socksPort: u16.nullish(),
    allowUpstreamProxy: z.boolean().nullish(),
    dangerouslyAllowNonLoopbackProxy: z.boolean().nullish(),
    dangerouslyAllowAllUnixSockets: z.boolean().nullish(),
    domains: z.record(z.string(), NetworkDomainPermission).nullish(),
    reviewDomains: z.array(z.string()).nullish(),
    managedAllowedDomainsOnly: z.boolean().nullish(),
    allowedDomains: z.array(z.string()).nullish(),
    deniedDomains: z.array(z.string()).nullish(),
    unixSockets: z.record(z.string(), NetworkUnixSocketPermission).nullish(),
    allowUnixSockets: z.array(z.string()).nullish(),
    allowLocalBinding: z.boolean().nullish(),
  }),
)

const ConfigRequirements = named(
  'ConfigRequirements',
  'What an administrator requires. Null or absent: nothing is required.',
  z.object({
    modelProvider: z.string().nullish(),
    modelProviders: table.nullish(),
    allowedLoginMethods: z.array(ForcedLoginMethod).nullish(),
    cliAuthCredentialsStore: CliAuthCredentialsStoreMode.nullish(),
    chatgptBaseUrl: z.string().nullish(),
    additionalDeveloperInstructions: z.string().nullish(),
    allowedApprovalPolicies: z.array(AskForApproval).nullish(),
    allowedApprovalsReviewers: experimental(z.array(ApprovalsReviewer).nullish()),
    allowedSandboxModes: z.array(SandboxMode).nullish(),
    allowedWindowsSandboxImplementations: z.array(WindowsSandboxImplementation).nullish(),
    allowedPermissionProfiles: z.record(z.string(), z.boolean()).nullish(),
    defaultPermissions: z.string().nullish(),
    allowedWebSearchModes: z.array(WebSearchMode).nullish(),
    allowManagedHooksOnly: z.boolean().nullish(),
    allowBrowserAndComputerUse: z.boolean().nullish(),
    allowAppshots: z.boolean().nullish(),
    allowRemoteControl: z.boolean().nullish(),
    computerUse: ComputerUseRequirements.nullish(),
    browserUse: BrowserUseRequirements.nullish(),
    inAppBrowser: InAppBrowserRequirements.nullish(),
    featureRequirements: z.record(z.string(), z.boolean()).nullish(),
    hooks: experimental(ManagedHooksRequirements.nullish()),
    enforceResidency: ResidencyRequirement.nullish(),
    network: experimental(NetworkRequirements.nullish()),
    application: experimental(ApplicationRequirements.nullish()),
    autoReview: AutoReviewRequirements.nullish(),
    models: ModelsRequirements.nullish(),
    sqliteHome: z.string().nullish(),
    logDir: z.string().nullish(),
    modelCatalogJson: z.string().nullish(),
    checkForUpdateOnStartup: z.boolean().nullish(),
    allowLoginShell: z.boolean().nullish(),
    feedback: FeedbackRequirements.nullish(),
    otel: OtelRequirements.nullish(),
  }),
)

/** Result of `configRequirements/read`. */
export const ConfigRequirementsReadResponse = named(
  'ConfigRequirementsReadResponse',
  'What an administrator requires.',
  z.object({
    supportsIndependentSpeedModes: z
      .boolean()
      .nullish()
      .describe('The two fast modes are required apart from each other.'),
    requirements: ConfigRequirements.nullish().describe('Null: nothing is required.'),
  }),
)
