package io.fluxrig.perf.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxNicesTest {
    private LinuxNices nices;

    @BeforeEach
    void open() throws Exception {
        nices = new LinuxNices(SchedAttr.open());
    }

    @Test
    void shouldFindTheCompilersOfThisJvmAndNobodyElse() throws Exception {
        assertThat(nices.compilers())
                .isNotEmpty()
                .doesNotContain(nices.caller())
                .allMatch(nices::lives);
    }

    @Test
    void shouldHaveTheCallingThreadLeaveMoreToOthersAndKeepItsSlice() throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        SchedAttr attr = SchedAttr.open();
                        int caller = nices.caller();
                        long slice = attr.sliceNs(caller);
                        nices.set(caller, 17);
                        assertThat(nices.of(caller)).isEqualTo(17);
                        assertThat(attr.sliceNs(caller)).isEqualTo(slice);
                        seen.complete(null);
                    } catch (Exception | AssertionError wrong) {
                        seen.completeExceptionally(wrong);
                    }
                })
                .start();
        seen.join();
    }

    @Test
    void shouldSayThatThereIsNoSuchThread() {
        assertThat(nices.lives(Integer.MAX_VALUE)).isFalse();
        assertThatIOException()
                .isThrownBy(() -> nices.set(Integer.MAX_VALUE, 1))
                .withMessage("the kernel refuses it, errno 3"); // ESRCH
    }
}
