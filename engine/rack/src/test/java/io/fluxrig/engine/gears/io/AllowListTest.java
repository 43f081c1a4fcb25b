package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "10.0.0.0/8, fd12::1, false"
    })
    void shouldHoldAddressesAgainstBlocks(String block, String address, boolean allowed) throws Exception {
        assertThat(AllowList.of(List.of(block)).allows(InetAddress.getByName(address)))
                .isEqualTo(allowed);
    }

    @Test
    void shouldAllowEverybodyWhenEmpty() throws Exception {
        assertThat(AllowList.of(List.of()).allows(InetAddress.getByName("203.0.113.1")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.com", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.300/8", "fd00::/129"})
    void shouldRefuseWhatIsNoBlock(String block) {
        assertThatThrownBy(() -> AllowList.of(List.of(block))).isInstanceOf(IllegalArgumentException.class);
    }
}
