"""
Carries out random programs under gevent: `python3 trace.py < programs.jsonl > cases.jsonl` (gevent 22.10 on libev). Programs that use time
are carried out three times; those whose trace is not always the same are left out. `interpreter.ts` does the same with greenlets.
"""

from gevent import monkey
monkey.patch_thread()  # so that `threading.Condition` waits as greenlets do

import json
import sys
import threading
import gevent
from gevent import Greenlet, GreenletExit, Timeout
from gevent.event import AsyncResult, Event
from gevent.lock import BoundedSemaphore, RLock, Semaphore
from gevent.pool import Group, Pool
from gevent.queue import Channel, JoinableQueue, LifoQueue, PriorityQueue, Queue

UNIT = 0.004
MOST = 40
NAMES = {'ValueError': 'RangeError', 'RuntimeError': 'Error', 'AssertionError': 'Error'}

gevent.get_hub().exception_stream = None


class Err(Exception):
    pass


class Members(dict):
    """What a group keeps its members in, in place of a set, whose order is that of addresses."""
    add = lambda self, each: self.setdefault(each)
    discard = lambda self, each: self.pop(each, None)


def show(value):
    if value is None: return 'None'
    if value is True: return 'True'
    if value is False: return 'False'
    if isinstance(value, BaseException): return NAMES.get(type(value).__name__, type(value).__name__)
    if isinstance(value, (list, tuple)): return '[' + ','.join(show(each) for each in value) + ']'
    return str(value)


def run(spec):
    out = []
    ev, ars, ch = Event(), [AsyncResult(), AsyncResult(), AsyncResult()], Channel()
    queues = [Queue(), Queue(1), LifoQueue(2), PriorityQueue(), JoinableQueue(), JoinableQueue(2)]
    locks = [Semaphore(1), Semaphore(2), BoundedSemaphore(1)]
    rl = RLock()
    cond = threading.Condition(RLock())
    pool, group = Pool(2), Group()
    pool.greenlets, group.greenlets = Members(), Members()
    slots, ids, links = [], {}, {}
    counts = {'greenlets': 0, 'items': 0, 'loops': 0}

    def log(*values):
        out.append(' '.join(show(each) for each in values))

    def label(each):
        if each is ev: return 'ev'
        if each in ars: return 'ar%d' % ars.index(each)
        if each in locks: return 'sem%d' % locks.index(each)
        return ids.get(each, '?')

    def item():
        counts['items'] += 1
        return counts['items']

    def later(op):
        return op['t'] * UNIT if 't' in op else None

    def body(me, number):
        log(me, 'start')
        try:
            do(spec['bodies'][number], me)
        except BaseException as error:
            log(me, 'ends with', error)
            raise
        log(me, 'end')
        return 'v' + me

    def fresh():
        counts['greenlets'] += 1
        return 'g%d' % counts['greenlets']

    def keep(name, greenlet):
        ids[greenlet] = name
        slots.append(greenlet)

    def picked(op):
        return [slots[each % len(slots)] for each in op['s']] if slots else []

    def first(op):
        return picked(op)[:1]

    def objects(op):
        chosen = picked(op) + [[ev, ars[0], ars[1], locks[0]][each] for each in op['o']]
        return list(dict.fromkeys(chosen))

    def thrown(op):
        if 'e' not in op: return GreenletExit
        return [Err, Err('thrown')][op['e']]

    def work(me, op):
        def call(x):
            log(me, 'works on', x)
            if op['p'] != 0 and x % 2: gevent.sleep(0)
            if op['p'] == 2 and x == 1: raise Err('work')
            return x * 10
        return call

    def do(ops, me):
        for op in ops:
            one(op, me)

    def one(op, me):
        name, t = op['op'], later(op)
        if counts['greenlets'] >= MOST and 'b' in op: return
        log(me, name)
        r = None
        if name == 'sleep0': gevent.sleep(0)
        elif name == 'sleep': gevent.sleep(t)
        elif name == 'evset': ev.set()
        elif name == 'evclear': ev.clear()
        elif name == 'evwait': r = ev.wait(t)
        elif name == 'evrawlink': ev.rawlink(lambda source: log('told', label(source)))
        elif name == 'arset': ars[op['x']].set(item())
        elif name == 'arexc': ars[op['x']].set_exception(Err('x'))
        elif name == 'arget': r = ars[op['x']].get(timeout=t)
        elif name == 'arwait': r = ars[op['x']].wait(timeout=t)
        elif name == 'arnowait': r = ars[op['x']].get_nowait()
        elif name == 'arrawlink': ars[op['x']].rawlink(lambda source: log('told', label(source)))
        elif name == 'put': queues[op['q']].put(item(), timeout=t)
        elif name == 'get': r = queues[op['q']].get(timeout=t)
        elif name == 'putnb': queues[op['q']].put(item(), block=False)
        elif name == 'getnb': r = queues[op['q']].get_nowait()
        elif name == 'peek': r = queues[op['q']].peek(timeout=t)
        elif name == 'peeknb': r = queues[op['q']].peek_nowait()
        elif name == 'chput': ch.put(item(), timeout=t)
        elif name == 'chget': r = ch.get(timeout=t)
        elif name == 'chputnb': ch.put_nowait(item())
        elif name == 'chgetnb': r = ch.get_nowait()
        elif name == 'taskdone': queues[op['q']].task_done()
        elif name == 'jget':
            r = queues[op['q']].get(timeout=t)
            queues[op['q']].task_done()
        elif name == 'jjoin': r = queues[op['q']].join(timeout=t)
        elif name == 'acquire': r = locks[op['m']].acquire(timeout=t)
        elif name == 'release': r = locks[op['m']].release()
        elif name == 'tryacquire': r = locks[op['m']].acquire(blocking=False)
        elif name == 'semwait': r = locks[op['m']].wait(timeout=t)
        elif name == 'semrawlink': locks[op['m']].rawlink(lambda source: log('told', label(source)))
        elif name == 'rlacquire': r = bool(rl.acquire(timeout=t))
        elif name == 'rlrelease': rl.release()
        elif name == 'condwait':
            with cond: r = cond.wait(t)
        elif name == 'condnotify':
            with cond: cond.notify(op['n'])
        elif name == 'condnotifyall':
            with cond: cond.notify_all()
        elif name == 'spawn':
            mine = fresh()
            keep(mine, gevent.spawn(body, mine, op['b']))
        elif name == 'spawnraw': gevent.spawn_raw(body, fresh(), op['b'])
        elif name == 'spawnlater':
            mine = fresh()
            keep(mine, gevent.spawn_later(t, body, mine, op['b']))
        elif name == 'create':
            mine = fresh()
            keep(mine, Greenlet(body, mine, op['b']))
        elif name == 'start':
            for each in first(op): each.start()
        elif name == 'startlater':
            for each in first(op): each.start_later(t)
        elif name == 'kill':
            for each in first(op): r = each.kill(thrown(op), timeout=t)
        elif name == 'killnb':
            for each in first(op): r = each.kill(thrown(op), block=False)
        elif name == 'killfn':
            for each in first(op): r = gevent.kill(each)
        elif name == 'killall': r = gevent.killall(picked(op), thrown(op), timeout=t)
        elif name == 'killallnb': r = gevent.killall(picked(op), thrown(op), block=False)
        elif name == 'selfkill':
            if me in ids.values(): gevent.getcurrent().kill()
        elif name == 'selfkillnb':
            if me in ids.values(): gevent.getcurrent().kill(block=False)
        elif name == 'join':
            for each in first(op): r = each.join(t)
        elif name == 'gget':
            for each in first(op): r = each.get(timeout=t)
        elif name == 'ggetnb':
            for each in first(op): r = each.get(block=False)
        elif name == 'joinall':
            r = [label(each) for each in gevent.joinall(picked(op), timeout=t, raise_error='r' in op, count=op.get('c'))]
        elif name == 'wait':
            r = [label(each) for each in gevent.wait(objects(op), timeout=t, count=op.get('c'))]
        elif name == 'iwait':
            with gevent.iwait(objects(op), timeout=t, count=op.get('c')) as ready:
                for each in ready:
                    log(me, 'ready', label(each))
                    gevent.sleep(0)
        elif name in ('link', 'linkvalue', 'linkexc', 'rawlink', 'rawlinkbad', 'linkbad', 'linkslow', 'linkspawn'):
            for each in first(op): link(each, name, op)
        elif name == 'linkar':
            for each in first(op): each.link(ars[op['x']])
        elif name == 'unlink':
            for each in first(op):
                if links.get(each): each.unlink(links[each].pop())
        elif name == 'poolspawn':
            mine = fresh()
            keep(mine, pool.spawn(body, mine, op['b']))
        elif name in ('poolstartnb', 'poolstart'):
            mine = fresh()
            greenlet = Greenlet(body, mine, op['b'])
            keep(mine, greenlet)
            if name == 'poolstart': pool.start(greenlet, timeout=t)
            else: pool.start(greenlet, blocking=False)
        elif name == 'pooljoin': r = pool.join(timeout=t, raise_error='r' in op)
        elif name == 'poolkill': r = pool.kill(thrown(op), timeout=t)
        elif name == 'poolkillone':
            for each in first(op): r = pool.killone(each, thrown(op), timeout=t)
        elif name == 'poolwait': r = pool.wait_available(timeout=t)
        elif name == 'poolapply': r = pool.apply(body, (fresh(), op['b']))
        elif name == 'poolapplyasync': pool.apply_async(body, (fresh(), op['b']), callback=lambda value: log(me, 'has', value))
        elif name == 'pooladd':
            for each in first(op):
                if each not in pool: pool.add(each, timeout=t)
        elif name == 'pooldiscard':
            for each in first(op):
                if each in pool: pool.discard(each)
        elif name == 'groupspawn':
            mine = fresh()
            keep(mine, group.spawn(body, mine, op['b']))
        elif name == 'groupadd':
            for each in first(op):
                if each not in group: group.add(each)
        elif name == 'groupjoin': r = group.join(timeout=t, raise_error='r' in op)
        elif name == 'groupkill': r = group.kill(thrown(op), timeout=t)
        elif name == 'groupkillnb': r = group.kill(thrown(op), block=False)
        elif name == 'groupkillone':
            for each in first(op): r = group.killone(each, thrown(op), timeout=t)
        elif name == 'groupdiscard':
            for each in first(op): group.discard(each)
        elif name == 'map': r = pool.map(work(me, op), range(op['n']))
        elif name == 'mapasync': keep(fresh(), pool.map_async(work(me, op), range(op['n']), callback=lambda values: log(me, 'has', values)))
        elif name == 'imap':
            for each in pool.imap(work(me, op), range(op['n']), maxsize=op.get('l')): log(me, 'got', each)
        elif name == 'imapunordered':
            for each in pool.imap_unordered(work(me, op), range(op['n']), maxsize=op.get('l')): log(me, 'got', each)
        elif name == 'fail': raise Err('boom')
        elif name == 'exit': raise GreenletExit()
        elif name == 'return': pass
        elif name == 'try':
            try: do(op['body'], me)
            except BaseException as error:
                log(me, 'caught', error)
                do(op['after'], me)
        elif name == 'finally':
            try: do(op['body'], me)
            finally:
                log(me, 'finally')
                do(op['after'], me)
        elif name == 'timeout':
            with Timeout(t, [None, False, Err('timeout')][op['x']]): do(op['body'], me)
        elif name == 'withtimeout':
            if op['x'] == 0: r = gevent.with_timeout(t, do, op['body'], me)
            else: r = gevent.with_timeout(t, do, op['body'], me, timeout_value='late')
        elif name == 'holding':
            with locks[op['m']]: do(op['body'], me)
        elif name == 'rlholding':
            with rl: do(op['body'], me)
        elif name == 'condholding':
            with cond: do(op['body'], me)
        elif name == 'repeat':
            for _ in range(op['n']):
                counts['loops'] += 1
                if counts['loops'] < 60: do(op['body'], me)
        log(me, name, '->', r)

    def link(greenlet, name, op):
        mine = len(out)
        def told(source): log(name, mine, label(source), source.successful())
        def bad(source):
            told(source)
            raise Err('link')
        def slow(source):
            told(source)
            gevent.sleep(0)
            told(source)
        def spawns(source):
            told(source)
            if counts['greenlets'] < MOST:
                other = fresh()
                keep(other, gevent.spawn(body, other, op['b']))
        callback = {'rawlinkbad': bad, 'linkbad': bad, 'linkslow': slow, 'linkspawn': spawns}.get(name, told)
        links.setdefault(greenlet, []).append(callback)
        if name in ('rawlink', 'rawlinkbad'): greenlet.rawlink(callback)
        elif name == 'linkvalue': greenlet.link_value(callback)
        elif name == 'linkexc': greenlet.link_exception(callback)
        else: greenlet.link(callback)

    def main():
        log('main start')
        try: do(spec['main'], 'main')
        except BaseException as error: log('main', 'caught', error)

    m = gevent.spawn(main)
    if spec['timed']: gevent.sleep(50 * UNIT)
    else:
        for _ in range(300): gevent.sleep(0)
    log('--', m.ready(), [each.ready() for each in slots])
    m.kill(block=False)
    gevent.killall(slots, block=False)
    for _ in range(20): gevent.sleep(0)
    if spec['timed']: gevent.sleep(50 * UNIT)
    log('--', [each.value for each in slots], [each.exception for each in slots])
    log(ev.linkcount(), [each.linkcount() for each in ars], [[each.counter, each.linkcount()] for each in locks])
    log([each.qsize() for each in queues], ch.balance, len(pool), pool.free_count(), len(group))
    return out


for line in sys.stdin:
    program = json.loads(line)['program']
    traces = [run(program) for _ in range(3 if program['timed'] else 1)]
    if all(each == traces[0] for each in traces):
        print(json.dumps({'program': program, 'trace': traces[0]}, separators=(',', ':')), flush=True)
