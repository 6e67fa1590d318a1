// 两个页面各有两张图片，程序却永远走不到结尾。
import { sleep } from 'greenlets';
import { Pool } from 'greenlets/pool';

// 对方最多允许同时两个连接。
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
