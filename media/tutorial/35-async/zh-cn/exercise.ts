// 报告还没写好就发出去了：有一处没有人等待。
import { setTimeout as delay } from 'node:timers/promises';
import { result } from 'greenlets';

const files = new Map<string, string>();

async function write(name: string, text: string): Promise<void> {
  await delay(20);
  files.set(name, text);
}

async function writeReport(): Promise<void> {
  write('report', 'All is well.');
}

function send(name: string): void {
  console.log(`Sending: ${files.get(name) ?? '(there is no such file)'}`);
}

result(writeReport());
send('report');
