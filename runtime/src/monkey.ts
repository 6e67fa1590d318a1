/** Making Node's blocking functions cooperative: the names that programs import from `greenlets/monkey`. */

import './node/install.ts';

export {
  getOriginal,
  isPatched,
  type PatchOptions,
  patchAll,
  patchChildProcess,
  patchCrypto,
  patchDns,
  patchEvents,
  patchFs,
  patchReadline,
  patchStdin,
  patchThread,
  patchTimers,
  patchZlib,
  unpatchAll,
  warnBlocking,
} from './monkey/patch.ts';
