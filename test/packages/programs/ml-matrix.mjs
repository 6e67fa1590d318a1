/** ml-matrix decomposes and inverts matrices. */

import * as matrices from 'ml-matrix';

export function run() {
  const {
    CholeskyDecomposition,
    EigenvalueDecomposition,
    LuDecomposition,
    Matrix,
    QrDecomposition,
    SingularValueDecomposition,
  } = matrices;
  const size = 12;
  const hilbert = Matrix.zeros(size, size).apply(function (row, column) {
    this.set(row, column, 1 / (row + column + 1));
  });
  const shifted = Matrix.add(hilbert, Matrix.eye(size));
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(shifted);
  return [
    hilbert.to2DArray(),
    matrices.inverse(shifted).to2DArray(),
    new LuDecomposition(shifted).determinant,
    new QrDecomposition(shifted).orthogonalMatrix.to2DArray(),
    new SingularValueDecomposition(hilbert).diagonal,
    new CholeskyDecomposition(shifted).lowerTriangularMatrix.to2DArray(),
    realEigenvalues,
    eigenvectorMatrix.to2DArray(),
    matrices
      .solve(shifted, Matrix.columnVector(Array.from({ length: size }, (_, n) => n)))
      .to1DArray(),
    shifted.mmul(hilbert).sum('row'),
  ];
}
