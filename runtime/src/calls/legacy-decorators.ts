/**
 * TypeScript's old decorators (`experimentalDecorators`): they are evaluated and called when the class is there, those of the
 * prototype's members first, then the static ones', then the class's own.
 */

type Decorator = (...args: unknown[]) => unknown;
type Class = { prototype: object };
type Decorate = (
  decorators: readonly unknown[],
  target: unknown,
  key?: PropertyKey,
  descriptor?: PropertyDescriptor,
) => unknown;

interface Member {
  readonly kind: string;
  readonly isStatic: boolean;
  key: PropertyKey;
  readonly decorators: () => readonly unknown[];
}

const HOLDER = Symbol('decorators');

/** Begins a class with old decorators. */
export function $legacyDecorators(list: () => readonly unknown[] = () => []): LegacyDecorators {
  return new LegacyDecorators(list);
}

class LegacyDecorators {
  private readonly list: () => readonly unknown[];
  private readonly members: Member[] = [];
  private owner!: Class;

  constructor(list: () => readonly unknown[]) {
    this.list = list;
  }

  /** A member with decorators, or with a key that is needed again. Returns the key of the method that holds the place. */
  member(
    kind: string,
    isStatic: number,
    key: PropertyKey,
    decorators: () => readonly unknown[],
  ): symbol {
    this.members.push({ kind, isStatic: isStatic === 1, key, decorators });
    return HOLDER;
  }

  /** The decorator of a parameter, as one of its method. */
  parameter(index: number, decorator: unknown): Decorator {
    return (target, key) => {
      (decorator as Decorator)(target, key, index);
    };
  }

  /** The computed key of a member. */
  key(index: number, value: unknown): PropertyKey {
    const key = Reflect.ownKeys({ [value as PropertyKey]: 0 })[0] as PropertyKey;
    (this.members[index] as Member).key = key;
    return key;
  }

  /** The same in a method that holds the place of the member. */
  holder(index: number, value: unknown): symbol {
    this.key(index, value);
    return HOLDER;
  }

  keyOf(index: number): PropertyKey {
    return (this.members[index] as Member).key;
  }

  begin(owner: Class): Class {
    Reflect.deleteProperty(owner, HOLDER);
    this.owner = owner;
    return owner;
  }

  /** The static members are all there: calls the decorators. Returns the class, or what they put in its place. */
  end(): unknown {
    const { owner, members } = this;
    for (const isStatic of [false, true]) {
      for (const { kind, isStatic: own, key, decorators } of members) {
        if (own !== isStatic || kind === 'constructor') continue;
        const list = decorators();
        if (list.length > 0)
          decorate(list, isStatic ? owner : owner.prototype, key, kind !== 'field');
      }
    }
    const own = members.find(({ kind }) => kind === 'constructor');
    const list = [...this.list(), ...(own?.decorators() ?? [])];
    return list.length === 0 ? owner : decorate(list, owner);
  }
}

/** What TypeScript's own helper does, `reflect-metadata` included. */
function decorate(
  decorators: readonly unknown[],
  target: object,
  key?: PropertyKey,
  hasDescriptor = false,
): unknown {
  const isClass = key === undefined;
  const descriptor = hasDescriptor
    ? Object.getOwnPropertyDescriptor(target, key as PropertyKey)
    : undefined;
  const { decorate: reflect } = Reflect as { decorate?: Decorate };
  let result: unknown = isClass ? target : descriptor;
  if (typeof reflect === 'function') {
    result = isClass ? reflect(decorators, target) : reflect(decorators, target, key, descriptor);
  } else {
    for (const each of decorators.toReversed() as Decorator[]) {
      const made = isClass ? each(result) : each(target, key, result);
      result = made || result;
    }
  }
  if (!isClass && result)
    Object.defineProperty(target, key as PropertyKey, result as PropertyDescriptor);
  return result;
}
