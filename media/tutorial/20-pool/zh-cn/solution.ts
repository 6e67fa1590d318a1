// 页面要等图片，所以页面不能占着图片需要的名额。
import { sleep } from 'greenlets';
import { Group, Pool } from 'greenlets/pool';

// 对方最多允许同时两个连接。
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
