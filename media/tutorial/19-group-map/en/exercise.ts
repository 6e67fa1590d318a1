// Three downloads; each should be shown as soon as it has arrived.
import { sleep } from 'greenlets';
import { Group } from 'greenlets/pool';

const SECONDS: Record<string, number> = { large: 0.3, medium: 0.2, small: 0.1 };

function download(file: string): string {
  sleep(SECONDS[file] ?? 0);
  console.log(`(${file} has arrived)`);
  return file;
}

const downloads = new Group();
for (const file of downloads.map(download, ['large', 'small', 'medium'])) {
  console.log(`Showing ${file}`);
}
