package io.fluxrig.perf.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fluxrig.perf.sched.OwnThreads.OwnThread;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ShortSlicesTest {
    private final CountDownLatch end = new CountDownLatch(1);

    @BeforeEach
    void twoThreads() throws InterruptedException {
        start("serves-messages-and-more");
        start("other");
    }

    @AfterEach
    void end() {
        end.countDown();
    }

    @Test
    void aThreadThatServesRunsInTheShortestSlicesAndAnotherAsBefore() throws Exception {
        SchedAttr attr = SchedAttr.open();
        int serving = number("serves-messages-and-more");
        int other = number("other");
        long before = attr.sliceNs(other);
        assumeThat(before).as("a kernel that knows slices").isPositive();

        String said = ShortSlices.ask(List.of("serves-messages"));

        assertThat(attr.sliceNs(serving)).isEqualTo(ShortSlices.SHORTEST_NS);
        assertThat(attr.sliceNs(other)).isEqualTo(before);
        assertThat(said).isEqualTo("1 of 1 threads that serve messages run in slices of 0.1 ms");
    }

    @Test
    void namesThatNoThreadHasAreNotAFailure() {
        assertThat(ShortSlices.ask(List.of("nobody-is-called"))).startsWith("0 of 0 threads");
    }

    @Test
    void aThreadThatDoesNotExistIsRefusedByItsErrno() throws Exception {
        SchedAttr attr = SchedAttr.open();

        assertThatIOException()
                .isThrownBy(() -> attr.slice(Integer.MAX_VALUE, ShortSlices.SHORTEST_NS))
                .withMessage("the kernel refuses it, errno 3"); // ESRCH
    }

    private void start(String name) throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    runs.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        runs.await();
    }

    private static int number(String name) throws Exception {
        List<OwnThread> found = OwnThreads.now().beginningWith(name);
        assertThat(found).hasSize(1);
        return found.get(0).number();
    }
}
