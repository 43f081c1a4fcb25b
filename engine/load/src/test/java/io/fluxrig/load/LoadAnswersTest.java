package io.fluxrig.load;

import static io.fluxrig.load.Runs.against;
import static io.fluxrig.load.Runs.losing;
import static io.fluxrig.load.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.load.report.Findings;
import io.fluxrig.load.tally.AnswerClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a run finds the answers to be. */
class LoadAnswersTest {
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
    void shouldWatchForSecondAnswersAsLongAsItWasAskedTo() throws Exception {
        AtomicInteger count = new AtomicInteger();
        FakeSwitch.Behaviour behaviour = (peer, request) -> {
            peer.approve(request);
            if (count.incrementAndGet() == 200) {
                IsoMessage again = new IsoMessage();
                again.copyFrom(request);
                CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS).execute(() -> approve(peer, again));
            }
        };
        try (FakeSwitch target = new FakeSwitch(Plans.ASCII, behaviour)) {
            LoadPlan plan = Plans.settling(Plans.plan(target.address(), 200), TimeUnit.SECONDS.toNanos(10));

            LoadResult result = run(plan, counts -> counts.duplicates() == 1);

            assertThat(result.counts().duplicates()).isEqualTo(1);
        }
    }

    private static void approve(FakeSwitch.Peer peer, IsoMessage request) {
        try {
            peer.approve(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            LoadResult result = run(Plans.strict(Plans.plan(target.address(), 50), 1));

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
        assertThat(result.counts().strays()).isEqualTo(1);
        assertThat(Findings.verdict(result)).contains("but 1 answer of no use came as well");
    }

    @Test
    void shouldSayWhatDuplicatesMeanForTheRun() throws Exception {
        LoadResult result = against((peer, request) -> peer.answer(request, "94"));

        assertThat(Findings.warnings(result)).anyMatch(warning -> warning.startsWith("200 answers with code 94"));
    }
}
