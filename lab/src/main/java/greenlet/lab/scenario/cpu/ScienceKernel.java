package greenlet.lab.scenario.cpu;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.LUDecomposition_F64;

/** LU decompositions of dense random matrices by EJML, one a unit: what solving a system of linear equations consists of. */
final class ScienceKernel implements Kernel {
    static final int SIZE = 100;
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

    /** Gives the determinant. */
    @Override
    public double run(int unit) {
        LUDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.lu(SIZE, SIZE);
        // It is decomposed in place.
        if (!decomposition.decompose(matrix(unit).copy())) {
            throw new ArithmeticException("Cannot decompose matrix " + unit % MATRICES
                    + ": EJML refused it. This is a bug in the lab; please report it.");
        }
        return decomposition.computeDeterminant().getReal();
    }

    DMatrixRMaj matrix(int unit) {
        return matrices.get(unit % MATRICES);
    }
}
