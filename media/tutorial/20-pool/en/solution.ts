// Pages wait for images, so pages must not hold the places that images need.
import { sleep } from 'greenlets';
import { Group, Pool } from 'greenlets/pool';

// The other side allows two connections at a time, not more.
const connections = new Pool(2);

function loadImage(name: string): string {
  sleep(0.01);
  return name;
}

function loadPage(page: string): string {
  connections.apply(sleep, [0.01]);
  const images = connections.map(loadImage, [`${page}/1.png`, `${page}/2.png`]);
  return `${page}: ${images.join(', ')}`;
}

for (const page of new Group().map(loadPage, ['home', 'about'])) console.log(page);
