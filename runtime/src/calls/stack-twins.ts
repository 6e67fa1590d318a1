/** `Error.captureStackTrace(error, below)` in greenlet code, where the frame of `below` is that of its second form. */

import { formOf } from '../core/form.ts';
import { finished } from '../core/frame.ts';
import { linkTwin } from './link-twin.ts';

export function linkStackTwins(): void {
  linkTwin(Error, 'captureStackTrace', (_self, [holder, below]) => {
    capture(holder as object, below as () => unknown);
    return finished(undefined);
  });
}

const { captureStackTrace } = Error;

function capture(holder: object, below: (() => unknown) | undefined): void {
  const form = formOf(below);
  captureStackTrace(holder, (form ?? below) as () => unknown);
  if (form === undefined) return;
  // Of a function that is not on the stack V8 leaves nothing: then all of it is better.
  const { stack } = holder as { stack?: unknown };
  if (typeof stack === 'string' && !stack.includes('\n    at ')) captureStackTrace(holder);
}
