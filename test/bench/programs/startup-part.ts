import { sleep } from 'greenlets';

interface Entry {
  readonly id: number;
  readonly amount: number;
  note?: string;
}

class Account<T extends Entry> {
  readonly owner: string;
  private readonly entries: T[] = [];
  #balance = 0;

  constructor(owner: string) {
    this.owner = owner;
  }

  get balance(): number {
    return this.#balance;
  }

  add(entry: T): this {
    if (entry.amount === 0) throw new RangeError(`Entry ${entry.id} of ${this.owner} is empty`);
    this.entries.push(entry);
    this.#balance += entry.amount;
    sleep(0);
    return this;
  }

  largest(count = 3): T[] {
    const sorted = [...this.entries].sort((a, b) => b.amount - a.amount);
    return sorted.slice(0, count).map((each) => ({ ...each, note: each.note ?? this.owner }));
  }

  find(test: (entry: T) => boolean): T | undefined {
    for (const entry of this.entries) {
      if (test(entry)) return entry;
    }
    return undefined;
  }
}

function transfer(from: Account<Entry>, to: Account<Entry>, amount: number): boolean {
  try {
    if (from.balance < amount) return false;
    from.add({ id: Date.now(), amount: -amount, note: `to ${to.owner}` });
    to.add({ id: Date.now(), amount, note: `from ${from.owner}` });
    return true;
  } finally {
    sleep(0);
  }
}

async function report(accounts: Iterable<Account<Entry>>): Promise<string> {
  const lines: string[] = [];
  for (const account of accounts) {
    const { owner, balance } = account;
    lines.push(`${owner}: ${balance}`);
    const [first, ...rest] = account.largest();
    if (first !== undefined) lines.push(`  ${first.id} ${first.amount}, ${rest.length} more`);
  }
  return lines.join('\n');
}

const parse = (text: string): Entry[] =>
  text
    .split('\n')
    .map((line) => line.split(','))
    .filter((fields) => fields.length >= 2)
    .map(([id, amount, note]) => ({ id: Number(id), amount: Number(amount), note }));

{
  const left = new Account<Entry>('left');
  const right = new Account<Entry>('right');
  for (const entry of parse('1,20,a\n2,30\n3,5,c')) left.add(entry);
  transfer(left, right, 10);
  await report([left, right]);
}
