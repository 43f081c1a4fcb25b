package io.fluxrig.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.load.net.SignOn;
import io.fluxrig.load.report.Findings;
import io.fluxrig.load.tally.AnswerClass;
import io.fluxrig.perf.clock.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadRunTest {
    @TempDir
    Path folder;

    private static LoadResult run(LoadPlan plan) throws LoadException {
        return new LoadRun(plan, Clock.system()).run(progress -> {});
    }

    private static LoadResult against(FakeSwitch.Behaviour behaviour) throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, behaviour)) {
            return run(Plans.plan(target.address(), 200));
        }
    }

    /** @param allThere whether every answer that will come is there */
    private static LoadResult losing(FakeSwitch.Behaviour behaviour, Predicate<Counts> allThere) throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, behaviour)) {
            return run(Plans.plan(target.address(), 200), allThere);
        }
    }

    /** Runs a plan whose answers do not all come: its grace is over once all are there that will. */
    private static LoadResult run(LoadPlan plan, Predicate<Counts> allThere) throws LoadException {
        ForwardClock clock = new ForwardClock();
        return new LoadRun(plan, clock).run(progress -> {
            if (progress.phase() == Progress.Phase.AWAITING_ANSWERS && allThere.test(progress.counts())) {
                clock.putForward(plan.graceNs());
            }
        });
    }

    @Test
    void shouldFindEveryRequestAnsweredOnce() throws Exception {
        LoadResult result = against(FakeSwitch.Peer::approve);

        assertThat(result.counts().sent()).isEqualTo(200);
        assertThat(result.counts().approved()).isEqualTo(200);
        assertThat(result.counts().exact()).isTrue();
        assertThat(result.counts().errors()).isZero();
        assertThat(result.headline().getTotalCount()).isEqualTo(200);
        assertThat(result.codes()).containsOnlyKeys("00");
    }

    @Test
    void shouldKeepTimeoutsOutOfTheHeadline() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result =
                against((peer, request) -> peer.answer(request, count.incrementAndGet() % 2 == 0 ? "91" : "05"));

        assertThat(result.counts().timeouts()).isEqualTo(100);
        assertThat(result.counts().declined()).isEqualTo(100);
        assertThat(result.headline().getTotalCount()).isEqualTo(100);
        assertThat(result.latency().get(AnswerClass.TIMEOUT).getTotalCount()).isEqualTo(100);
    }

    @Test
    void shouldCountLostRequests() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = losing(
                (peer, request) -> {
                    if (count.incrementAndGet() != 7) {
                        peer.approve(request);
                    }
                },
                counts -> counts.open() == 1);

        assertThat(result.counts().open()).isEqualTo(1);
        assertThat(result.counts().cutOff()).as("its connection stayed").isZero();
        assertThat(result.counts().exact()).isFalse();
        assertThat(Findings.verdict(result)).contains("1 lost");
    }

    @Test
    void shouldCountSecondAnswers() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = against((peer, request) -> {
            peer.approve(request);
            if (count.incrementAndGet() == 200) {
                peer.approve(request);
            }
        });

        assertThat(result.counts().duplicates()).isEqualTo(1);
        assertThat(result.counts().answered()).isEqualTo(200);
        assertThat(result.counts().exact()).isFalse();
    }

    @Test
    void shouldSeeAnswerOnAnotherConnection() throws Exception {
        AtomicInteger count = new AtomicInteger();
        AtomicReference<FakeSwitch> self = new AtomicReference<>();
        FakeSwitch.Behaviour behaviour = (peer, request) -> {
            FakeSwitch.Peer other = self.get().peers().stream()
                    .filter(p -> p != peer)
                    .findFirst()
                    .orElse(peer);
            (count.incrementAndGet() == 100 ? other : peer).approve(request);
        };
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, behaviour)) {
            self.set(target);
            LoadResult result =
                    run(Plans.plan(target.address(), 200), counts -> counts.crossWired() == 1 && counts.open() == 1);

            assertThat(result.counts().crossWired()).isEqualTo(1);
            assertThat(result.counts().open()).isEqualTo(1);
        }
    }

    @Test
    void shouldSeeAnswerWithAnotherCard() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = losing(
                (peer, request) -> {
                    IsoMessage answer = new IsoMessage();
                    answer.copyFrom(request);
                    answer.setMti(110);
                    answer.setAscii(39, "00");
                    if (count.incrementAndGet() == 5) {
                        answer.setAscii(2, "4111111111111111");
                    }
                    peer.send(answer);
                },
                counts -> counts.crossWired() == 1 && counts.open() == 1);

        assertThat(result.counts().crossWired()).isEqualTo(1);
        assertThat(result.counts().open()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAnswersThatDoNotPairOrWereNotAsked() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = losing(
                (peer, request) -> {
                    IsoMessage answer = new IsoMessage();
                    answer.copyFrom(request);
                    answer.setAscii(39, "00");
                    int turn = count.incrementAndGet();
                    answer.setMti(turn == 3 ? 210 : 110);
                    if (turn == 4) {
                        answer.setAscii(11, "999999");
                    }
                    peer.send(answer);
                },
                counts -> counts.errors() == 2 && counts.open() == 2);

        assertThat(result.counts().wrongType()).isEqualTo(1);
        assertThat(result.counts().unknown()).isEqualTo(1);
        assertThat(result.counts().open()).isEqualTo(2);
    }

    @Test
    void shouldCountLateAnswers() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, FakeSwitch.Peer::approve)) {
            LoadPlan plan = Plans.plan(target.address(), 50);
            LoadPlan strict = new LoadPlan(
                    plan.target(),
                    plan.wire(),
                    plan.rate(),
                    plan.durationNs(),
                    0,
                    plan.graceNs(),
                    1,
                    plan.mix(),
                    null,
                    1,
                    plan.timeoutCodes(),
                    null);
            LoadResult result = run(strict);

            // nobody answers within a nanosecond
            assertThat(result.counts().late()).isEqualTo(50);
            assertThat(result.counts().exact()).isTrue();
        }
    }

    @Test
    void shouldCountWhatItCannotRead() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = against((peer, request) -> {
            if (count.incrementAndGet() == 3) {
                peer.sendRaw("\0\u00090110zzzzz".getBytes(StandardCharsets.ISO_8859_1));
            }
            peer.approve(request);
        });

        assertThat(result.counts().unreadable()).isEqualTo(1);
        assertThat(result.counts().exact()).isTrue();
    }

    @Test
    void shouldLeaveAConnectionThatSendsNoFrames() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = losing(
                (peer, request) -> {
                    if (count.incrementAndGet() == 3) {
                        peer.sendRaw(new byte[] {0, 9, 'n', 'o', ' ', 'm', 't', 'i', 'x', 'x', 'x'});
                    }
                    peer.approve(request);
                },
                counts -> counts.unreadable() == 1);

        assertThat(result.counts().unreadable()).isEqualTo(1);
        assertThat(result.counts().open()).isPositive();
        assertThat(result.counts().disconnects()).isZero();
    }

    @Test
    void shouldCountLostConnectionAndItsRequests() throws Exception {
        AtomicInteger count = new AtomicInteger();
        LoadResult result = losing(
                (peer, request) -> {
                    if (count.incrementAndGet() == 20) {
                        peer.hangUp();
                    }
                    peer.approve(request);
                },
                counts -> counts.disconnects() == 1);

        assertThat(result.counts().disconnects()).isEqualTo(1);
        assertThat(result.counts().open()).isPositive();
        assertThat(result.counts().cutOff())
                .as("nobody else lost any")
                .isEqualTo(result.counts().open());
        assertThat(result.counts().timeouts()).isZero();
        assertThat(result.counts().exact()).isFalse();
    }

    @Test
    void shouldEndOnceNoConnectionIsLeft() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> peer.hangUp())) {
            long hourNs = TimeUnit.HOURS.toNanos(1);
            LoadResult result = run(Plans.plan(target.address(), "1000", hourNs, 2, 64, null));

            assertThat(result.ending()).isEqualTo(LoadResult.Ending.DISCONNECTED);
            assertThat(Findings.verdict(result))
                    .startsWith("The other side closed all 2 connections, so the run ended");
            assertThat(Findings.warnings(result).get(0)).startsWith("Nothing was answered: check that framing");
            assertThat(Findings.warnings(result)).noneMatch(warning -> warning.contains("no room in flight"));
        }
    }

    @Test
    void shouldSayWhatDuplicatesMeanForTheRun() throws Exception {
        LoadResult result = against((peer, request) -> peer.answer(request, "94"));

        assertThat(Findings.warnings(result)).anyMatch(warning -> warning.startsWith("200 answers with code 94"));
    }

    @Test
    void shouldSayHowManyConnectionsWereUpInTime() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> {})) {
            LoadPlan plan = withSignOn(Plans.hasty(Plans.plan(target.address(), 20)));

            assertThatThrownBy(() -> run(plan))
                    .hasMessageContaining("0 of 2 connections were up and signed on after 50.0 ms")
                    .hasMessageContaining("--connect-timeout");
        }
    }

    @Test
    void shouldRefuseMoreConnectionsThanThereAreDescriptors() {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        LoadPlan plan = Plans.plan(nobody, "1", 1, Integer.MAX_VALUE, 1, null);

        assertThatThrownBy(() -> run(plan))
                .hasMessageContaining("file descriptors")
                .hasMessageContaining("ulimit -n");
    }

    @Test
    void shouldChargeAStallToEveryMessageItHeldBack() throws Exception {
        long stallNs = TimeUnit.MILLISECONDS.toNanos(400);
        AtomicLong heldNs = new AtomicLong();
        FakeSwitch.Behaviour stallOnce = (peer, request) -> {
            if (heldNs.compareAndSet(0, 1)) {
                long beginNs = System.nanoTime();
                while (System.nanoTime() - beginNs < stallNs) {
                    Thread.onSpinWait();
                }
            }
            peer.approve(request);
        };
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, stallOnce)) {
            // one request in flight: the first answer holds back the 400 that are due meanwhile
            LoadResult result = run(Plans.plan(target.address(), "1000", stallNs * 2, 1, 1, null));
            long slowNs = stallNs / 4;

            assertThat(above(result.headline(), slowNs)).isGreaterThanOrEqualTo(250);
            assertThat(above(result.service(), slowNs)).isLessThan(10);
        }
    }

    private static long above(Histogram histogram, long ns) {
        return histogram.getCountBetweenValues(ns, histogram.getHighestTrackableValue() - 1);
    }

    @Test
    void shouldSayWhatWasDueButNeverSent() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> {})) {
            LoadResult result = run(
                    Plans.plan(target.address(), "1000", 100_000_000L, 2, 3, null), counts -> counts.unsent() == 94);

            assertThat(result.counts().sent()).isEqualTo(6);
            assertThat(result.counts().unsent()).isEqualTo(94);
            assertThat(Findings.warnings(result)).anyMatch(warning -> warning.contains("94 of 100"));
        }
    }

    @Test
    void shouldKeepInFlightFullInClosedLoop() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, FakeSwitch.Peer::approve)) {
            LoadResult result = run(Plans.plan(target.address(), "max", 200_000_000L, 2, 8, null));

            assertThat(result.counts().sent()).as("more than fit at once").isGreaterThan(2 * 8);
            assertThat(result.counts().exact()).isTrue();
            assertThat(Findings.warnings(result)).anyMatch(warning -> warning.startsWith("Closed loop"));
        }
    }

    @Test
    void shouldEndEarlyButAwaitAnswers() throws Exception {
        AtomicReference<LoadRun> run = new AtomicReference<>();
        FakeSwitch.Behaviour stopper = (peer, request) -> {
            run.get().stop();
            peer.approve(request);
        };
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, stopper)) {
            run.set(new LoadRun(
                    Plans.plan(target.address(), "1000", TimeUnit.MINUTES.toNanos(10), 2, 64, null), Clock.system()));
            LoadResult result = run.get().run(progress -> {});

            assertThat(result.ending()).isEqualTo(LoadResult.Ending.STOPPED);
            assertThat(result.counts().exact()).isTrue();
        }
    }

    @Test
    void shouldWriteAHistogramLogThatOthersRead() throws Exception {
        Path log = folder.resolve("deep/run.hlog");
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, FakeSwitch.Peer::approve)) {
            run(Plans.plan(target.address(), "1000", 100_000_000L, 2, 64, log));
        }

        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            Histogram interval = (Histogram) reader.nextIntervalHistogram();
            assertThat(interval.getTag()).isEqualTo("approved");
            assertThat(interval.getTotalCount()).isEqualTo(100);
        }
        assertThat(Files.readString(log)).doesNotContain("411111");
    }

    @Test
    void shouldSayWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> run(Plans.plan(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(":" + port);
    }

    @Test
    void shouldSignOnEachConnectionFirst() throws Exception {
        AtomicInteger signOns = new AtomicInteger();
        FakeSwitch.Behaviour behaviour = (peer, request) -> {
            if (request.mti() == 800) {
                signOns.incrementAndGet();
            }
            peer.approve(request);
        };
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, behaviour)) {
            LoadPlan plan = Plans.plan(target.address(), 20);
            LoadResult result = run(withSignOn(plan));

            assertThat(signOns).hasValue(2);
            assertThat(result.counts().sent()).isEqualTo(20);
            assertThat(result.counts().exact()).isTrue();
        }
    }

    @Test
    void shouldNotBeginWhenSignOnIsRefused() throws Exception {
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, (peer, request) -> peer.answer(request, "05"))) {
            LoadPlan plan = withSignOn(Plans.plan(target.address(), 20));

            assertThatThrownBy(() -> run(plan)).hasMessageContaining("sign-on answered with response code 05");
        }
    }

    private static LoadPlan withSignOn(LoadPlan plan) {
        return new LoadPlan(
                plan.target(),
                plan.wire(),
                plan.rate(),
                plan.durationNs(),
                0,
                plan.graceNs(),
                0,
                plan.mix(),
                SignOn.TEMPLATE,
                1,
                plan.timeoutCodes(),
                null);
    }
}
