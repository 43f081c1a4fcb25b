package io.fluxrig.transport.journal;

import io.fluxrig.transport.journal.store.DamagePolicy;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.journal.store.SyncMode;
import java.io.PrintStream;
import java.nio.file.Path;

/** A process that opens its first journal when it is ending: {@code FOLDER}. Prints what came of it. */
final class EndingChild {
    private EndingChild() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> out.println(outcome(Path.of(arguments[0])))));
    }

    private static String outcome(Path folder) {
        try {
            new JournalRig(JournalRig.settings(folder, SyncMode.OS, DamagePolicy.REFUSE), JournalRig.key(7), 1);
            return "opened";
        } catch (JournalException refused) {
            return "refused: " + refused.getMessage();
        } catch (Error broken) {
            return "broken: " + broken;
        }
    }
}
