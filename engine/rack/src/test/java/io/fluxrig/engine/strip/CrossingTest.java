package io.fluxrig.engine.strip;

import static io.fluxrig.engine.strip.TestGears.gear;
import static io.fluxrig.engine.strip.TestGears.plan;
import static io.fluxrig.engine.strip.TestGears.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Gear;
import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossingTest {
    private final List<String> seen = new ArrayList<>();

    /** Port 0 sends to port 1 of the copy on the next strip, which notes what came. */
    private final class Ferry implements Gear {
        private final GearContext context;
        private final Output next;

        Ferry(GearContext context) {
            this.context = context;
            this.next = context.peer((context.strip() + 1) % context.stripCount(), "in_reply");
        }

        @Override
        public int onMessage(int inPort, FluxMsg message) {
            if (inPort == 0) {
                return next.emit(message);
            }
            String raw = new String(message.raw(), message.rawOffset(), message.rawLength(), StandardCharsets.US_ASCII);
            seen.add(context.strip() + " " + message.id() + " " + message.meta().text(MetaKey.PEER_IP) + " "
                    + message.meta().number(MetaKey.CONN_ID, -1) + " " + raw);
            if (message.payload() instanceof IsoPayload payload) {
                seen.add(payload.message().text(0) + " " + payload.message().text(11));
            }
            return Outcome.ACCEPTED;
        }
    }

    private SimStrips start(int strips) {
        SimStrips sim =
                new SimStrips(plan(List.of(gear("ferry", Ferry::new))), settings(strips), TestGears.NO_SPECS, 3);
        sim.start();
        return sim;
    }

    private static FluxMsg message(long id, String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.US_ASCII);
        FluxMsg message = new FluxMsg();
        message.id(id);
        message.meta().set(MetaKey.PEER_IP, "10.0.0.1");
        message.meta().set(MetaKey.CONN_ID, 77);
        message.raw(bytes, 0, bytes.length);
        return message;
    }

    @Test
    void shouldCarryAMessageToTheOtherStrip() {
        SimStrips sim = start(2);
        sim.on(
                0,
                strip -> assertThat(strip.inlet(0, 0).emit(message(5, "frame"))).isZero());
        assertThat(seen).isEmpty();
        sim.settle();
        assertThat(seen).containsExactly("1 5 10.0.0.1 77 frame");
    }

    @Test
    void shouldCallDirectlyWhereThePeerIsTheOwnStrip() {
        SimStrips sim = start(1);
        sim.on(
                0,
                strip -> assertThat(strip.inlet(0, 0).emit(message(5, "frame"))).isZero());
        assertThat(seen).containsExactly("0 5 10.0.0.1 77 frame");
    }

    @Test
    void shouldCarryAPayloadMadeByHand() {
        SimStrips sim = start(2);
        IsoPayload payload = new IsoPayload();
        payload.message().setMti(810);
        payload.message().setAscii(11, "000042");
        FluxMsg message = message(6, "");
        message.payload(payload);
        sim.on(1, strip -> assertThat(strip.inlet(0, 0).emit(message)).isZero());
        sim.settle();
        assertThat(seen).containsExactly("0 6 10.0.0.1 77 ", "0810 000042");
    }

    @Test
    void shouldDecodeRawAgainWhereThePayloadStayedBehind() {
        Spec spec = SpecLoader.load(
                        "test",
                        "spec: { id: t, version: 1.0.0, wire: { source: 'moov:spec87ascii' } }"
                                .getBytes(StandardCharsets.UTF_8))
                .orThrow();
        SimStrips sim = new SimStrips(plan(List.of(gear("ferry", Ferry::new))), settings(2), TestGears.specs(spec), 3);
        sim.start();
        String wire = "08000020000000000000000042";
        FluxMsg message = message(9, wire);
        IsoPayload payload = new IsoPayload();
        payload.spec(spec);
        new IsoCodec(spec.wire()).decode(message.raw(), 0, message.rawLength(), payload.message());
        message.payload(payload);
        message.meta().set(MetaKey.CODEC_SPEC_HASH, spec.shortHash());
        sim.on(0, strip -> assertThat(strip.inlet(0, 0).emit(message)).isZero());
        message.meta().set(MetaKey.CODEC_SPEC_HASH, "unknown");
        sim.on(0, strip -> assertThat(strip.inlet(0, 0).emit(message)).isZero());
        sim.settle();
        assertThat(seen).containsExactly("1 9 10.0.0.1 77 " + wire, "0800 000042");
        assertThat(sim.bank()
                        .metrics()
                        .gear("strip", 1)
                        .counter("turbo_undecodable_total", "")
                        .get())
                .isEqualTo(1);
    }

    @Test
    void shouldHoldBackWhenTheRingIsFullAndBeRelievedOnceItIsRead() {
        SimStrips sim = start(2);
        String raw = "x".repeat(900);
        List<String> told = new ArrayList<>();
        sim.on(0, strip -> {
            int sent = 0;
            while (strip.inlet(0, 0).emit(message(sent, raw)) == Outcome.ACCEPTED) {
                sent++;
            }
            told.add("sent " + sent);
            assertThat(strip.pressured()).isTrue();
            strip.whenRelieved(strip.slot(0).front(), () -> told.add("relieved"));
        });
        assertThat(sim.strip(0).pressured()).isTrue();
        sim.settle();
        assertThat(told).containsExactly("sent 8", "relieved");
        assertThat(sim.strip(0).pressured()).isFalse();
        assertThat(seen).hasSize(8);
    }

    @Test
    void shouldRefuseAMessageTooLongForARing() {
        SimStrips sim = start(2);
        sim.on(
                0,
                strip -> assertThat(strip.inlet(0, 0).emit(message(1, "x".repeat(2000))))
                        .isEqualTo(Outcome.REFUSED));
        sim.settle();
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldRunTheSameWayForTheSameSeed() {
        assertThat(run(11)).isEqualTo(run(11)).hasSize(400);
    }

    private List<String> run(long seed) {
        seen.clear();
        SimStrips sim = new SimStrips(plan(List.of(gear("ferry", Ferry::new))), settings(4), TestGears.NO_SPECS, seed);
        sim.start();
        for (int i = 0; i < 400; i++) {
            FluxMsg message = message(i, "m");
            sim.on(i % 4, strip -> strip.inlet(0, 0).emit(message));
            if (i % 7 == 0) {
                sim.step();
            }
            if (i % 50 == 0) {
                sim.settle();
            }
        }
        sim.settle();
        return List.copyOf(seen);
    }
}
