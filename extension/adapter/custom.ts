/** The custom requests `greenlet/…`: what the views ask for. */

import type {
  HistoryArguments,
  Snapshot,
  SnapshotArguments,
} from '../../runtime/src/protocol/snapshot.ts';
import { UnknownRequestError, UserError } from './errors.ts';
import type { Program } from './program.ts';

/**
 * Answers a custom request.
 *
 * @throws {UserError} if there is no such request, or if its arguments are wrong.
 */
export async function answerCustom(
  program: Program,
  command: string,
  args: unknown,
): Promise<unknown> {
  const given = (args ?? {}) as Record<string, unknown>;
  switch (command) {
    case 'greenlet/snapshot':
      return snapshot(program, { since: count(given, 'since') });
    case 'greenlet/history':
      return history(program, { since: count(given, 'since'), limit: count(given, 'limit') });
    case 'greenlet/kill':
      return kill(program, count(given, 'id'));
    default:
      throw new UnknownRequestError(`The greenlet debugger does not know the request ${command}.`);
  }
}

async function snapshot(program: Program, { since }: SnapshotArguments): Promise<Snapshot> {
  const { stop, target, greenlets } = program;
  const answer = await target.ask((bridge, version) => bridge.snapshot(version), since);
  const top = stop?.native[0];
  if (stop === undefined || top?.place === undefined) return answer;
  // Only the adapter knows where the running greenlet stands: that changes with every stop, the version does not.
  const id = stop.info.current;
  const running = answer.greenlets.find((each) => each.id === id) ?? greenlets.get(id);
  if (running === undefined) return answer;
  const placed = { ...running, location: { ...top.place, function: top.name } };
  const others = answer.greenlets.filter((each) => each.id !== id);
  return { ...answer, greenlets: [...others, placed].sort((a, b) => a.id - b.id) };
}

function history(program: Program, wanted: HistoryArguments): Promise<unknown> {
  return program.target.ask((bridge, args) => bridge.history(args), wanted);
}

async function kill(program: Program, id: number | undefined): Promise<object> {
  if (id === undefined) throw new UserError('greenlet/kill needs the id of a greenlet.');
  const found = await program.target.ask((bridge, each) => bridge.kill(each), id);
  if (!found) throw new UserError(`There is no greenlet #${id} that has not ended.`);
  return {};
}

function count(args: Record<string, unknown>, name: string): number | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new UserError(`"${name}" must be a whole number that is not negative.`);
}
