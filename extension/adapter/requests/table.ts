/** Which request is answered where. Those of a session's life are in `session.ts`. */

import {
  breakpointLocations,
  setBreakpoints,
  setExceptionBreakpoints,
  setFunctionBreakpoints,
} from './breakpoints.ts';
import { dataBreakpointInfo, setDataBreakpoints } from './data.ts';
import {
  greenletExportTrace,
  greenletFreeze,
  greenletHistory,
  greenletKill,
  greenletRunNext,
  greenletSchedule,
  greenletSnapshot,
  greenletThaw,
  greenletWaitGraph,
  terminateThreads,
} from './greenlets.ts';
import type { Handler } from './handler.ts';
import { continueAll, next, pause, restartFrame, stepIn, stepOut } from './run.ts';
import {
  completions,
  evaluate,
  exceptionInfo,
  loadedSources,
  scopes,
  setExpression,
  setVariable,
  stackTrace,
  threads,
  variables,
} from './state.ts';

export const HANDLERS: Readonly<Record<string, Handler | undefined>> = {
  setBreakpoints,
  setFunctionBreakpoints,
  dataBreakpointInfo,
  setDataBreakpoints,
  breakpointLocations,
  setExceptionBreakpoints,
  threads,
  stackTrace,
  scopes,
  variables,
  setVariable,
  setExpression,
  evaluate,
  completions,
  exceptionInfo,
  loadedSources,
  continue: continueAll,
  next,
  stepIn,
  stepOut,
  restartFrame,
  pause,
  terminateThreads,
  'greenlet/snapshot': greenletSnapshot,
  'greenlet/history': greenletHistory,
  'greenlet/kill': greenletKill,
  'greenlet/freeze': greenletFreeze,
  'greenlet/thaw': greenletThaw,
  'greenlet/runNext': greenletRunNext,
  'greenlet/schedule': greenletSchedule,
  'greenlet/waitGraph': greenletWaitGraph,
  'greenlet/exportTrace': greenletExportTrace,
};
