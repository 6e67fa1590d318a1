/** The guide's sentences in Simplified Chinese. */

import type { GuideTexts, Wait } from './guide-texts.ts';

export const ZH_CN: GuideTexts = {
  hub: 'hub',
  list(names) {
    const last = names.at(-1) ?? '';
    return names.length < 2 ? last : `${names.slice(0, -1).join('、')} 和${spaced(last)}`;
  },

  others: (count) => `另外 ${count} 个 greenlet`,

  parked(name, { kind, call, on, owner }) {
    switch (kind) {
      case 'turn':
        return `${name} 用 ${callOf(call, on)} 让出了执行权`;
      case 'time':
        return on === '' ? `${name} 睡眠了` : `${name} 开始睡眠 ${on} 秒（${callOf(call, on)}）`;
      case 'end':
        return `${name} 在 ${call} 中等待 ${on || '其他 greenlet'} 结束`;
      case 'death':
        return `${name} 终止了 ${on || '其他 greenlet'}，并等待它真正结束`;
      case 'item':
        return `${name} 在 ${call} 中等待：${queue(on)} 是空的`;
      case 'room':
        return `${name} 在 ${call} 中等待：${queue(on)} 已满`;
      case 'done':
        return `${name} 在 ${call} 中等待 ${queue(on)} 里的工作全部完成`;
      case 'lock':
        return owner === ''
          ? `${name} 在 ${call} 中等待：${lock(on)} 已被占用`
          : `${name} 在 ${call} 中等待：${lock(on)} 被 ${owner} 持有`;
      case 'event':
        return `${name} 在 ${call} 中等待 ${on || '事件'} 被设置`;
      case 'value':
        return `${name} 在 ${call} 中等待 ${on || '结果'} 有值`;
      case 'promise':
        return `${name} 在 ${call} 中等待一个 promise 敲定`;
      case 'io':
        return `${name} 在 ${call} 中等待外部世界`;
      case 'async':
        return `${name} 调用了一个 async 函数，它立即在自己的 greenlet 里运行`;
      case 'other':
        return `${name} 在 ${callOf(call, on)} 中等待`;
    }
  },
  ended: (name) => `${name} 结束了`,
  failed: (name, error) => `${name} 因错误而结束（${error}）`,
  killed: (name) => `${name} 被终止，结束了`,

  wasReady: (name) => `${name} 已经在队列里等着，所以轮到 ${name} 运行`,
  starts: (name) => `${name} 在队列里，还没有运行过，所以现在开始运行`,
  woken(name, wait, by) {
    const over = whyOver(name, wait, by);
    return over === '' ? `${name} 被唤醒，继续运行` : `${over}，所以 ${name} 继续运行`;
  },
  struck: (name) => `GreenletExit 抛进 ${name}，它最后运行一次来做清理`,
  interrupted: (name) => `${name} 没有等到它要的东西，就继续运行了`,
  wokenEarly: (name, on) => `${name} 的 ${on} 秒还没到就被唤醒：Timeout 或终止抛进了它`,
  runs: (name) => `${name} 开始运行`,
  idledUntil: (clause) => `没有任何 greenlet 就绪，hub 只好等待；后来${spaced(clause)}`,
  afterIdling: (clause) => `hub 等待了一会儿；后来${spaced(clause)}。`,
  idles: '没有任何 greenlet 就绪，hub 在等待',
  isOver: '再也没有 greenlet 要运行了',
  sentence: (first, second) => `${first}；${second}。`,

  earlier: (count) => `在此之前还有 ${count} 次切换。`,
  spawned: (spawner, names) =>
    `${spawner} 派生了 ${ZH_CN.list(names)}。${names.length === 1 ? '它' : '它们'}已进入队列：spawn 本身不会运行任何代码。`,

  yields(name, { kind, call, on, owner }) {
    switch (kind) {
      case 'turn':
        return `${name} 即将让出执行权：${callOf(call, on)} 会把它放到队列末尾。`;
      case 'time':
        return `${name} 即将睡眠 ${on} 秒，这段时间其他 greenlet 可以运行。`;
      case 'end':
        return `${name} 即将在 ${call} 中等待 ${on || '其他 greenlet'} 结束。`;
      case 'death':
        return `${name} 终止 ${on || '其他 greenlet'}，并即将等待它真正结束。`;
      case 'item':
        return `${name} 即将在 ${call} 中等待：${queue(on)} 是空的。`;
      case 'room':
        return `${name} 即将在 ${call} 中等待：${queue(on)} 已满。`;
      case 'done':
        return `${name} 即将在 ${call} 中等待，直到 ${queue(on)} 里的工作全部完成。`;
      case 'lock':
        return owner === ''
          ? `${name} 即将在 ${call} 中等待：${lock(on)} 已被占用。`
          : `${name} 即将在 ${call} 中等待：${lock(on)} 被 ${owner} 持有。`;
      case 'event':
        return `${name} 即将在 ${call} 中等待：${on || '事件'} 还没有被设置。`;
      case 'value':
        return `${name} 即将在 ${call} 中等待：${on || '结果'} 还没有值。`;
      case 'promise':
        return `${name} 即将在 ${call} 中等待：promise 还没有敲定。`;
      case 'io':
        return `${name} 即将在 ${call} 中等待程序之外的世界。`;
      case 'async':
      case 'other':
        return `${name} 即将在 ${callOf(call, on)} 中让出执行权。`;
    }
  },
  atEntry: (name) => `程序停在第一行：现在只有 ${name}。`,
  atBreakpoint: (name) => `${name} 到达了断点。它仍在运行：这不是切换。`,
  atStep: (name) => `${name} 走了一步。`,
  atSpawn: '正在派生一个 greenlet：它会排到队列末尾。',
  atStart: (name) => `${name} 第一次运行。`,
  atExit: (name) => `${name} 刚刚结束，等待它的 greenlet 都会被唤醒。`,
  atKill: (name) => `${name} 被终止：GreenletExit 会在它停留的地方抛出。`,
  atTimeout: (name) => `${name} 的时间到了：Timeout 会在它停留的地方抛出。`,
  atBlocked: (name) => `${name} 运行了很久都没有让出：其他 greenlet 全都在等它。`,
  atDeadlock: (names) =>
    names.length === 0
      ? '再也没有 greenlet 能够运行：大家都在等待没有人会去做的事情。'
      : `死锁：${[...names, names[0]].join(' 等待 ')}。它们谁也无法继续。`,
  atError: (name, error) => `${name} 抛出了错误：${error}。`,
  atPause: (name) => `${name} 已暂停。`,

  nextIs: (name) => `队列里的第一个是 ${name}：接下来轮到它。`,
  nextStarts: (name) => `队列里的第一个是 ${name}：接下来它第一次运行。`,
  nextIsIdle: '队列是空的：hub 会一直等到有 greenlet 被唤醒。',
  nextIsSelf: (name) => `队列里没有别的 greenlet，所以 ${name} 自己继续运行。`,

  running: '程序正在运行。',
  hasEnded: '程序已经结束。',

  never: (what) => `绝不发生：${what}`,
  times(what, count, atLeast, atMost) {
    const wanted =
      atLeast === atMost
        ? `共 ${atLeast} 次`
        : atMost === Number.POSITIVE_INFINITY
          ? `至少 ${atLeast} 次`
          : `至多 ${atMost} 次`;
    return `${what}：${wanted}，已有 ${count} 次`;
  },
  reasons: (name, reasons) => `${name} 依次因 ${reasons.join('、')} 而让出`,
  instead: (what) => `实际发生的是：${what}`,
};

function whyOver(name: string, { kind, on }: Wait, by: string): string {
  switch (kind) {
    case 'turn':
      return `轮到了 ${name}`;
    case 'time':
      return on === '' ? `${name} 的时间到了` : `${name} 的 ${on} 秒已过`;
    case 'end':
      return `${name} 等待的 greenlet 已经结束`;
    case 'death':
      return `${on || '被终止的 greenlet'} 已经结束`;
    case 'item':
      return by === '' ? `${queue(on)} 里有了数据` : `${by} 往 ${queue(on)} 里放了数据`;
    case 'room':
      return by === '' ? `${queue(on)} 有了空位` : `${by} 从 ${queue(on)} 里取走了数据`;
    case 'done':
      return `${queue(on)} 里的工作全部完成了`;
    case 'lock':
      return by === '' ? `${lock(on)} 空闲了` : `${by} 释放了 ${lock(on)}`;
    case 'event':
      return by === '' ? `${on || '事件'} 已被设置` : `${by} 设置了 ${on || '事件'}`;
    case 'value':
      return by === '' ? `${on || '结果'} 有了值` : `${by} 给了 ${on || '结果'} 一个值`;
    case 'promise':
      return `${name} 等待的 promise 已经敲定`;
    case 'io':
      return `外部有了 ${name} 要的东西`;
    case 'async':
      return 'async 函数已让出或返回';
    case 'other':
      return '';
  }
}

function callOf(call: string, on: string): string {
  return `${call}(${on})`;
}

function queue(on: string): string {
  return on === '' ? '队列' : on;
}

function lock(on: string): string {
  return on === '' ? '锁' : on;
}

/** A space between Chinese and Latin letters, none between Chinese ones. */
function spaced(clause: string): string {
  return /^[!-~]/.test(clause) ? ` ${clause}` : clause;
}
