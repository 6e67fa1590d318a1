/** lodash groups, sorts, merges, debounces nothing, and walks deep objects. */

import * as lodash from 'lodash-es';
import { lockfile } from '../input.mjs';

export function run() {
  const { chain, cloneDeep, curry, flow, isEqual, memoize, merge, template } = lodash;
  const lock = lockfile();
  const list = lodash.map(lock, (each, name) => ({ name, ...each }));
  const clone = cloneDeep(lock);
  const add = curry((a, b, c) => a + b + c);
  return [
    lodash.countBy(list, 'license'),
    lodash.mapValues(
      lodash.groupBy(list, (each) => each.version?.[0]),
      'length',
    ),
    lodash.orderBy(list, ['license', (each) => each.name.length], ['asc', 'desc']).slice(0, 40),
    isEqual(lock, clone),
    isEqual(lock, merge(clone, { x: { y: [1, { z: 2 }] } })),
    clone.x,
    lodash.difference(Object.keys(clone), Object.keys(lock)),
    lodash.flattenDeep([1, [2, [3, [4]]]]),
    lodash.chunk(lodash.range(10), 3),
    lodash.get(clone, 'x.y[1].z'),
    lodash.set({}, 'a.b[0].c', 1),
    add(1)(2)(3),
    flow([(n) => n + 1, memoize((n) => n * 2)])(4),
    template('<% each.forEach((n) => { %><%- n %>,<% }) %>')({ each: ['<', 2] }),
    lodash
      .sortBy(lodash.words('some camelCase and snake_case words'), lodash.upperFirst)
      .map(lodash.kebabCase),
    chain ? lodash.sum(lodash.times(50, (n) => n ** 2)) : 0,
    lodash.uniqWith([{ a: 1 }, { a: 1 }, { a: 2 }], isEqual),
    lodash.partition([1, 2, 3, 4], (n) => n % 2),
  ];
}
