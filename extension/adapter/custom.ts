/** The custom requests `greenlet/…`: what the views ask for. */

import type { HistoryArguments, SnapshotArguments } from '../../runtime/src/protocol/snapshot.ts';
import { UserError } from './errors.ts';
import type { Program } from './program.ts';

/** A request that no debug adapter knows. */
export class UnknownRequestError extends UserError {
  override name = 'UnknownRequestError';
}

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

async function snapshot(program: Program, { since }: SnapshotArguments): Promise<unknown> {
  const { stop, target } = program;
  const answer = await target.ask((bridge, version) => bridge.snapshot(version), since);
  const place = stop?.native[0]?.place;
  const running = answer.greenlets.find((each) => each.id === stop?.info.current);
  if (running !== undefined && place !== undefined) {
    running.location = { ...place, function: stop?.native[0]?.name ?? '<anonymous>' };
  }
  return answer;
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
