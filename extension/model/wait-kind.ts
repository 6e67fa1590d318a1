/** What kind of wait a call is: the guide has a sentence for each. */

import type { WaitingOn } from '../../runtime/src/protocol/snapshot.ts';

/**
 * - `turn`: it goes to the end of the queue, and runs again when its turn comes;
 * - `time`: until some seconds are over;
 * - `end`: until greenlets have ended;
 * - `death`: until a greenlet that it kills is dead;
 * - `item`, `room`, `done`: until a queue has an item, has room, has no unfinished work;
 * - `lock`, `event`, `value`, `promise`: until there is one for it, it is set, it has settled;
 * - `io`: until the world outside the program has something;
 * - `async`: it has called an `async` function, which runs at once;
 * - `other`: something else.
 */
export type WaitKind =
  | 'turn'
  | 'time'
  | 'end'
  | 'death'
  | 'item'
  | 'room'
  | 'done'
  | 'lock'
  | 'event'
  | 'value'
  | 'promise'
  | 'io'
  | 'async'
  | 'other';

/** The first that matches decides. */
const KINDS: readonly (readonly [RegExp, WaitKind])[] = [
  [/^idle$/, 'turn'],
  [/^sleep$/, 'time'],
  [/(^|\.)kill(All|One)?$/, 'death'],
  [/(Queue|Channel)\.(get|peek)$/, 'item'],
  [/(Queue|Channel)\.put$/, 'room'],
  [/Queue\.join$/, 'done'],
  [/\.acquire$|^Semaphore\.wait$|^Pool\./, 'lock'],
  [/^(Event|Condition)\.wait$/, 'event'],
  [/^AsyncResult\./, 'value'],
  [/^(await|result)$/, 'promise'],
  [/^(joinAll|wait|iwait|join|get)$|^(Greenlet|Group)\./, 'end'],
  [/^async$/, 'async'],
  [/^(select|poll|urlopen|connectWebSocket|Socket|WebSocket|HttpResponse|Popen|Resolver)\b/, 'io'],
  // Pipes and files, bodies of HTTP messages, names of hosts.
  [/^(read|read body|write|open|seek|getaddrinfo|getnameinfo)$/, 'io'],
  // The cooperative forms of Node's own functions.
  [/^(child_process|crypto|dns|fs|readline|zlib)\./, 'io'],
];

/** The kind of a wait that is told in full. */
export function kindOfWait({ kind, name }: WaitingOn): WaitKind {
  const found = kindOfCall(kind);
  return found === 'time' && Number(name) === 0 ? 'turn' : found;
}

/** The kind of a wait of which only the call is known: a `sleep` may have been a `sleep(0)`. */
export function kindOfCall(call: string): WaitKind {
  return KINDS.find(([pattern]) => pattern.test(call))?.[1] ?? 'other';
}
