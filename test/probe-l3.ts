import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { guideTexts } from '../extension/model/guide-texts.ts';
import { narrate, narrateEnd, type Pause } from '../extension/model/narration.ts';
import { tickSwitches } from '../extension/model/switch-ticks.ts';
import { withClient } from './support/session.ts';

const delay = Number(process.env.DELAY ?? 300);
const verbose = process.env.VERBOSE;
for (const id of process.argv.slice(2)) {
  const path = `/tmp/wt/l3/media/tutorial/${id}/en/program.ts`;
  const chapter = JSON.parse(readFileSync(`/tmp/wt/l3/media/tutorial/${id}/chapter.json`, 'utf8'));
  await withClient(async (c) => {
    await c.start({ path, folder: dirname(path), marks: new Map() } as any, {});
    await c.request('greenlet/hold');
    let pauses = 0;
    let before: Pause | undefined;
    const texts = guideTexts('en');
    for (;;) {
      const { event, body } = await c.event('stopped', 'terminated', 'greenlet/ending');
      if (event === 'terminated') break;
      const { switches } = await c.request('greenlet/history');
      const snap = await c.request('greenlet/snapshot');
      if (event === 'greenlet/ending') {
        const ticks = tickSwitches(texts, chapter.switches, switches, snap.greenlets, true);
        if (verbose)
          console.log(narrateEnd(texts, before, switches, snap.greenlets).happened.join('\n'));
        const wrong = ticks.filter((t) => t.state !== 'done');
        console.log(id, 'pauses', pauses, 'ticks', ticks.length, 'not done', wrong.slice(0, 3));
        await c.request('greenlet/release');
        continue;
      }
      pauses++;
      const { ready } = await c.request('greenlet/schedule');
      const now: Pause = {
        reason: body.reason,
        greenlet: body.threadId,
        waitingOn: body.waitingOn ?? null,
        error: body.text,
        greenlets: snap.greenlets,
        ready,
        seq: switches.at(-1)?.seq ?? 0,
      };
      if (verbose) {
        const n = narrate(texts, before, switches, now);
        console.log(n.happened.map((x) => '   ' + x).join('\n'));
        console.log(' * ' + n.now + '\n > ' + n.next);
      }
      before = now;
      await new Promise((r) => setTimeout(r, delay));
      if (pauses > 60) {
        console.log(id, 'many pauses');
        break;
      }
      await c.request('continue', { threadId: body.threadId });
    }
  });
}
