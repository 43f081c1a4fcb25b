package io.fluxrig.transport.snake.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server says of its stream and of consumers, and what is made of it; {@code SnakeLaneIT} has it with a server. */
class FluxStreamTest extends FluxStreamRig {
    @Test
    void shouldTellWhatWaitsBelowASubject() {
        assertThat(stream.waiting("flux.msg.east")).as("there is no stream").isEmpty();
        make();

        assertThat(stream.waiting("flux.msg.east"))
                .isEqualTo(Map.of("flux.msg.east.a.in", 3L, "flux.msg.east.b.in", 1L));
        assertThat(stream.waiting("flux.msg.west")).isEmpty();

        silent = true;
        assertThat(stream.waiting("flux.msg.east")).isNull();
    }

    /** It was said to go on by itself, and did not: what a server has for streams it decides at its start. */
    @Test
    void shouldSayWhatToDoWhereTheServerHasNoRoomForTheStream() {
        cluster = "";
        withoutRoom = true;
        stream.ensure();
        clock.advance(1_000_000_000L);

        assertThat(stream.ensure()).contains("max_file_store", "restart nats-server");
    }

    @Test
    void shouldLeaveAConsumerAloneThatIsAsItShouldBe() {
        make();
        for (int i = 0; i < 3; i++) {
            assertThat(stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 16))
                    .isNull();
        }
        assertThat(consumers).as("made").hasSize(1);

        assertThat(stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 32))
                .isNull();
        assertThat(consumers)
                .last()
                .satisfies(now -> assertThat(now.getMaxAckPending())
                        .isEqualTo(2 * consumers.get(0).getMaxAckPending()));
    }

    /** A receiver that waited for all of it said for 8 s of nothing that it works on it, and the stream gives a message away after 5. */
    @Test
    void shouldLeaveCopiesForLaterWhereAnswersTakeLong() {
        serverMissing = true;
        make();
        updates.clear();
        serverMissing = false;
        clock.advance(2 * StreamCopies.RAISE_NS);
        waited = () -> clock.advance(1_900_000_000L);
        stream.stranded("flux.msg.west.encode.in", "west+encode+in");
        stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 16);
        assertThat(updates).isEmpty();

        waited = () -> {};
        stream.stranded("flux.msg.west.encode.in", "west+encode+in");
        assertThat(updates).hasSize(1);
    }

    @Test
    void shouldTellAConsumerThatNobodyLeads() {
        make();
        assertThat(lead()).as("there is none yet").isEqualTo(Bus.Lead.SOMEBODY);
        stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 16);
        assertThat(lead()).isEqualTo(Bus.Lead.SOMEBODY);

        consumerLeader = "";
        assertThat(lead()).as("it says so").isEqualTo(Bus.Lead.NOBODY);
        consumerLeader = null;
        assertThat(lead()).as("nobody answers for it").isEqualTo(Bus.Lead.UNANSWERED);
        consumerRefusal = 10008;
        assertThat(lead()).as("not available").isEqualTo(Bus.Lead.NOBODY);

        streamLed = false;
        assertThat(lead()).as("the servers agree on nothing").isEqualTo(Bus.Lead.SOMEBODY);
        streamLed = true;
        cluster = "";
        assertThat(lead()).as("a server that stands alone").isEqualTo(Bus.Lead.SOMEBODY);
    }

    @Test
    void shouldNotTakeAFaultWithoutATextForNone() {
        consumersWithoutLeader = true;
        make();
        assertThat(stream.ensureConsumer("flux.msg.west.encode.in", "west+encode+in", 16))
                .isNotNull()
                .contains("IOException");
    }

    @Test
    void shouldNotTakeSilenceForNothingStranded() throws Exception {
        make();
        assertThat(stream.stranded("flux.msg.east.a.in", "east-a")).isEqualTo(Bus.NONE);
        firstFault = new IOException("Timeout or no response waiting for NATS JetStream server");
        assertThat(stream.stranded("flux.msg.east.a.in", "east-a")).isEqualTo(Bus.UNKNOWN);
        firstFault = refused(10008);
        assertThat(stream.stranded("flux.msg.east.a.in", "east-a")).isEqualTo(Bus.UNKNOWN);
    }
}
