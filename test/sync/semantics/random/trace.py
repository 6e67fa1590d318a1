"""Carries out random programs under gevent: `python3 trace.py < programs.jsonl > cases.jsonl` (gevent 22.10 on libev)."""
import sys, json, gevent
from gevent import Timeout, GreenletExit
from gevent.event import Event, AsyncResult
from gevent.queue import Queue, JoinableQueue, Channel, Empty, Full, LifoQueue
from gevent.lock import Semaphore, RLock
from gevent.pool import Pool
gevent.get_hub().exception_stream = None
class Err(Exception): pass
def show(v):
    if v is None: return 'None'
    if v is True: return 'True'
    if v is False: return 'False'
    if isinstance(v, GreenletExit): return 'GreenletExit'
    if isinstance(v, BaseException): return type(v).__name__
    if isinstance(v, (list, tuple)): return '[' + ','.join(show(x) for x in v) + ']'
    return str(v)
def run(spec):
    out = []
    ev, ar, q, q1, ch, sem, rl, pool = Event(), AsyncResult(), Queue(), Queue(1), Channel(), Semaphore(1), RLock(), Pool(2)
    jq = JoinableQueue(); lq = LifoQueue(2)
    slots = []; ids = {}; n = [0]; items = [0]
    def label(g): return ids.get(g, '?')
    def item(): items[0] += 1; return items[0]
    def log(*a): out.append(' '.join(show(x) for x in a))
    def body(me, b):
        log(me, 'start')
        try:
            do(spec['bodies'][b], me)
        except BaseException as e:
            log(me, 'ends with', e); raise
        log(me, 'end')
        return 'v' + me
    def name():
        n[0] += 1; return 'g%d' % n[0]
    def pick(o):
        return [slots[i % len(slots)] for i in o['s']] if slots else []
    def do(ops, me):
        for o in ops: one(o, me)
    def one(o, me):
        k = o['op']; t = o.get('t')
        if n[0] > 40 and k in ('spawn','spawnraw','poolspawn'): return
        log(me, k)
        r = None
        if k == 'sleep0': gevent.sleep(0)
        elif k == 'sleep': gevent.sleep(t)
        elif k == 'evset': ev.set()
        elif k == 'evclear': ev.clear()
        elif k == 'evwait': r = ev.wait(t)
        elif k == 'arset': ar.set(item())
        elif k == 'arexc': ar.set_exception(Err('x'))
        elif k == 'arget': r = ar.get(timeout=t)
        elif k == 'qput': q.put(item(), timeout=t)
        elif k == 'qget': r = q.get(timeout=t)
        elif k == 'qpeek': r = q.peek(block=False)
        elif k == 'qnb': q1.put(item(), block=False)
        elif k == 'qgnb': r = q1.get(block=False)
        elif k == 'q1put': q1.put(item(), timeout=t)
        elif k == 'q1get': r = q1.get(timeout=t)
        elif k == 'lq': lq.put(item(), block=False); r = lq.get()
        elif k == 'chput': ch.put(item(), timeout=t)
        elif k == 'chget': r = ch.get(timeout=t)
        elif k == 'semacq': r = sem.acquire(timeout=t)
        elif k == 'semrel': r = sem.release()
        elif k == 'rl':
            rl.acquire()
            try: do(o['body'], me)
            finally: rl.release()
            log(me, 'rl released')
        elif k == 'with':
            with sem: do(o['body'], me)
        elif k == 'spawn':
            nm = name(); g = gevent.spawn(body, nm, o['b']); ids[g] = nm; slots.append(g)
        elif k == 'spawnraw':
            nm = name(); gevent.spawn_raw(body, nm, o['b'])
        elif k == 'poolspawn':
            nm = name(); g = pool.spawn(body, nm, o['b']); ids[g] = nm; slots.append(g)
        elif k == 'pooljoin': r = pool.join(timeout=t)
        elif k == 'pmap': r = pool.map(lambda x: (log(me, 'map', x), gevent.sleep(0), x)[2], range(o['n']))
        elif k == 'imap':
            for x in pool.imap_unordered(lambda x: (log(me, 'imap', x), gevent.sleep(0) if x % 2 else 0, x)[2], range(o['n'])): log(me, 'got', x)
        elif k == 'jq': jq.put(item())
        elif k == 'jqget': r = jq.get(timeout=t); jq.task_done()
        elif k == 'jqjoin': r = jq.join(timeout=t)
        elif k in ('kill', 'killnb'):
            for g in pick(o)[:1]: g.kill(block=k == 'kill')
        elif k == 'selfkill': gevent.getcurrent().kill(block=False) if me != 'main' else None
        elif k == 'killall': gevent.killall(pick(o))
        elif k == 'killall_nb': gevent.killall(pick(o), block=False)
        elif k == 'join':
            for g in pick(o)[:1]: r = g.join(t)
        elif k == 'get':
            for g in pick(o)[:1]: r = g.get(timeout=t)
        elif k == 'joinall': r = [label(g) for g in gevent.joinall(pick(o), timeout=t)]
        elif k == 'wait': r = [label(g) for g in gevent.wait(pick(o), timeout=t)]
        elif k == 'iwait':
            for g in gevent.iwait(pick(o), timeout=t): log(me, 'ready', label(g)); gevent.sleep(0)
        elif k == 'link':
            for g in pick(o)[:1]: g.link(lambda s: log('link', label(s), s.successful())); g.rawlink(lambda s: log('rawlink', label(s)))
        elif k == 'fail': raise Err('boom')
        elif k == 'exit': raise GreenletExit()
        elif k == 'try':
            try: do(o['body'], me)
            except BaseException as e: log(me, 'caught', e); do(o['after'], me)
        elif k == 'fin':
            try: do(o['body'], me)
            finally: log(me, 'finally'); do(o['after'], me)
        elif k == 'tmo':
            x = [None, False, Err('tmo')][o['x']]
            with Timeout(o['t'], x): do(o['body'], me)
            log(me, 'after tmo')
        log(me, k, '->', r)
    def main():
        log('main start')
        try: do(spec['main'], 'main')
        except BaseException as e: log('main', 'caught', e)
    m = gevent.spawn(main)
    for _ in range(spec['turns']): gevent.sleep(0)
    log('--', m.ready(), [x.ready() for x in slots])
    m.kill(block=False); gevent.killall(slots, block=False)
    for _ in range(20): gevent.sleep(0)
    log('--', [x.value for x in slots], [x.exception for x in slots], ev.linkcount(), ar.linkcount(), sem.counter, sem.linkcount(), q.qsize(), q1.qsize(), len(pool))
    return out
for line in sys.stdin:
    program = json.loads(line)['program']
    print(json.dumps({'program': program, 'trace': run(program)}, separators=(',', ':')))
