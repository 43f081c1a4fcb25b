package io.fluxrig.engine.gears.conductor.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private final List<String> ports = new ArrayList<>();
    /** Has outputs and nothing else. */
    private final GearContext context = (GearContext) Proxy.newProxyInstance(
            OriginsTest.class.getClassLoader(), new Class<?>[] {GearContext.class}, (proxy, method, arguments) -> {
                ports.add((String) arguments[0]);
                return (Output) message -> Outcome.ACCEPTED;
            });

    private static Meta from(String source, String rack) {
        Meta meta = new Meta();
        meta.set(MetaKey.FLUXRIG_SOURCE, source);
        meta.set(MetaKey.CONN_RACK, rack);
        return meta;
    }

    @Test
    void shouldNumberOriginsOfThisRackThatAnotherHasMet() {
        Origins known = new Origins(context);
        known.of(from("terminals", null));
        known.of(from("terminals", "west run 7"));
        known.of(from("kiosks", null));
        Origins successor = new Origins(context);
        ports.clear();

        successor.meet(known);

        assertThat(ports).containsExactly("out_response_terminals", "out_response_kiosks");
        assertThat(successor.of(from("terminals", null))).isEqualTo(1);
        assertThat(successor.of(from("kiosks", null))).isEqualTo(2);
        assertThat(successor.of(from("terminals", "west run 7"))).isEqualTo(3);
    }
}
