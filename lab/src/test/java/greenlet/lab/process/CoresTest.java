package greenlet.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {
    @Test
    void parse_readsTheKernelsNotation() {
        assertThat(Cores.parse("0-3,8,10-11").ids()).containsExactly(0, 1, 2, 3, 8, 10, 11);
        assertThat(Cores.parse("5").ids()).containsExactly(5);
        assertThat(Cores.parse("4-6")).hasToString("4,5,6");
    }

    @Test
    void firstAndWithout_shareTheCoresOut() {
        Cores all = Cores.parse("4-7");
        assertThat(all.first(1).ids()).containsExactly(4);
        assertThat(all.without(all.first(1)).ids()).containsExactly(5, 6, 7);
        assertThat(all.first(9)).isEqualTo(all);
        assertThat(all.without(all).count()).isZero();
    }
}
