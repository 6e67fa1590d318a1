/** fraction.js and complex.js calculate. */

import Complex from 'complex.js';
import Fraction from 'fraction.js';

export function run() {
  const terms = Array.from({ length: 25 }, (_, n) => new Fraction(1, n + 1));
  const sum = terms.reduce((before, each) => before.add(each));
  const roots = Array.from({ length: 7 }, (_, n) => new Complex(0, (2 * Math.PI * n) / 7).exp());
  return [
    sum.toFraction(),
    sum.toString(),
    sum.toContinued().map(String),
    terms.map((each) => each.mod(new Fraction(1, 7)).toLatex()),
    new Fraction(Math.PI).simplify(1e-6).toFraction(),
    roots.map((each) => each.pow(3).add(1, 2).sqrt().toString()),
    new Complex('3+4i').abs(),
  ];
}
