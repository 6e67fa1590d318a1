/**
 * What the real constructors of classes with a second form do when the runtime calls them: make the object of a base class, call the
 * parent's real constructor, or pass on what `super()` has made, so that V8 installs a derived class's fields there.
 */

type Constructor = new (...args: unknown[]) => object;

/** What the real constructor that runs next is told; each takes what is for it. */
const told: { making: boolean; given: object | null; superArguments: readonly unknown[] | null } = {
  making: false,
  given: null,
  superArguments: null,
};

const NO_ARGUMENTS: readonly never[] = [];

/** Lets the real constructor of a base class make its object. */
export function make(owner: Constructor, target: Constructor): object {
  told.making = true;
  try {
    return target === owner ? new owner() : Reflect.construct(owner, NO_ARGUMENTS, target);
  } finally {
    told.making = false;
  }
}

/** Lets the real constructor of a derived class call its parent's. */
export function makeWith(
  owner: Constructor,
  target: Constructor,
  args: readonly unknown[],
): object {
  told.superArguments = args;
  try {
    return Reflect.construct(owner, NO_ARGUMENTS, target);
  } finally {
    told.superArguments = null;
  }
}

/** Lets the real constructor of a derived class install its fields on what `super()` has made. */
export function install(owner: Constructor, target: Constructor, object: object): object {
  told.given = object;
  try {
    return makeWith(owner, target, NO_ARGUMENTS);
  } finally {
    told.given = null;
  }
}

/** Whether a base class's constructor is only to make its object. */
export function takeMaking(): boolean {
  const { making } = told;
  told.making = false;
  return making;
}

/** What a parent's constructor is to return; null where it has to construct. */
export function takeGiven(): object | null {
  const { given } = told;
  if (given !== null) told.given = null;
  return given;
}

/** What a derived class's constructor is to give to its parent's; null where it has to run the whole construction. */
export function $superArguments(): readonly unknown[] | null {
  const args = told.superArguments;
  told.superArguments = null;
  return args;
}
