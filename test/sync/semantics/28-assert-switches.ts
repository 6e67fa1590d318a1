// Left out: the times, and the report below the first line, for which there is `startMonitor`.
import { sleep } from 'greenlets';
import { type AssertSwitchesOptions, assertSwitches } from 'greenlets/util';
import { print } from './python.ts';

function go(title: string, f: () => unknown, options: AssertSwitchesOptions = {}) {
  try {
    assertSwitches(f, options);
    print(title, 'ok');
  } catch (error) {
    const [line = ''] = (error as Error).message.split(':');
    print(title, 'AssertionError; first line:', line.replace(/\d\.\d{4}/g, 'N.NNNN'));
  }
}
function block() {
  const begin = Date.now();
  while (Date.now() - begin < 25);
}
go('nothing switched', () => {});
go('switched', () => sleep(0));
go('fast, max 1 s', () => {}, { maxBlockingTime: 1 });
go('slow, max .01', block, { maxBlockingTime: 0.01 });
go('hub only, slow', block, { maxBlockingTime: 0.01, hubOnly: true });
