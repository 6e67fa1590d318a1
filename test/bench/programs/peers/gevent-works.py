"""The works, with gevent. Arguments and output are those of run-work.mjs."""

import gc
import json
import os
import resource
import sys
import time

import gevent
from gevent.event import Event
from gevent.lock import Semaphore
from gevent.pool import Pool
from gevent.queue import Channel, Queue
from gevent.util import GreenletTree


def nothing():
    pass


def since(start, count):
    return {'time': (time.process_time() - start) * 1e9 / count}


def memory():
    gc.collect()
    with open('/proc/self/statm') as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def times(count):
    seed = 1
    result = []
    for _ in range(count):
        seed = seed * 48_271 % 2_147_483_647
        result.append(seed / 2_147_483_647)
    return result


def spawn(count):
    start = time.process_time()
    gevent.joinall([gevent.spawn(nothing) for _ in range(count)])
    return since(start, count)


def sleep(count, among):
    each = count // among

    def body():
        for _ in range(each):
            gevent.sleep(0)

    greenlets = [gevent.spawn(body) for _ in range(among)]
    start = time.process_time()
    gevent.joinall(greenlets)
    return since(start, count)


def transfer(items, count):
    def put():
        for i in range(count):
            items.put(i)

    def get():
        for _ in range(count):
            items.get()

    start = time.process_time()
    gevent.joinall([gevent.spawn(get), gevent.spawn(put)])
    return since(start, count)


def queue(count):
    return transfer(Queue(), count)


def bounded(count):
    return transfer(Queue(1), count)


def channel(count):
    return transfer(Channel(), count)


def event(rounds, waiters):
    events = [Event() for _ in range(rounds)]

    def body():
        for each in events:
            each.wait()

    greenlets = [gevent.spawn(body) for _ in range(waiters)]
    gevent.sleep(0)
    start = time.process_time()
    for each in events:
        each.set()
        gevent.sleep(0)
    gevent.joinall(greenlets)
    return since(start, rounds * waiters)


def pool(count, size):
    members = Pool(size)
    start = time.process_time()
    members.map(lambda item: item, range(count))
    return since(start, count)


def semaphore(rounds, among):
    lock = Semaphore(1)

    def body():
        for _ in range(rounds):
            lock.acquire()
            gevent.sleep(0)
            lock.release()
            gevent.sleep(0)

    greenlets = [gevent.spawn(body) for _ in range(among)]
    start = time.process_time()
    gevent.joinall(greenlets)
    return since(start, rounds * among)


def parked(count):
    flag = Event()
    before = memory()
    greenlets = [gevent.spawn(flag.wait) for _ in range(count)]
    gevent.sleep(0)
    return {'bytes': (memory() - before) / len(greenlets)}


def timers(count):
    late = []

    def body(seconds):
        start = time.perf_counter()
        gevent.sleep(seconds)
        late.append((time.perf_counter() - start - seconds) * 1e3)

    durations = times(count)
    start = time.process_time()
    gevent.joinall([gevent.spawn(body, each) for each in durations])
    return {**since(start, count), 'late': sorted(late)[count * 99 // 100]}


def kill(count):
    greenlets = [gevent.spawn(gevent.sleep, 1000) for _ in range(count)]
    gevent.sleep(0)
    start = time.process_time()
    gevent.killall(greenlets)
    return since(start, count)


def tree(count):
    flag = Event()
    greenlets = [gevent.spawn(flag.wait) for _ in range(count)]
    gevent.sleep(0)
    start = time.process_time()
    GreenletTree.forest()
    return since(start, len(greenlets))


WORKS = {
    'spawn': spawn, 'sleep': sleep, 'queue': queue, 'bounded': bounded, 'channel': channel, 'event': event,
    'pool': pool, 'semaphore': semaphore, 'memory': parked, 'timers': timers, 'kill': kill, 'tree': tree,
}

if __name__ == '__main__':
    name, warm_up, *numbers = sys.argv[1:]
    first, *rest = map(int, numbers)
    if warm_up != '0':
        WORKS[name](int(warm_up), *rest)
    print(json.dumps(WORKS[name](first, *rest)), flush=True)
    os._exit(0)
