/** Immutable changes, groups, sorts and compares collections. */

import Immutable from 'immutable';
import { lockfile } from '../input.mjs';

export function run() {
  const { fromJS, is, List, Map: Dictionary, OrderedSet, Range, Record, Seq } = Immutable;
  const all = fromJS(lockfile());
  const dev = all.filter((each) => each.get('dev')).map((each) => each.get('version', ''));
  const grouped = all.groupBy((each) => each.get('license', 'none')).map((each) => each.size);
  const changed = all
    .setIn(['x', 'y', 'z'], 1)
    .updateIn(['x', 'y', 'z'], (n) => n + 1)
    .mergeDeep({ x: { w: 3 } });
  const Point = Record({ x: 0, y: 0 });
  const list = List(Range(0, 2000)).withMutations((each) => each.push(1).unshift(2).set(5, 'five'));
  return [
    dev.toJS(),
    grouped.sort().toJS(),
    changed.get('x').toJS(),
    is(all, fromJS(lockfile())),
    is(all, changed),
    new Point({ x: 1 }).set('y', 2).toJS(),
    list
      .zip(list.reverse())
      .filter(([a, b]) => a < b)
      .take(50)
      .toJS(),
    list
      .sortBy((each) => String(each))
      .slice(0, 100)
      .toJS(),
    OrderedSet([3, 1, 3, 2]).union([9, 1]).toJS(),
    Seq([1, 2, 3, 4])
      .filter((n) => n % 2)
      .flatMap((n) => [n, n * n])
      .reduce((sum, n) => sum + n, 0),
    Dictionary().set({}, 1).set(Number.NaN, 2).get(Number.NaN),
  ];
}
