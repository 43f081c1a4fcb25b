package io.fluxrig.perf.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ShortSlicesTest {
    @Test
    void shouldGiveTheCallingThreadTheShortestSliceAndLeaveOthers() throws Exception {
        long before = SchedAttr.open().sliceNs(SchedAttr.CALLER);
        assumeThat(before).as("a kernel that knows slices").isPositive();
        ShortSlices slices = ShortSlices.open();
        CompletableFuture<String> said = new CompletableFuture<>();
        CompletableFuture<Long> slice = new CompletableFuture<>();
        new Thread(() -> {
                    said.complete(slices.ask());
                    try {
                        slice.complete(SchedAttr.open().sliceNs(SchedAttr.CALLER));
                    } catch (Exception failed) {
                        slice.completeExceptionally(failed);
                    }
                })
                .start();

        assertThat(said.join()).isEqualTo("runs in slices of 0.1 ms");
        assertThat(slice.join()).isEqualTo(ShortSlices.SHORTEST_NS);
        assertThat(SchedAttr.open().sliceNs(SchedAttr.CALLER)).isEqualTo(before);
    }
}
