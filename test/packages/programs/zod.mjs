/** Zod checks a package-lock.json, and says what is wrong with a broken one. */

import * as z from 'zod';
import { lockfile } from '../input.mjs';

export function run() {
  const dependencies = z.record(z.string(), z.string()).optional();
  const installed = z.object({
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+/)
      .optional(),
    resolved: z.union([z.url(), z.literal('runtime')]).optional(),
    dev: z.boolean().default(false),
    engines: z.union([dependencies, z.array(z.string())]),
    dependencies,
    cpu: z.array(z.enum(['x64', 'arm64', 'arm'])).optional(),
  });
  const schema = z.record(z.string(), installed.loose());
  const good = schema.safeParse(lockfile());
  const bad = schema.safeParse({ a: { version: 'x', dev: 1 }, b: { dependencies: { c: 2 } } });
  const tree = z.object({
    name: z.string().trim().min(1),
    get children() {
      return z.array(tree);
    },
  });
  const event = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('a'), n: z.coerce.number().int().positive() }),
    z.object({ kind: z.literal('b'), at: z.iso.datetime() }).transform(({ at }) => at.slice(0, 4)),
  ]);
  return [
    good.success ? good.data : z.prettifyError(good.error),
    bad.success ? [] : bad.error.issues,
    tree.safeParse({ name: ' x ', children: [{ name: '', children: [] }] }).error?.issues,
    [{ kind: 'a', n: '5' }, { kind: 'b', at: '2024-01-01T00:00:00Z' }, { kind: 'c' }].map((each) =>
      event.safeParse(each),
    ),
    z.toJSONSchema(installed),
    z
      .string()
      .refine((text) => text.length % 2 === 0, { error: 'odd' })
      .safeParse('abc').error?.message,
  ];
}
