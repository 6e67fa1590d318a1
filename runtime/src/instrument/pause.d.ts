import type { Frame, Step } from '../core/frame.ts';

/** Stops the program, if a debugger is attached. */
export function pause(): void;
/** Stops, then goes on with a frame. */
export function pauseAndNext(frame: Frame, value: unknown): Step;
/** Stops, then throws into a frame. */
export function pauseAndThrow(frame: Frame, error: unknown): Step;
/** Stops, then makes a greenlet's first frame. */
export function pauseAndMake(make: () => Frame): Frame;
/** Rejects a promise, where V8 sees it. */
export function rejectInSight(reject: (error: unknown) => void, error: unknown): void;
