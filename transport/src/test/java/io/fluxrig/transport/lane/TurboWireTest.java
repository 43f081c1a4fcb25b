package io.fluxrig.transport.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.transport.cbor.CborWriter;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import io.fluxrig.transport.msg.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurboWireTest {
    private final TurboWire wire = new TurboWire(4096);
    private final byte[] scratch = new byte[wire.messageLengthMax()];
    private final byte[] window = new byte[wire.messageLengthMax()];
    private final TurboSender sender = wire.sender(scratch);
    private final TurboReceiver receiver = wire.receiver(window, 64);
    private final List<String> seen = new ArrayList<>();

    private final TurboReceiver.Handler handler = new TurboReceiver.Handler() {
        @Override
        public void onMessage(int target, boolean dataLeftOut, FluxMsg message) {
            seen.add(target + " " + dataLeftOut + " " + message.id() + " " + message.rawLength() + " "
                    + message.dataLength());
        }

        @Override
        public void onFault(int target, int fault) {
            seen.add(target + " fault " + fault);
        }
    };

    /** A payload of one empty map. */
    private record Fixed(boolean derivedFromRaw) implements Payload {
        @Override
        public void writeTo(CborWriter out) {
            out.map(0);
        }

        @Override
        public Payload copyInto(Payload spare) {
            return this;
        }
    }

    private static FluxMsg message(long id, int rawLength) {
        FluxMsg message = new FluxMsg();
        message.id(id);
        byte[] raw = new byte[rawLength];
        java.util.Arrays.fill(raw, (byte) 7);
        message.raw(raw, 0, rawLength);
        return message;
    }

    @Test
    void shouldCarryMessagesInOrderToTheirTargets() {
        assertThat(sender.send(0, message(1, 10))).isEqualTo(TurboWire.OK);
        assertThat(sender.send(TurboWire.TARGET_MAX, message(2, 0))).isEqualTo(TurboWire.OK);
        assertThat(receiver.poll(handler, 1)).isEqualTo(1);
        assertThat(receiver.poll(handler, 10)).isEqualTo(1);
        assertThat(receiver.poll(handler, 10)).isZero();
        assertThat(seen).containsExactly("0 false 1 10 0", "65535 false 2 0 0");
    }

    @Test
    void shouldLeaveAPayloadBehindOnlyIfRawAndTheSpecSayAllOfIt() {
        FluxMsg message = message(1, 10);
        message.payload(new Fixed(true));
        sender.send(1, message);
        message.meta().set(MetaKey.CODEC_SPEC_HASH, "0123456789ab");
        sender.send(2, message);
        message.payload(new Fixed(false));
        sender.send(3, message);
        message.payload(new Fixed(true));
        message.raw(new byte[0], 0, 0);
        sender.send(4, message);
        receiver.poll(handler, 10);
        assertThat(seen).containsExactly("1 false 1 10 1", "2 true 1 10 0", "3 false 1 10 1", "4 false 1 0 1");
    }

    @Test
    void shouldSayFullUntilTheReceiverHasRead() {
        int sent = 0;
        while (sender.send(0, message(sent, 400)) == TurboWire.OK) {
            sent++;
        }
        assertThat(sent).isEqualTo(8);
        assertThat(sender.pressured()).isTrue();
        assertThat(sender.relieved()).isFalse();
        receiver.poll(handler, 100);
        assertThat(sender.relieved()).isTrue();
        assertThat(sender.send(0, message(9, 400))).isEqualTo(TurboWire.OK);
        assertThat(wire.usedBytes()).isPositive().isLessThan(wire.capacityBytes());
    }

    @Test
    void shouldSayTooLongForWhatNeverFits() {
        assertThat(sender.send(0, message(0, 500))).isEqualTo(TurboWire.TOO_LONG);
        assertThat(receiver.poll(handler, 1)).isZero();
    }

    @Test
    void shouldWipeWhatMessagesLeaveBehind() {
        sender.send(0, message(1, 100));
        assertThat(scratch).contains((byte) 7);
        sender.wipe();
        assertThat(scratch).containsOnly((byte) 0);
        receiver.poll(handler, 1);
        assertThat(window).containsOnly((byte) 0);
    }

    @Test
    void shouldWipeTheWindowEvenIfAHandlerThrows() {
        sender.send(0, message(1, 100));
        assertThatThrownBy(() -> receiver.poll(
                        new TurboReceiver.Handler() {
                            @Override
                            public void onMessage(int target, boolean dataLeftOut, FluxMsg message) {
                                throw new IllegalStateException("test");
                            }

                            @Override
                            public void onFault(int target, int fault) {}
                        },
                        1))
                .hasMessage("test");
        assertThat(window).containsOnly((byte) 0);
    }

    @Test
    void shouldRejectAWindowShorterThanARecord() {
        assertThatThrownBy(() -> wire.receiver(new byte[10], 64)).hasMessage("window length=10 min=504");
    }
}
