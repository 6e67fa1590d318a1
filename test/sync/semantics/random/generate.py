"""
Makes random programs: `python3 generate.py FIRST_SEED AFTER_LAST > programs.jsonl`. Give them to trace.py.

A program is data: a list of bodies, which greenlets run, and what the first greenlet does. Odd seeds also use time: each
time limit is a power of two, used once in the text, so that two of them end together only where the order says so.
"""

import json
import random
import sys

# What an operation is made of: `t` a time limit, `b` the number of a body, `s` greenlets, `n` and `x` small numbers, `o` objects that can
# be waited for; `T` needs time. The number is its weight.
OPERATIONS = {
    'sleep0': (8, ''), 'sleep': (3, 't!'),
    'evset': (2, ''), 'evclear': (2, ''), 'evwait': (4, 't'), 'evrawlink': (1, 'x'),
    'arset': (2, 'x'), 'arexc': (1, 'x'), 'arget': (3, 'tx'), 'arwait': (2, 'tx'), 'arnowait': (1, 'x'), 'arrawlink': (1, 'x'),
    'put': (8, 'tq'), 'get': (8, 'tq'), 'putnb': (2, 'q'), 'getnb': (2, 'q'), 'peek': (2, 'tq'), 'peeknb': (1, 'q'),
    'chput': (4, 't'), 'chget': (4, 't'), 'chputnb': (1, 'T'), 'chgetnb': (1, 'T'),
    'taskdone': (1, 'j'), 'jget': (3, 'tj'), 'jjoin': (3, 'tj'),
    'acquire': (4, 'tm'), 'release': (4, 'm'), 'tryacquire': (2, 'm'), 'semwait': (2, 'tm'), 'semrawlink': (1, 'm'),
    'rlacquire': (1, 't'), 'rlrelease': (1, ''),
    'condwait': (3, 't'), 'condnotify': (3, 'n'), 'condnotifyall': (1, ''),
    'spawn': (12, 'b'), 'spawnraw': (3, 'b'), 'spawnlater': (2, 't!b'), 'create': (2, 'b'), 'start': (2, 's'), 'startlater': (1, 't!s'),
    'kill': (2, 'tse'), 'killnb': (3, 'se'), 'killfn': (1, 's'), 'killall': (2, 'tse'), 'killallnb': (1, 'se'), 'selfkill': (1, ''),
    'selfkillnb': (1, ''),
    'join': (3, 'ts'), 'gget': (3, 'ts'), 'ggetnb': (1, 's'), 'joinall': (4, 'tscr'), 'wait': (3, 'tsoc'), 'iwait': (3, 'tsoc'),
    'link': (2, 's'), 'linkvalue': (1, 's'), 'linkexc': (1, 's'), 'rawlink': (2, 's'), 'rawlinkbad': (1, 's'), 'linkbad': (1, 's'),
    'linkslow': (1, 's'), 'linkar': (1, 'sx'), 'unlink': (1, 's'), 'linkspawn': (1, 'sb'),
    'poolspawn': (5, 'b'), 'poolstartnb': (1, 'b'), 'poolstart': (1, 'tb'), 'pooljoin': (2, 'tr'), 'poolkill': (1, 'te'), 'poolwait': (1, 't'),
    'poolkillone': (1, 'tse'), 'poolapply': (1, 'b'), 'poolapplyasync': (1, 'b'), 'pooladd': (1, 'ts'), 'pooldiscard': (1, 's'),
    'groupspawn': (2, 'b'), 'groupadd': (1, 's'), 'groupjoin': (2, 'tr'), 'groupkill': (1, 'te'), 'groupkillnb': (1, 'e'),
    'groupkillone': (1, 'tse'), 'groupdiscard': (1, 's'),
    'map': (2, 'np'), 'mapasync': (1, 'np'), 'imap': (2, 'npl'), 'imapunordered': (2, 'npl'),
    'fail': (2, ''), 'exit': (1, ''), 'return': (1, ''),
    'try': (9, 'B'), 'finally': (9, 'B'), 'timeout': (5, 't?xB'), 'withtimeout': (2, 't!xB'), 'holding': (4, 'mB'), 'rlholding': (3, 'B'),
    'condholding': (2, 'B'), 'repeat': (2, 'nB'),
}
NAMES = list(OPERATIONS)
WEIGHTS = [weight for weight, _ in OPERATIONS.values()]


def generate(seed):
    r = random.Random(seed)
    times = [1, 2, 4, 8, 16] if seed % 2 else []
    r.shuffle(times)
    bodies = r.randint(3, 6)
    # Each program has its favorites: those of one kind meet more often.
    weights = [weight * (6 if r.random() < .12 else 1) for weight in WEIGHTS]

    def operations(depth, count):
        return [operation(depth) for _ in range(count)]

    def operation(depth):
        while True:
            name = r.choices(NAMES, weights)[0]
            fields = OPERATIONS[name][1]
            if ('B' not in fields or depth < 4) and ('t!' not in fields or times) and ('T' not in fields or seed % 2):
                break
        op = {'op': name}
        for field in fields:
            if field == 't' and times and ('t!' in fields or r.random() < .4): op['t'] = times.pop()
            if field == 'b': op['b'] = r.randrange(bodies)
            if field == 's': op['s'] = [r.randrange(8) for _ in range(r.randint(1, 4))]
            if field == 'n': op['n'] = r.randint(1, 4)
            if field == 'x': op['x'] = r.randrange(3)
            if field == 'q': op['q'] = r.randrange(6)
            if field == 'j': op['q'] = r.choice([4, 5])
            if field == 'm': op['m'] = r.choice([0, 0, 1, 2])
            if field == 'c' and r.random() < .3: op['c'] = r.randint(1, 3)
            if field == 'r' and r.random() < .3: op['r'] = True
            if field == 'e' and r.random() < .25: op['e'] = r.randrange(2)
            if field == 'o': op['o'] = [r.randrange(4) for _ in range(r.choice([0, 0, 1, 2]))]
            if field == 'p': op['p'] = r.randrange(3)
            if field == 'l' and r.random() < .4: op['l'] = r.randint(1, 2)
            if field == 'B':
                op['body'] = operations(depth + 1, r.randint(1, 4))
                if name in ('try', 'finally'): op['after'] = operations(depth + 1, r.randint(1, 2))
        # Most failures are caught, so that the program goes on.
        if depth == 0 and name != 'try' and r.random() < .5: return {'op': 'try', 'body': [op], 'after': [{'op': 'sleep0'}]}
        return op

    def spawning():
        name = r.choice(['spawn', 'spawn', 'spawn', 'poolspawn', 'groupspawn', 'create', 'sleep0'])
        return {'op': name} if name == 'sleep0' else {'op': name, 'b': r.randrange(bodies)}

    return {
        'seed': seed,
        'timed': bool(seed % 2),
        'bodies': [operations(0, r.randint(3, 12)) for _ in range(bodies)],
        'main': [spawning() for _ in range(r.randint(2, 7))] + operations(0, r.randint(8, 20)),
    }


if __name__ == '__main__':
    for seed in range(int(sys.argv[1]), int(sys.argv[2])):
        print(json.dumps({'program': generate(seed)}, separators=(',', ':')))
