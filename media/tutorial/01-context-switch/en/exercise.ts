// Ping and pong should take turns, but ping says all it has to say at once. Give each loop one more line.
import { joinAll, spawn } from 'greenlets';

function ping(): void {
  for (let i = 1; i <= 3; i++) {
    console.log('ping', i);
  }
}

function pong(): void {
  for (let i = 1; i <= 3; i++) {
    console.log('pong', i);
  }
}

joinAll([spawn(ping), spawn(pong)]);
