package io.fluxrig.transport.msg;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.Hex;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A reader that expects the keys of the message before must read every other message as if it were its first. */
class MetaOrderTest {
    private final FluxMsgReader reader = new FluxMsgReader();
    private final FluxMsgWriter writer = new FluxMsgWriter();
    private final byte[] bytes = new byte[4096];
    private final FluxMsg read = new FluxMsg();

    @Test
    void shouldReadAnySetOfKeysAfterAnyOther() {
        SplittableRandom random = new SplittableRandom(3);
        FluxMsg message = new FluxMsg();
        for (int i = 0; i < 2_000; i++) {
            message.clear();
            for (MetaKey key : MetaKey.values()) {
                if (random.nextInt(3) == 0) {
                    message.meta().set(key, key.text() + i);
                }
            }
            int length = writer.write(message, bytes, 0, bytes.length);
            assertThat(reader.read(bytes, 0, length, read)).isZero();
            for (MetaKey key : MetaKey.values()) {
                assertThat(read.meta().text(key)).isEqualTo(message.meta().text(key));
            }
        }
    }

    @Test
    void shouldRefuseTheSameKeysTheOtherWayRound() {
        String connId = "67636f6e6e2e6964" + "6135";
        String peerIp = "67706565722e6970" + "6136";
        assertThat(readMeta("a2" + connId + peerIp)).isZero();
        assertThat(readMeta("a2" + peerIp + connId)).isEqualTo(CborFault.KEY_ORDER);
        assertThat(readMeta("a2" + connId + connId)).isEqualTo(CborFault.KEY_ORDER);
        assertThat(readMeta("a2" + connId + peerIp)).isZero();
    }

    @Test
    void shouldRefuseAKnownKeyBelowTheUnknownOneBeforeIt() {
        String connId = "67636f6e6e2e6964" + "6135";
        String peerIp = "67706565722e6970" + "6136";
        String above = "677a7a7a7a7a7a7a" + "6137";
        String between = "67646464646464" + "64" + "6138";
        assertThat(readMeta("a2" + connId + peerIp)).isZero();
        assertThat(readMeta("a3" + connId + above + peerIp)).isEqualTo(CborFault.KEY_ORDER);
        assertThat(readMeta("a3" + connId + between + peerIp)).isZero();
        assertThat(readMeta("a2" + connId + above)).isZero();
        assertThat(read.meta().text(MetaKey.PEER_IP)).isNull();
    }

    private int readMeta(String meta) {
        byte[] message = Hex.bytes("a1" + "646d657461" + meta);
        return reader.read(message, 0, message.length, read);
    }
}
