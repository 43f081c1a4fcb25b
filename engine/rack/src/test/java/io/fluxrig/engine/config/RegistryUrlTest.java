package io.fluxrig.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryUrlTest {

    @Test
    void shouldReadUserHostsAndDatabase() {
        assertThat(RegistryUrl.parse("postgresql://flux@db-1.example:5433,db-2.example,[::1]:5434,[::2]/fluxrig"))
                .hasValue(new RegistryUrl(
                        "flux",
                        List.of(
                                new Address("db-1.example", 5433),
                                new Address("db-2.example", 5432),
                                new Address("::1", 5434),
                                new Address("::2", 5432)),
                        "fluxrig"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://a@b/c",
                "postgresql://b/c",
                "postgresql://a@b",
                "postgresql://a@/c",
                "postgresql://a@:5432/c",
                "postgresql://a@b:0/c",
                "postgresql://a@b:70000/c",
                "postgresql://a@b,/c",
                "postgresql://a@::1/c",
                "postgresql://a:secret-7@b/c",
                "postgresql://a@b/c?sslmode=disable",
                "postgresql://a@b/c;d"
            })
    void shouldTellAFaultWithoutQuotingWhatMayBeAPassword(String url) {
        NodeConfigLoad load = NodeConfigLoader.load(
                MixerKeys.FILE, null, Map.of(), Map.of("registry.url", url, "snake.url", "nats://x:1"));

        assertThat(load.ok()).isFalse();
        assertThat(load.faults())
                .singleElement()
                .asString()
                .contains("registry.url", "postgresql://user@host:port/database")
                .doesNotContain("secret-7");
    }

    @Test
    void shouldWantOfMixersThatShareANatsOfNobodyAndAnAddressToReferTo() {
        NodeConfigLoad load = NodeConfigLoader.load(
                MixerKeys.FILE,
                null,
                Map.of(),
                Map.of("registry.url", "postgresql://a@b/c", "api.bind", "0.0.0.0:8090", "api.advertise", ""));
        NodeConfigLoad wrong =
                NodeConfigLoader.load(MixerKeys.FILE, null, Map.of(), Map.of("api.advertise", "http://a:1/path"));

        assertThat(load.faults())
                .extracting(Object::toString)
                .satisfiesExactlyInAnyOrder(
                        snake -> assertThat(snake).contains("snake.url: mixers that share a registry"),
                        api -> assertThat(api).contains("api.advertise: mixers that share a registry"));
        assertThat(wrong.faults()).singleElement().asString().contains("api.advertise: it is no address of an API");
    }
}
