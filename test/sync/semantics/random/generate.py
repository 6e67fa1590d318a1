"""Makes random programs: `python3 generate.py FIRST_SEED AFTER_LAST > programs.jsonl`. Give them to trace.py."""
import random, json, sys
def gen(seed):
    r = random.Random(seed)
    bits = []
    nb = r.randint(3, 6)
    def bit(): return bits.pop() if bits and r.random() < .5 else None
    def ops(depth, n, me):
        return [op(depth, me) for _ in range(n)]
    def op(depth, me):
        k = r.random()
        t = None
        names = ['sleep0']*4+['evset','evclear','evwait','evwait','arset','arget','arexc','qput','qput','qget','qget','qpeek','q1put','q1put','q1get','q1get','chput','chput','chget','chget','semacq','semacq','semrel','semrel','rl','rl','spawn','spawn','spawn','spawnraw','kill','killnb','killnb','join','get','joinall','link','poolspawn','poolspawn','pooljoin','killall','wait','iwait','lq','pmap','imap','jq','jqget','jqjoin','qnb','qgnb','cond','condwait','condnotify','killall_nb','tmo','tmo','sleepbit','sleepbit','with','setnext']
        if depth < 3: names += ['try','try','try','fin','fin','fin']
        o = r.choice(names)
        d = {'op': o}
        if o in ('evwait','arget','qget','qput','q1put','q1get','chput','chget','semacq','join','get','joinall','pooljoin','wait','iwait','jqjoin','jqget','condwait'):
            t = bit()
            if t: d['t'] = t
        if o == 'sleepbit':
            t = bit()
            d = {'op': 'sleep', 't': t} if t else {'op': 'sleep0'}
        if o in ('spawn','spawnraw','poolspawn'): d['b'] = r.randrange(nb)
        if o in ('kill','killnb','join','get','link','joinall','killall','killall_nb','wait','iwait'): d['s'] = [r.randrange(8) for _ in range(r.randint(1,3))]
        if o in ('try','fin','tmo','rl','with'):
            d['body'] = ops(depth+1, r.randint(1,3), me)
            d['after'] = ops(depth+1, r.randint(1,2), me)
            if o == 'tmo':
                t = bit(); d['t'] = t if t else None
                d['x'] = r.choice([0,0,1,2])
        if o in ('pmap','imap'): d['n'] = r.randint(1,4)
        return d
    bodies = [ops(0, r.randint(4, 14), i) for i in range(nb)]
    main = ops(0, r.randint(10, 24), -1)
    return {'seed': seed, 'turns': 300, 'bodies': bodies, 'main': main}
for seed in range(int(sys.argv[1]), int(sys.argv[2])):
    print(json.dumps({'program': gen(seed)}, separators=(',', ':')))
