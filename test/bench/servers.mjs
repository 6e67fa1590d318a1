// @ts-check
/**
 * What a request costs a server: processor time of its whole process, since on a machine with few processors the clients are often
 * what is slow.
 */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { program, REGISTER } from './figures.mjs';
import { gevent, geventCommand } from './peers.mjs';

/** @typedef {import('./table.mjs').Row} Row */
/** @typedef {import('./table.mjs').Table} Table */

const TURNS = Number(process.env.TURNS ?? 3);
const WARM_UP_SECONDS = 1.5;
const SECONDS = 3;
/** In these units Linux counts a process's time, in microseconds. */
const TICK = 10_000;
const TITLE = { title: 'Servers', unit: 'microseconds of processor time a request' };

/** What a row is called, what clients do and the programs are called, and the bare server that it is compared with. */
const KINDS = /** @type {const} */ ([
  ['TCP echo, 50 clients', 'echo', 'node:net'],
  ['HTTP hello, 50 clients', 'hello', 'node:http'],
]);

/**
 * Lets the same clients ask each server in turn.
 *
 * @returns {Promise<Table>}
 */
export async function measureServers() {
  if (!existsSync('/proc/self/stat')) {
    return { ...TITLE, rows: [], missing: ['only Linux tells what a process has used'] };
  }
  const { name: peer, missing } = gevent();
  /** @type {Row[]} */
  const rows = [];
  for (const [name, kind, bare] of KINDS) {
    /** @type {Record<string, string[]>} */
    const servers = {
      greenlets: [process.execPath, '--import', REGISTER, program(`peers/${kind}-greenlets.ts`)],
      [bare]: [process.execPath, program(`peers/${kind}-node.mjs`)],
    };
    if (missing === undefined) servers[peer] = geventCommand(`${kind}-gevent.py`);
    const { greenlets: value = Number.NaN, ...others } = await bestOf(servers, kind);
    for (const [against, base] of Object.entries(others)) {
      rows.push({ name, value, against, base, goal: against === bare ? 1.18 : 1 });
    }
  }
  return { ...TITLE, rows, missing: missing === undefined ? [] : [missing] };
}

/**
 * @param {Record<string, string[]>} servers
 * @param {string} kind
 * @returns {Promise<Record<string, number>>} the least time a request, by server
 */
async function bestOf(servers, kind) {
  /** @type {Record<string, number>} */
  const best = {};
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, command] of Object.entries(servers)) {
      const time = await timeOfRequest(command, kind);
      best[name] = Math.min(best[name] ?? time, time);
    }
  }
  return best;
}

/**
 * @param {string[]} command starts the server; its port is added
 * @param {string} kind
 */
async function timeOfRequest([file = '', ...args], kind) {
  const port = await freePort();
  const server = spawn(file, [...args, String(port)], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    await untilOpen(port, server);
    await requests(kind, port, WARM_UP_SECONDS);
    const before = timeUsed(server.pid);
    const count = await requests(kind, port, SECONDS);
    return (timeUsed(server.pid) - before) / count;
  } finally {
    server.kill('SIGKILL');
    await ended;
  }
}

/**
 * @param {string} kind
 * @param {number} port
 * @param {number} seconds
 */
async function requests(kind, port, seconds) {
  const args = [program('peers/load.mjs'), String(port), String(seconds), kind];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const count = Number(stdout);
  if (!(count > 0)) throw new Error(`The load generator printed ${stdout}`);
  return count;
}

/**
 * @param {number | undefined} pid
 * @returns microseconds of all threads
 */
function timeUsed(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Waits until somebody listens.
 *
 * @param {number} port
 * @param {import('node:child_process').ChildProcess} server
 */
async function untilOpen(port, server) {
  while (server.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise((resolve) => {
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await sleep(20);
  }
  throw new Error(`The server has ended with code ${server.exitCode}`);
}
