/** What `greenlets trace` tells the program's process, in an environment variable. */

/** The variable's name; its value is TraceOptions as JSON. */
export const TRACE_OPTIONS = 'GREENLETS_TRACE';

export interface TraceOptions {
  /** Write the switches and the greenlets to this file, as JSON. */
  json?: string;
  /** Write a trace that Perfetto and Chrome's tracing open to this file. */
  perfetto?: string;
}
