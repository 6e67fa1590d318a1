/** What transformed code imports. Not for programs to use. */

export { $asyncGenerator, $linkAsyncGenerator } from './calls/async-generators.ts';
export { $async, $await, $linkAsync } from './calls/await.ts';
export { $spread, $take } from './calls/collect.ts';
export { $web } from './calls/collection-twins.ts';
export {
  $base,
  $begin,
  $class,
  $derived,
  $isPlain,
  $new,
  $newSwitching,
  $ordinaryTarget,
  $targets,
} from './calls/construct.ts';
export { $decorators, $methodOf } from './calls/decorators.ts';
export { $delegate, $delegateAsync } from './calls/delegate.ts';
export { $disposables } from './calls/disposables.ts';
export { $generator, $started } from './calls/generators.ts';
export { $iterate, $iterateAsync } from './calls/iterate.ts';
export { $legacyDecorators } from './calls/legacy-decorators.ts';
export { $key, $methods, $object } from './calls/methods.ts';
export {
  $enterTop,
  $exports,
  $import,
  $leaveTop,
  $resumeTop,
  $sites,
  $suspendTop,
} from './calls/module.ts';
export {
  $arrow,
  $call,
  $callSwitching,
  $closure,
  $form,
  $keyed,
  $lean,
  $link,
  $name,
  $named,
  $ordinary,
  $prepare,
  $prepareSwitching,
  $suspend,
  $template,
} from './calls/prepare.ts';
export { $superArguments } from './calls/real-constructor.ts';
export { $script } from './calls/script.ts';
export { $source } from './calls/source.ts';
export { $fields, $list } from './calls/take-apart.ts';

import { linkTakers } from './calls/native-constructors.ts';
import { patchToString } from './calls/source.ts';
import { linkTwins } from './calls/twins.ts';
import './node/install.ts';

export { $bind } from './calls/twins.ts';

linkTwins();
linkTakers();
patchToString();
