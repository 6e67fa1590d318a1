// Two pages have two images each, and the program never gets to the end.
import { sleep } from 'greenlets';
import { Pool } from 'greenlets/pool';

// The other side allows two connections at a time, not more.
const connections = new Pool(2);

function loadImage(name: string): string {
  sleep(0.01);
  return name;
}

function loadPage(page: string): string {
  sleep(0.01);
  const images = connections.map(loadImage, [`${page}/1.png`, `${page}/2.png`]);
  return `${page}: ${images.join(', ')}`;
}

for (const page of connections.map(loadPage, ['home', 'about'])) console.log(page);
