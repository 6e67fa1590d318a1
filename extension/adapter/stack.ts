/** `stackTrace`: a greenlet's frames on V8's stack, then its parked ones, then where it was spawned. */

import { basename } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as l10n from '@vscode/l10n';
import type { ParkedFrame, ParkedStack } from '../../runtime/src/protocol/bridge.ts';
import type { Location } from '../../runtime/src/protocol/snapshot.ts';
import type { NativeFrame } from './frames.ts';
import type { Greenlets } from './greenlets.ts';
import type { Stop } from './pauses.ts';
import type { Target } from './target.ts';

/** What `scopes` and `evaluate` need to know of a frame. */
export type FrameRecord =
  | { kind: 'native'; greenlet: number; frame: NativeFrame }
  | { kind: 'parked'; greenlet: number; frame: ParkedFrame };

export class Stacks {
  private readonly target: Target;
  private readonly greenlets: Greenlets;
  private readonly records = new Map<number, FrameRecord>();
  private readonly cache = new Map<number, DebugProtocol.StackFrame[]>();
  /** Never reused, so that a late request cannot reach another stop's frame. */
  private nextId = 1;

  constructor(target: Target, greenlets: Greenlets) {
    this.target = target;
    this.greenlets = greenlets;
  }

  /** All frames of a greenlet at a stop, innermost first. */
  async frames(threadId: number, stop: Stop): Promise<DebugProtocol.StackFrame[]> {
    const known = this.cache.get(threadId);
    if (known !== undefined) return known;
    const native = ownsNative(threadId, stop) ? stop.native : (stop.outer.get(threadId) ?? []);
    const trail = stop.error?.trail;
    const parked = await this.parked(threadId);
    const frames = [
      ...(trail?.greenlet === threadId ? trail.places.map((place) => this.placeFrame(place)) : []),
      ...native.map((frame) => this.nativeFrame(threadId, frame)),
      ...parked.frames.map((frame) => this.parkedFrame(threadId, frame)),
      ...this.spawnFrames(parked),
    ];
    this.cache.set(threadId, frames);
    return frames;
  }

  record(frameId: number): FrameRecord | undefined {
    return this.records.get(frameId);
  }

  /** The program goes on: all frames are void. */
  forget(): void {
    this.records.clear();
    this.cache.clear();
  }

  private async parked(threadId: number): Promise<ParkedStack> {
    if (this.greenlets.get(threadId) === undefined) {
      return { frames: [], spawned: [], spawner: null };
    }
    return this.target.ask((bridge, id) => bridge.stack(id), threadId);
  }

  private nativeFrame(greenlet: number, frame: NativeFrame): DebugProtocol.StackFrame {
    const { path, line, column } = frame.place;
    const id = this.remember({ kind: 'native', greenlet, frame });
    const canRestart = frame.callFrame.canBeRestarted ?? false;
    return { id, name: frame.name, source: this.sourceOf(path), line, column, canRestart };
  }

  private parkedFrame(greenlet: number, frame: ParkedFrame): DebugProtocol.StackFrame {
    const { path, line, column } = frame;
    const id = this.remember({ kind: 'parked', greenlet, frame });
    const at = { source: this.sourceOf(path), line, column, canRestart: false };
    return { id, name: frame.function, ...at };
  }

  /** A frame that is gone: nothing is known of it but its place. */
  private placeFrame({ path, line, column, function: name }: Location): DebugProtocol.StackFrame {
    const at = { source: this.sourceOf(path), line, column, canRestart: false };
    return { id: this.nextId++, name, ...at };
  }

  /** "Spawned at": a heading, and the frames of the spawner, which are no frames of this greenlet. */
  private spawnFrames({ spawned, spawner }: ParkedStack): DebugProtocol.StackFrame[] {
    return spawned.map((place: Location, i) => {
      const where = `${basename(place.path)}:${place.line}`;
      const name = i === 0 ? this.spawnedAt(where, spawner) : place.function;
      // No `presentationHint` on the source: VS Code has one record a file, so it would dim the greenlet's own frames
      // too, and then take one of these for the frame to show.
      return { ...this.placeFrame({ ...place, function: name }), presentationHint: 'label' };
    });
  }

  private spawnedAt(where: string, spawner: number | null): string {
    return spawner === null
      ? l10n.t('spawned at {0}', where)
      : l10n.t('spawned at {0} by {1}', where, this.labelOf(spawner));
  }

  private sourceOf(path: string): DebugProtocol.Source {
    return { name: basename(path), path: this.target.scripts.shown(path) };
  }

  private labelOf(id: number): string {
    const info = this.greenlets.get(id);
    return info === undefined ? `#${id}` : `${info.name} #${id}`;
  }

  private remember(record: FrameRecord): number {
    const id = this.nextId++;
    this.records.set(id, record);
    return id;
  }
}

/** Code outside any greenlet has a thread of its own for the time of the stop. */
function ownsNative(threadId: number, stop: Stop): boolean {
  return threadId === (stop.info.current === 0 ? stop.threadId : stop.info.current);
}
