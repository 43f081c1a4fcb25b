package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** On how many servers the stream is made, and put later on; {@code SnakeLaneIT} has it with a server that stands alone. */
class FluxStreamCopiesTest extends FluxStreamRig {
    @Test
    void shouldBeMadeOnThreeServersOfACluster() {
        make();

        assertThat(made).containsExactly(3);
        assertThat(updates).isEmpty();
    }

    @Test
    void shouldBeMadeOnOneThatStandsAloneAndAskNothingMoreOfIt() {
        cluster = "";
        make();
        int before = looks;
        minutePasses();

        assertThat(made).containsExactly(1);
        assertThat(updates).isEmpty();
        assertThat(looks).as("only what was asked").isEqualTo(before + 1);
    }

    @Test
    void shouldBeMadeOnOneWhileServersAreMissingAndPutOnThreeOnceTheyAreThere() {
        serverMissing = true;
        make();
        assertThat(made).containsExactly(3, 1);
        minutePasses();
        assertThat(replicas).isEqualTo(1);

        serverMissing = false;
        clock.advance(StreamCopies.RAISE_NS - 1);
        stream.stranded("flux.msg.east.a.in", "east-a");
        assertThat(replicas).isEqualTo(1);
        clock.advance(1);
        stream.stranded("flux.msg.east.a.in", "east-a");

        assertThat(replicas).isEqualTo(3);
        assertThat(updates).last().satisfies(update -> {
            assertThat(update.getSubjects()).containsExactly("flux.msg.>");
            assertThat(update.getMaxBytes()).isEqualTo(1 << 20);
        });
    }

    @Test
    void shouldPutAnExistingStreamOnThreeAndThenAskNoMore() {
        replicas = 1;
        assertThat(stream.ensure()).isNull();
        assertThat(replicas).isEqualTo(3);
        minutePasses();
        minutePasses();

        assertThat(updates).hasSize(1);
    }

    @Test
    void shouldKeepToANumberThatIsConfigured() {
        stream = stream(1);
        make();
        minutePasses();
        assertThat(made).containsExactly(1);
        assertThat(updates).isEmpty();

        stream = stream(2);
        assertThat(stream.ensure()).isNull();
        assertThat(replicas).isEqualTo(2);

        replicas = 5;
        stream = stream(0);
        assertThat(stream.ensure()).isNull();
        assertThat(replicas).as("never fewer").isEqualTo(5);
    }

    @Test
    void shouldNotWaitEachMinuteWhereItMayNotAsk() {
        replicas = 1;
        mayNotAsk = true;
        assertThat(stream.ensure()).isNull();
        minutePasses();
        minutePasses();
        assertThat(updates).hasSize(1);

        clock.advance(StreamCopies.REFUSED_NS);
        stream.stranded("flux.msg.east.a.in", "east-a");
        assertThat(updates).hasSize(2);
    }

    /** All wires of a rack waited for one after the other's question, on the threads that must say that they have their messages. */
    @Test
    void shouldAskForAllThatComeMeanwhileAndHoldNobodyUp() throws Exception {
        cluster = "";
        replicas = 1;
        AtomicReference<String> meanwhile = new AtomicReference<>();
        waited = () -> {
            waited = () -> {};
            Thread another = new Thread(() -> meanwhile.set(stream.ensure()), "another-wire");
            another.start();
            try {
                another.join(10_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
        assertThat(stream.ensure()).isNull();
        assertThat(meanwhile.get()).isEqualTo(Bus.ASKED_FOR);
        assertThat(looks).isEqualTo(1);

        clock.advance(499_999_999);
        assertThat(stream.ensure()).isNull();
        assertThat(looks).as("the answer is that to all").isEqualTo(1);
        clock.advance(1);
        assertThat(stream.ensure()).isNull();
        assertThat(looks).isEqualTo(2);
    }

    /** It was made in the same moment, and lost its files to what nats-server removed late. */
    @Test
    void shouldLeaveAStreamThatIsDeletedAgainGoneForASecondToo() {
        cluster = "";
        make();
        replicas = 0;
        clock.advance(500_000_000);
        assertThat(stream.ensure()).contains("is not there yet");
        clock.advance(999_999_999);
        assertThat(stream.ensure()).contains("is not there yet");
        clock.advance(500_000_000);
        assertThat(stream.ensure()).isNull();
        assertThat(made).hasSize(2);
    }

    @Test
    void shouldKeepAFaultForAMomentToo() {
        cluster = "";
        assertThat(stream.ensure()).contains("is not there yet");
        replicas = 1;
        assertThat(stream.ensure()).contains("is not there yet");
        clock.advance(500_000_000);
        assertThat(stream.ensure()).isNull();
    }

    /** It counted as one that may not ask, and the stream stayed on one server for an hour. */
    @Test
    void shouldAskSoonAgainWhereAServerDidNotAnswerOnce() {
        serverMissing = true;
        make();
        serverMissing = false;
        silent = true;
        minutePasses();
        silent = false;
        minutePasses();

        assertThat(replicas).isEqualTo(3);
    }

    @Test
    void shouldAskLessAndLessWhileAServerDoesNotAnswer() {
        serverMissing = true;
        make();
        silent = true;
        int before = infos;
        for (int i = 0; i < 240; i++) {
            minutePasses();
        }
        // after 15, 30, 60, 120, 240, 480 s and then every 960 s of the hour
        assertThat(infos - before).isEqualTo(9);
    }

    /** As of one that was deleted while a server was away. */
    @Test
    void shouldPutAStreamOnThreeThatWasOnThreeBeforeItWasDeleted() {
        make();
        minutePasses();
        replicas = 0;
        serverMissing = true;
        make();
        assertThat(replicas).isEqualTo(1);

        serverMissing = false;
        minutePasses();

        assertThat(replicas).isEqualTo(3);
    }
}
