package io.fluxrig.engine.gears.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {
    private final ConnectionTable table = new ConnectionTable(200, 255, null);

    private Connection add() {
        Connection connection = new Connection(null, new EmbeddedChannel(), Connection.ACCEPTED, false);
        connection.id(table.add(connection));
        return connection;
    }

    @Test
    void shouldTellStripAndGearFromTheId() {
        long id = add().id();

        assertThat(ConnIds.strip(id)).isEqualTo(200);
        assertThat(ConnIds.gearOrdinal(id)).isEqualTo(255);
    }

    @Test
    void shouldFindEachOfManyByItsId() {
        Connection[] all = new Connection[100];
        for (int i = 0; i < all.length; i++) {
            all[i] = add();
        }
        for (Connection connection : all) {
            assertThat(table.find(connection.id())).isSameAs(connection);
        }
        assertThat(table.size()).isEqualTo(100);
    }

    @Test
    void shouldNotTakeASuccessorInTheSameSlotForTheOneThatIsGone() {
        Connection gone = add();
        table.remove(gone);
        Connection successor = add();

        assertThat(ConnIds.slot(successor.id())).isEqualTo(ConnIds.slot(gone.id()));
        assertThat(table.find(gone.id())).isNull();
        assertThat(table.find(successor.id())).isSameAs(successor);
    }

    @Test
    void shouldFindNothingForForeignIds() {
        add();

        assertThat(table.find(0)).isNull();
        assertThat(table.find(-1)).isNull();
        assertThat(table.find(ConnIds.of(200, 255, 1, 5000))).isNull();
    }
}
