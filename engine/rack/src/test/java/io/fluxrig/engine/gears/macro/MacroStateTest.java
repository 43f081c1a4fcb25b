package io.fluxrig.engine.gears.macro;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.perf.clock.VirtualClock;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MacroStateTest {
    private static final int DRAWS = 200;

    private static long[] drawn(long seed, int strip) {
        MacroState state = new MacroState(new VirtualClock(), seed, strip, 4);
        long[] all = new long[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            all[i] = state.bits();
        }
        return all;
    }

    @Test
    void shouldDrawTheSameUnderTheSameSeed() {
        assertThat(drawn(7, 1)).isEqualTo(drawn(7, 1));
    }

    @Test
    void shouldShareNoStretchBetweenSeedsAndStripsNextToEachOther() {
        Set<Long> all = new HashSet<>();
        for (long seed = 0; seed < 4; seed++) {
            for (int strip = 0; strip < 4; strip++) {
                for (long bits : drawn(seed, strip)) {
                    all.add(bits);
                }
            }
        }
        assertThat(all).hasSize(16 * DRAWS);
    }
}
