/** What the adapter tells the client that it can do. */

import type { DebugProtocol } from '@vscode/debugprotocol';
import { offeredFilters } from './filters.ts';

/** The answer to `initialize`. */
export function capabilities(): DebugProtocol.Capabilities {
  return {
    supportsConfigurationDoneRequest: true,
    supportsConditionalBreakpoints: true,
    supportsHitConditionalBreakpoints: true,
    supportsLogPoints: true,
    supportsFunctionBreakpoints: true,
    supportsDataBreakpoints: true,
    supportsBreakpointLocationsRequest: true,
    supportsEvaluateForHovers: true,
    supportsRestartFrame: true,
    supportsStepInTargetsRequest: true,
    supportsSetVariable: true,
    supportsSetExpression: true,
    supportsCompletionsRequest: true,
    completionTriggerCharacters: ['.'],
    supportsLoadedSourcesRequest: true,
    supportsExceptionInfoRequest: true,
    supportsExceptionFilterOptions: true,
    exceptionBreakpointFilters: offeredFilters(),
    supportsDelayedStackTraceLoading: true,
    supportsTerminateRequest: true,
    supportTerminateDebuggee: true,
    supportsTerminateThreadsRequest: true,
    supportsCancelRequest: true,
    supportsSingleThreadExecutionRequests: true,
    supportsClipboardContext: true,
  };
}
