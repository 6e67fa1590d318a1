/** Child processes: the names that programs import from `greenlets/subprocess`. */

import './node/install.ts';

export { PipeFile } from './system/pipe-file.ts';
export { type CommunicateOptions, Popen, type PopenOptions } from './system/popen.ts';
export {
  CompletedProcess,
  call,
  checkCall,
  checkOutput,
  type RunOptions,
  run,
} from './system/run.ts';
export { DEVNULL, PIPE, type Redirection, STDOUT } from './system/stdio.ts';
export {
  CalledProcessError,
  SpawnError,
  SubprocessError,
  TimeoutExpired,
} from './system/subprocess-errors.ts';
