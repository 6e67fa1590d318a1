// What threads are given to do: code with imports, and greenlets of its own.
import { joinAll, sleep, spawn } from 'greenlets';

export function together(words: string[]): string[] {
  const said: string[] = [];
  const say = (word: string, seconds: number) => {
    said.push(word);
    sleep(seconds);
    said.push(word);
  };
  joinAll(words.map((word, index) => spawn(say, word, 0.15 - index / 10)));
  return said;
}
