package greenlet.lab.scenario.cpu;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Singular value decompositions of dense random matrices by EJML, one a unit. */
final class ScienceKernel implements Kernel {
    private static final int SIZE = 64;
    private static final int MATRICES = 16;
    private static final long SEED = 20230415;

    private final List<DMatrixRMaj> matrices;

    ScienceKernel() {
        Random random = new Random(SEED);
        matrices = Stream.generate(() -> RandomMatrices_DDRM.rectangle(SIZE, SIZE, random))
                .limit(MATRICES)
                .toList();
    }

    @Override
    public int itemsPerUnit() {
        return 1;
    }

    @Override
    public double run(int unit) {
        SingularValueDecomposition_F64<DMatrixRMaj> decomposition =
                DecompositionFactory_DDRM.svd(SIZE, SIZE, true, true, false);
        DMatrixRMaj matrix = matrix(unit);
        if (!decomposition.decompose(matrix)) {
            throw new ArithmeticException("Cannot decompose matrix " + unit % MATRICES
                    + ": EJML found no singular values. This is a bug in the lab; please report it.");
        }
        double sum = 0;
        for (double value : decomposition.getSingularValues()) {
            sum += value;
        }
        return sum;
    }

    DMatrixRMaj matrix(int unit) {
        return matrices.get(unit % MATRICES);
    }
}
