/**
 * Optional chains with calls: `a?.b(c)?.d` becomes nested conditionals, so that each call can be written as one that may switch.
 * A chain is a base and links; a group of links begins at each `?.`.
 */

import { FORM_SUFFIX } from '../protocol/helpers.ts';
import {
  closeCall,
  describeCallee,
  emitArguments,
  emitMember,
  isDualPrivate,
  mayClobber,
  openCall,
  positionOf,
} from './call-shape.ts';
import type { Emitter } from './emitter.ts';
import { bare, type Node } from './node.ts';

interface Chain {
  base: Node;
  /** Members and calls, innermost first. */
  links: readonly Node[];
  /** Whether the last member is deleted: then a chain that stops early is `true`. */
  deletes: boolean;
}

/** What a group of links begins with: the value before its `?.`, and the object that this value was read from. */
interface Start {
  index: number;
  value: string;
  self: string;
}

/** Writes a chain; one without calls that may switch stays as it is. */
export function emitChain(emitter: Emitter, node: Node) {
  if (!emitLowered(emitter, chainOf(node, false))) emitter.emitChildren(node);
}

/** `delete a?.b().c`: returns false, and writes nothing, if the chain can stay as it is. */
export function emitDeletedChain(emitter: Emitter, node: Node): boolean {
  return emitLowered(emitter, chainOf(node, true));
}

function emitLowered(emitter: Emitter, chain: Chain): boolean {
  const { activation, unit } = emitter;
  const isCall = (link: Node) =>
    link.type === 'OptionalCallExpression' && unit.switching.mayPoint(link);
  // `(a?.b)?.()` keeps its `this`, which only the language itself can do.
  const isPlain = isCallLink(chain.links[0]) && /^Optional/.test(bare(chain.base).type);
  if (activation.mode === 'plain' || isPlain || !chain.links.some(isCall)) {
    if (isCallLink(chain.links[0])) emitter.plainCallees.add(chain.base);
    for (const link of chain.links) emitter.plainCallees.add(link);
    return false;
  }
  emitter.insert('(');
  emitBase(emitter, chain);
  emitter.insert(')');
  return true;
}

function chainOf(node: Node, deletes: boolean): Chain {
  const links: Node[] = [];
  let at = node;
  for (;;) {
    if (at.type === 'TSNonNullExpression') at = at.expression;
    else if (/^Optional/.test(at.type)) {
      links.unshift(at);
      at = at.object ?? at.callee;
    } else return { base: at, links, deletes };
  }
}

function emitBase(emitter: Emitter, chain: Chain): void {
  const { base, links } = chain;
  const value = emitter.freshTemp('$k');
  let self = 'void 0';
  emitter.insert(`(${value}=`);
  const inner = bare(base);
  if (isCallLink(links[0]) && inner.type === 'MemberExpression') {
    emitter.blankTo(inner.start);
    self = emitMember(emitter, inner, emitter.freshTemp('$o'));
    emitter.blankTo(base.end);
  } else {
    emitter.emit(base);
  }
  emitter.insert(`)==null?${chain.deletes ? 'true' : 'void 0'}:`);
  emitGroups(emitter, chain, { index: 0, value, self });
}

function emitGroups(emitter: Emitter, chain: Chain, start: Start): void {
  const { links } = chain;
  const next = links.findIndex((link, index) => index > start.index && link.optional);
  if (next < 0) {
    if (chain.deletes) emitter.insert('delete ');
    emitLink(emitter, chain, start, links.length - 1);
    return;
  }
  const value = emitter.freshTemp('$k');
  const keep = isCallLink(links[next]) && !isCallLink(links[next - 1]);
  const self = keep ? emitter.freshTemp('$o') : 'void 0';
  emitter.insert(`(${value}=`);
  emitLink(emitter, chain, start, next - 1, keep ? self : undefined);
  emitter.insert(`)==null?${chain.deletes ? 'true' : 'void 0'}:`);
  emitGroups(emitter, chain, { index: next, value, self });
}

/**
 * Writes the links of a group up to `index`.
 *
 * @param keep where the object of the last link is kept, if that is a member.
 */
function emitLink(
  emitter: Emitter,
  chain: Chain,
  start: Start,
  index: number,
  keep?: string,
): void {
  const link = chain.links[index] as Node;
  if (!isCallLink(link)) {
    const twin = keep !== undefined && isDualPrivate(emitter, link);
    if (twin) emitter.insert(`${emitter.unit.call('$link')}(`);
    if (keep !== undefined) emitter.insert(`(${keep}=`);
    emitOperand(emitter, chain, start, index);
    if (keep !== undefined) emitter.insert(')');
    emitter.blankTo(link.property.start);
    emitter.insert(link.computed ? '[' : '.');
    if (link.computed) emitter.emit(link.property);
    emitter.copyTo(link.end);
    if (twin) emitter.insert(`,${keep}.#${link.property.id.name}${FORM_SUFFIX})`);
    return;
  }
  const at = positionOf(link);
  openCall(emitter, at);
  emitter.insert(`${emitter.unit.call('$prepare')}(`, at);
  const before = chain.links[index - 1];
  if (index === start.index) {
    emitter.insert(`${start.value},${start.self}`);
  } else if (before !== undefined && !isCallLink(before)) {
    const clobbers = before.computed && mayClobber(before.property);
    const self = clobbers ? emitter.freshTemp('$o') : emitter.temp('$o');
    emitLink(emitter, chain, start, index - 1, self);
    emitter.insert(`,${self}`);
  } else {
    emitLink(emitter, chain, start, index - 1);
    emitter.insert(',void 0');
  }
  emitArguments(emitter, link);
  closeCall(emitter, at, describeCallee(link.callee, emitter.unit.code));
}

function emitOperand(emitter: Emitter, chain: Chain, start: Start, index: number): void {
  if (index === start.index) emitter.insert(start.value);
  else emitLink(emitter, chain, start, index - 1);
}

function isCallLink(link: Node | undefined): boolean {
  return link?.type === 'OptionalCallExpression';
}
