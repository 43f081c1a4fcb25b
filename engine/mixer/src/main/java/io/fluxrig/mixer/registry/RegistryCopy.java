package io.fluxrig.mixer.registry;

import io.fluxrig.mixer.registry.SqlStore.Columns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies a registry out of its file into a database that has none yet: every row of every table, all in one transaction or nothing. While no mixer uses
 * either. What is in the file stays there. Numbers that are given out go on above those of the file.
 *
 * <p>One thread, which waits for both.
 */
public final class RegistryCopy {
    /** Rows that are read at a time. */
    private static final int PAGE = 500;

    private static final String OTHERS = "the database holds a registry already: ";

    /** In the order in which they are filled; of what {@link Schema} defines none is missing. */
    private static final List<Table> TABLES = List.of(
            new Table("owner", "place#", "authority"),
            new Table(
                    "racks",
                    "name",
                    "key*",
                    "login*",
                    "standing",
                    "host",
                    "version",
                    "added#",
                    "approved#",
                    "approved_by",
                    "serial#",
                    "expires#"),
            new Table("revoked", "key*"),
            new Table("scenarios", "name", "version", "hash", "bytes#", "added#"),
            new Table(
                    "activations",
                    "id#",
                    "rack",
                    "scenario",
                    "version",
                    "hash",
                    "restart?",
                    "asked#",
                    "outcome",
                    "text",
                    "ended#"),
            new Table("audit", "id#", "made#", "who", "action", "subject", "detail"),
            new Table("blobs", "hash", "content*"),
            new Table("artefacts", "name", "tag", "hash", "added#"),
            new Table("data_keys", "id#", "keeper", "kept_under", "wrapped*", "made#"),
            new Table("secrets", "name", "version#", "data_key#", "sealed*", "made#"));

    private static final List<String> SEQUENCES = List.of("passports", "audit_ids");

    private RegistryCopy() {}

    /**
     * A table.
     *
     * @param columns with what they hold behind the name: {@code #} numbers, {@code *} bytes, {@code ?} flags, nothing texts
     */
    private record Table(String name, String... columns) {
        String names() {
            return Stream.of(columns).map(Table::plain).collect(Collectors.joining(", "));
        }

        static String plain(String column) {
            return column.replaceAll("[#*?]$", "");
        }

        Object[] read(Columns row) {
            return Stream.of(columns)
                    .map(column -> switch (column.charAt(column.length() - 1)) {
                        case '#' -> row.number(plain(column));
                        case '*' -> row.bytes(plain(column));
                        case '?' -> row.flag(plain(column));
                        default -> row.text(column);
                    })
                    .toArray();
        }

        String insert() {
            return "INSERT INTO " + name + " (" + names() + ") VALUES ("
                    + Stream.of(columns).map(column -> "?").collect(Collectors.joining(", ")) + ")";
        }

        long count(SqlStore store) {
            return store.query("SELECT count(*) AS n FROM " + name, row -> row.number("n"))
                    .get(0);
        }
    }

    /**
     * Copies it; how many rows of each table.
     *
     * @param file of a registry in DuckDB
     * @throws RegistryException if there is no such file, the database is not empty, one of both fails, or a mixer uses the file
     */
    public static Map<String, Long> copy(Path file, PgSettings database) {
        if (!Files.isRegularFile(file)) {
            throw new RegistryException("there is no registry " + file + " to be copied (base.data_dir)");
        }
        try (SqlStore from = DuckStore.open(file);
                SqlStore to = new PgStore(database)) {
            return copy(from, to);
        }
    }

    static Map<String, Long> copy(SqlStore from, SqlStore to) {
        Schema.bringUp(from);
        Schema.bringUp(to);
        Map<String, Long> copied = new TreeMap<>();
        to.together(() -> {
            copied.clear();
            refuseWhatIsThere(to);
            TABLES.forEach(table -> copied.put(table.name(), rows(table, from, to)));
            leader(from, to);
            SEQUENCES.forEach(sequence -> numbers(sequence, from, to));
        });
        return copied;
    }

    private static void refuseWhatIsThere(SqlStore to) {
        List<String> there = new ArrayList<>();
        for (Table table : TABLES) {
            long rows = table.count(to);
            if (rows > 0) {
                there.add(table.name() + " " + rows);
            }
        }
        if (!there.isEmpty()) {
            throw new RegistryException(
                    OTHERS + String.join(", ", there) + "; nothing was copied: name a database that no mixer has used");
        }
    }

    private static long rows(Table table, SqlStore from, SqlStore to) {
        // the order is the same for each page: nobody changes the file meanwhile
        String select = String.format(
                Locale.ROOT, "SELECT %1$s FROM %2$s ORDER BY %1$s LIMIT ? OFFSET ?", table.names(), table.name());
        long copied = 0;
        List<Object[]> page;
        do {
            page = from.query(select, table::read, PAGE, copied);
            page.forEach(row -> to.change(table.insert(), row));
            copied += page.size();
        } while (page.size() == PAGE);
        return copied;
    }

    /** Whoever leads next begins above the epoch that was last. */
    private static void leader(SqlStore from, SqlStore to) {
        from.query("SELECT epoch, who, begun FROM leader WHERE place = 1", row ->
                        new Object[] {row.number("epoch"), row.text("who"), row.number("begun")})
                .forEach(row -> to.change("UPDATE leader SET epoch = ?, who = ?, begun = ? WHERE place = 1", row));
    }

    private static void numbers(String sequence, SqlStore from, SqlStore to) {
        long next = from.query("SELECT nextval('" + sequence + "') AS n", row -> row.number("n"))
                .get(0);
        to.query("SELECT setval('" + sequence + "', " + next + ") AS n", row -> row.number("n"));
    }
}
