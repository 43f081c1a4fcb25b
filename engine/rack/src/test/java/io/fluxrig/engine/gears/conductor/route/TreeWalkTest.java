package io.fluxrig.engine.gears.conductor.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TreeWalkTest {
    private final List<Integer> tried = new ArrayList<>();
    private final List<Integer> refusing = new ArrayList<>();
    private final long[] inFlight = new long[10];

    private final TreeWalk.Attempt attempt = new TreeWalk.Attempt() {
        @Override
        public boolean attempt(int destination) {
            tried.add(destination);
            return !refusing.contains(destination);
        }

        @Override
        public long inFlight(int destination) {
            return inFlight[destination];
        }
    };

    @Test
    void shouldTryTheNextOfAFailoverOnlyWhenTheFirstRefuses() {
        TreeWalk tree = tree(Map.of("failover", List.of("1", "2")));

        assertThat(tree.walk(attempt)).isTrue();
        refusing.add(1);
        assertThat(tree.walk(attempt)).isTrue();

        assertThat(tried).containsExactly(1, 1, 2);
    }

    @Test
    void shouldTakeTurnsInRoundRobin() {
        TreeWalk tree = tree(Map.of("round_robin", List.of("1", "2", "3")));

        for (int i = 0; i < 4; i++) {
            tree.walk(attempt);
        }

        assertThat(tried).containsExactly(1, 2, 3, 1);
    }

    @Test
    void shouldChooseTheLeastLoadedThenTheNext() {
        TreeWalk tree = tree(Map.of("least_loaded", List.of("1", "2", "3")));
        inFlight[1] = 5;
        inFlight[2] = 1;
        inFlight[3] = 3;
        refusing.addAll(List.of(1, 2, 3));

        assertThat(tree.walk(attempt)).isFalse();
        assertThat(tried).containsExactly(2, 3, 1);
    }

    @Test
    void shouldLetEquallyLoadedTakeTurns() {
        TreeWalk tree = tree(Map.of("least_loaded", List.of("1", "2")));

        tree.walk(attempt);
        tree.walk(attempt);
        tree.walk(attempt);

        assertThat(tried).containsExactly(1, 2, 1);
    }

    @Test
    void shouldWalkNestedNodesAndSumTheirLoad() {
        TreeWalk tree = tree(Map.of(
                "least_loaded",
                List.of(Map.of("failover", List.of("1", "2")), Map.of("round_robin", List.of("3", "4")))));
        inFlight[2] = 3;
        inFlight[3] = 1;
        inFlight[4] = 1;
        refusing.addAll(List.of(1, 2, 3, 4));

        assertThat(tree.walk(attempt)).isFalse();
        assertThat(tried).containsExactly(3, 4, 1, 2);
    }

    @Test
    void shouldNameEveryPort() {
        List<String> ports = new ArrayList<>();

        DestinationTree.parse(Map.of("failover", List.of("out_a", Map.of("round_robin", List.of("out_b", "out_c")))))
                .eachPort(ports::add);

        assertThat(ports).containsExactly("out_a", "out_b", "out_c");
    }

    @Test
    void shouldRejectTreesThatAreNone() {
        List<Object> bad = new ArrayList<>(List.of(
                "",
                7,
                List.of("a"),
                Map.of(),
                Map.of("random", List.of("a")),
                Map.of("failover", List.of()),
                Map.of("failover", "a"),
                Map.of("failover", List.of("a"), "round_robin", List.of("b")),
                Map.of("failover", Collections.nCopies(65, "a"))));
        Object deep = "a";
        for (int i = 0; i < 10; i++) {
            deep = Map.of("failover", List.of(deep));
        }
        bad.add(deep);
        for (Object yaml : bad) {
            assertThatIllegalArgumentException().isThrownBy(() -> DestinationTree.parse(yaml));
        }
    }

    private static TreeWalk tree(Object yaml) {
        return TreeWalk.of(DestinationTree.parse(yaml), Integer::parseInt);
    }
}
