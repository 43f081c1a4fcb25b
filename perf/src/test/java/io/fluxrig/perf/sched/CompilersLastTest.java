package io.fluxrig.perf.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fluxrig.perf.sched.OwnThreads.OwnThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CompilersLastTest {
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final CompilersLast compilers = new CompilersLast(0);

    @AfterEach
    void end() {
        worker.shutdown();
    }

    @Test
    void compilersAreBehindOthersFromTheFirstBeginningToTheLastEnd() throws Exception {
        CompilersLast.Span first = begin();
        assumeThat(first.refusal()).as("allowed to come back").isNull();
        CompilersLast.Span second = begin();
        first.close();
        settle();
        assertThat(nices()).isNotEmpty().containsOnly(CompilersLast.LAST);

        second.close();
        settle();
        assertThat(nices()).containsOnly(SchedAttr.open().nice((int)
                ProcessHandle.current().pid()));
    }

    @Test
    void whoWorksStaysBehindAndItsCompilersDoNotWhereTheyCouldNotComeBack() throws Exception {
        CompilersLast.Span span = begin();

        assertThat(worker.submit(() -> SchedAttr.open().nice(SchedAttr.CALLER)).get())
                .isEqualTo(CompilersLast.LAST);
        if (span.refusal() != null) {
            assertThat(nices()).doesNotContain(CompilersLast.LAST);
        }
        span.close();
        settle();
    }

    private CompilersLast.Span begin() throws Exception {
        return worker.submit(compilers::begin).get();
    }

    /** Behind what was asked to run after no delay. */
    private static void settle() {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, Runnable::run))
                .join();
    }

    private static List<Integer> nices() throws Exception {
        SchedAttr attr = SchedAttr.open();
        OwnThreads threads = OwnThreads.now();
        List<OwnThread> found = new ArrayList<>(threads.beginningWith("C1 CompilerThread"));
        found.addAll(threads.beginningWith("C2 CompilerThread"));
        List<Integer> nices = new ArrayList<>();
        for (OwnThread compiler : found) {
            nices.add(attr.nice(compiler.number()));
        }
        return nices;
    }
}
