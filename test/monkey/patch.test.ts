/** Patching as programs see it: who is patched, who notices, and what a killed greenlet leaves behind. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { output } from './program.ts';

const HEAD = `
  import fs, { existsSync, openSync, readFileSync, statSync } from 'node:fs';
  import { createRequire } from 'node:module';
  import { getCurrent, joinAll, result, sleep, spawn, withTimeout } from 'greenlets';
  import * as monkey from 'greenlets/monkey';
  import { getOriginal, isPatched, patchAll, patchFs, unpatchAll, warnBlocking } from 'greenlets/monkey';

  /** Whether a call lets others run. */
  function switches(call: () => unknown): boolean {
    let others = false;
    const other = spawn(() => { others = true; });
    // Reading may be done before the hub has had its turn.
    call();
    call();
    const seen = others;
    other.join();
    return seen;
  }
`;

const lines = (text: string) => output(HEAD + text);

describe('patching', () => {
  test('keeps the functions, however they were imported; unpatching makes them what they were', async () => {
    const seen = await lines(`
      const required = createRequire(import.meta.url)('fs');
      const read = () => [
        switches(() => readFileSync('main.ts')),
        switches(() => fs.readFileSync('main.ts')),
        switches(() => required.readFileSync('main.ts')),
        switches(() => Reflect.apply(readFileSync, null, ['main.ts'])),
        switches(() => readFileSync.call(null, 'main.ts')),
        switches(() => getOriginal('fs', 'readFileSync')('main.ts')),
        switches(() => getOriginal(readFileSync)('main.ts')),
      ].map(Number).join('');
      const before = fs.readFileSync;
      console.log(read(), before === readFileSync);
      patchFs();
      console.log(read(), fs.readFileSync === before, getOriginal(fs.readFileSync).name, readFileSync.length);
      unpatchAll();
      console.log(read());
    `);
    assert.deepEqual(seen, ['0000000 true', '1111100 true readFileSync 2', '0000000']);
  });

  test('can leave parts out and can be asked about', async () => {
    const seen = await lines(`
      const asked = () => console.log(
        isPatched('fs'), isPatched('node:fs', 'statSync'), isPatched(statSync), isPatched('crypto'), isPatched('fs', 'nothing'),
      );
      asked();
      patchAll({ crypto: false });
      patchAll({ crypto: false });
      asked();
      console.log(isPatched('Atomics', 'wait'), isPatched(Atomics.wait), isPatched('zlib'), isPatched('child_process'));
      try { getOriginal('fs', 'nothing'); } catch (error) { console.log(String(error)); }
      const fn = () => 1;
      console.log(getOriginal(fn) === fn);
    `);
    assert.deepEqual(seen, [
      'false false false false false',
      'true true true false false',
      'true true true true',
      'TypeError: greenlets/monkey patches no function nothing of fs',
      'true',
    ]);
  });

  test('changes nothing for code that cannot switch', async () => {
    const seen = await lines(`
      patchAll();
      let other = false;
      spawn(() => { other = true; });
      JSON.stringify({ toJSON: Object.getOwnPropertyDescriptor({ get size() { return statSync('main.ts').size; } }, 'size')!.get });
      console.log(other, switches(() => existsSync('main.ts')));
    `);
    assert.deepEqual(seen, ['false true']);
  });

  test('an error says where the greenlet made the call', async () => {
    const seen = await lines(`
      patchAll();
      function reader() { readFileSync('/no/where'); }
      try { reader(); } catch (error) {
        const [first, ...frames] = (error as Error).stack!.split('\\n');
        console.log(first);
        console.log(frames.filter((each) => !each.includes('node:')).map((each) => each.replace(/ \\(.*main/, ' (main')).join());
      }
    `);
    assert.equal(seen[0], "Error: ENOENT: no such file or directory, open '/no/where'");
    assert.match(
      seen[1] as string,
      /^ {4}at reader \(main\.ts:\d+:\d+\), {4}at <module> \(main\.ts:\d+:\d+\)$/,
    );
  });
});

describe('a greenlet that waits no longer', () => {
  test('leaves no descriptor open', async () => {
    const seen = await lines(`
      patchAll();
      const closed: number[] = [];
      const { close } = fs;
      fs.close = ((fd: number) => { closed.push(fd); close(fd); }) as never;
      const opener = spawn(() => openSync('main.ts'));
      // In the same turn: the file cannot have been opened by then.
      spawn(() => opener.kill());
      while (closed.length === 0) sleep(0.001);
      console.log(closed.length, String(opener.value));
    `);
    assert.deepEqual(seen, ['1 GreenletExit']);
  });

  test('passes on a notification that comes for it', async () => {
    const seen = await lines(`
      patchAll();
      const shared = new Int32Array(new SharedArrayBuffer(4));
      const first = spawn(() => Atomics.wait(shared, 0, 0));
      const second = spawn(() => Atomics.wait(shared, 0, 0));
      sleep(0);
      first.kill();
      console.log(Atomics.notify(shared, 0, 1), second.get());
      console.log(withTimeout(0.01, () => Atomics.wait(shared, 0, 0), { timeoutValue: 'late' }));
      console.log(Atomics.wait(shared, 0, 0, 5), Atomics.wait(shared, 0, 1));
      spawn(() => Atomics.wait(shared, 0, 0));
      sleep(0);
    `);
    assert.deepEqual(seen, ['1 ok', 'late', 'timed-out not-equal']);
  });
});

describe('warnings', () => {
  test('come once for each place, and only where others have to wait', async () => {
    const seen = await lines(`
      const warnings: string[] = [];
      process.on('warning', (warning) => warnings.push(warning.name + ': ' + warning.message));
      process.removeAllListeners('warning');
      process.on('warning', (warning) => warnings.push(warning.name + ': ' + warning.message));
      function reader() { for (let i = 0; i < 3; i++) existsSync('main.ts'); existsSync('main.ts'); }
      const others = () => { joinAll([spawn(reader), spawn(sleep, 0.001)]); };
      const told = () => { sleep(0.001); console.log(warnings.length); };
      others();
      told();
      warnBlocking();
      reader();
      told();
      others();
      told();
      others();
      told();
      patchFs();
      others();
      unpatchAll();
      told();
      warnBlocking(false);
      joinAll([spawn(() => existsSync('main.ts')), spawn(sleep, 0.001)]);
      told();
      console.log(warnings[0]);
    `);
    assert.deepEqual(seen.slice(0, -1), ['0', '0', '2', '2', '2', '2']);
    assert.match(
      seen.at(-1) as string,
      /^BlockingCallWarning: fs\.existsSync holds up all greenlets while reader #\d+ waits for it; patchFs\(\)/,
    );
  });
});

describe('callbacks', () => {
  test('emit waits for listeners that switch', async () => {
    const seen = await lines(`
      import { EventEmitter, errorMonitor, once } from 'node:events';

      patchAll();
      const emitter = new EventEmitter();
      emitter.on('news', function (this: unknown, text) { sleep(0); console.log('on', text, this === emitter); });
      emitter.once('news', (text) => { sleep(0); console.log('once', text); });
      emitter.prependListener('news', (text) => console.log('plain', text));
      console.log(emitter.emit('news', 1), emitter.emit('news', 2), emitter.emit('other'), emitter.listenerCount('news'));
      emitter.on(errorMonitor, () => console.log('monitor'));
      emitter.on('error', (error) => { sleep(0); console.log(error); });
      emitter.emit('error', 'failed');
      emitter.on('throws', () => { sleep(0); throw new Error('from a listener'); });
      try { emitter.emit('throws'); } catch (error) { console.log(String(error)); }
      try { new EventEmitter().emit('error', new Error('nobody listens')); } catch (error) { console.log(String(error)); }
      const waiting = once(emitter, 'awaited');
      spawn(() => emitter.emit('awaited', 'value'));
      console.log(result(waiting));
    `);
    assert.deepEqual(seen, [
      'plain 1',
      'on 1 true',
      'once 1',
      'plain 2',
      'on 2 true',
      'true true false 2',
      'monitor',
      'failed',
      'Error: from a listener',
      'Error: nobody listens',
      "[ 'value' ]",
    ]);
  });

  test('a timer’s callback that switches is a child of the greenlet that started it', async () => {
    const seen = await lines(`
      patchAll();
      const child = (label: string) => function callback(...args: unknown[]) {
        sleep(0);
        console.log(label, getCurrent()?.name, getCurrent()?.spawningGreenlet?.name, args.join());
      };
      spawn(function starter() {
        setTimeout(child('timeout'), 1, 'a', 'b');
        clearTimeout(setTimeout(child('cleared'), 1));
        const interval = setInterval(() => { sleep(0); clearInterval(interval); console.log('interval'); }, 1);
      }).join();
      sleep(0.05);
      spawn(function starter() { setImmediate(child('immediate')); }).join();
      sleep(0.01);
      spawn(function starter() { queueMicrotask(child('microtask')); process.nextTick(child('tick'), 1); }).join();
      sleep(0.01);
      const { promisify } = await import('node:util');
      console.log(result(promisify(setTimeout)(1, 'promised')));
    `);
    assert.deepEqual(seen.slice(0, 2).sort(), ['interval', 'timeout callback starter a,b']);
    // Which of the two comes first depends on whether the greenlet runs in a promise job, as it does in Node.
    assert.deepEqual(
      [...seen.slice(2, 3), ...seen.slice(3, 5).sort(), ...seen.slice(5)],
      [
        'immediate callback starter ',
        'microtask callback starter ',
        'tick callback starter 1',
        'promised',
      ],
    );
  });

  test('dns and readline answer without a callback', async () => {
    const seen = await lines(`
      import dns from 'node:dns';
      import readline from 'node:readline';
      import { PassThrough } from 'node:stream';

      patchAll();
      console.log(dns.lookup('127.0.0.1') as unknown, dns.lookup('127.0.0.1', { all: true }) as unknown);
      try { dns.lookup(7 as never); } catch (error) { console.log((error as { code: string }).code); }
      console.log(result(new Promise((done) => dns.lookup('127.0.0.1', (_, address) => done(address)))));
      const input = new PassThrough();
      const terminal = readline.createInterface({ input, terminal: false });
      const ask = terminal.question.bind(terminal) as (query: string, options?: object) => unknown;
      spawn(() => { sleep(0.001); input.write('Ada\\n'); });
      console.log(ask('Name? '));
      const killed = spawn(() => ask('Lost? '));
      sleep(0);
      killed.kill();
      const withdrawn = new AbortController();
      spawn(() => withdrawn.abort());
      try { ask('Late? ', { signal: withdrawn.signal }); } catch (error) { console.log((error as Error).name); }
      spawn(() => { sleep(0.001); input.end(); });
      try { ask('More? '); } catch (error) { console.log(String(error)); }
    `);
    assert.deepEqual(seen, [
      "{ address: '127.0.0.1', family: 4 } [ { address: '127.0.0.1', family: 4 } ]",
      'ERR_INVALID_ARG_TYPE',
      '127.0.0.1',
      'Ada',
      'AbortError',
      'Error: The input ended without an answer',
    ]);
  });

  test('promises: what `then` calls may switch, and fetch returns a promise as always', async () => {
    const seen = await lines(`
      import { createServer } from 'node:http';

      patchAll();
      const server = createServer((_, response) => { sleep(0.001); response.end('{"answer":42}'); });
      const port = result(new Promise((done) => server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port))));
      const url = 'http://127.0.0.1:' + port;
      const text = fetch(url).then((response) => { sleep(0); return result(response.text()); });
      console.log(text instanceof Promise, result(text));
      const both = [1, 2].map(() => spawn(() => result(result(fetch(url)).json()).answer));
      joinAll(both);
      console.log(both.map((each) => each.value).join());
      server.close();
      server.closeAllConnections();
    `);
    assert.deepEqual(seen, ['true {"answer":42}', '42,42']);
  });
});
