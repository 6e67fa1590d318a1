// Who fails is named as here: a raw greenlet and a link's greenlet are greenlets. Left out: dates, addresses, arguments, tracebacks,
import {
  Greenlet,
  GreenletExit,
  getHub,
  runCallback,
  sleep,
  spawn,
  spawnRaw,
  withTimeout,
} from 'greenlets';
import { print, repr } from './python.ts';

const hub = getHub();
function show(title: string, fn: () => unknown) {
  const lines: string[] = [];
  hub.handleError = (context, error) => {
    lines.push(`${nameOf(context)} failed with ${(error as Error).name}`);
  };
  print('==', title);
  print('->', fn());
  print(lines.length > 0 ? lines.join('\n') : '(nothing printed)');
}
function nameOf(context: unknown): string {
  if (context instanceof Greenlet) return `<Greenlet: ${context.name}>`;
  return `<function ${(context as () => void).name}>`;
}
function boom() {
  throw new RangeError('boom');
}
const j = (f: () => unknown) => () => {
  const g = spawn(f);
  g.join();
  return repr(g.exception);
};
show('Greenlet', j(boom));
show('raw greenlet (spawn_raw)', () => {
  spawnRaw(boom);
  sleep(0);
  sleep(0.01);
});
show('hub callback (run_callback)', () => {
  runCallback(boom);
  sleep(0.01);
});
show('rawlink', () => {
  const g = spawn(() => 1);
  g.rawlink(boom);
  g.join();
  sleep(0);
});
show('link', () => {
  const g = spawn(() => 1);
  g.link(boom);
  g.join();
  sleep(0);
});
show(
  'GreenletExit raised inside',
  j(() => {
    throw new GreenletExit('bye');
  }),
);
show(
  'Timeout (gevent) in a greenlet',
  j(function limited() {
    withTimeout(0.001, () => sleep(1));
  }),
);
show('named greenlet', () => {
  const g = new Greenlet(boom);
  g.name = 'worker-7';
  g.start();
  g.join();
});
class My extends Greenlet {
  override run() {
    boom();
  }
}
show('subclass', () => {
  const g = new My();
  g.start();
  g.join();
});
const calls: [string, string][] = [];
hub.handleError = (context, error) => {
  calls.push([(context as object).constructor.name, (error as Error).name]);
};
spawn(boom).join();
print('custom hub.handle_error sees', calls);
