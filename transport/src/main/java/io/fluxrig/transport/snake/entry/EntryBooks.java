package io.fluxrig.transport.snake.entry;

import java.util.HashMap;
import java.util.Map;

/** What the sharing thread has in hand: the entries, what is under way of them, and the time of its turn. That thread only. */
final class EntryBooks {
    final EntrySettings settings;
    final EntryCodec codec;
    final EntryNames names;
    final EntryTurns turns;
    final EntryQuestions questions;
    final EntryRetries again = new EntryRetries();
    final EntryTrouble trouble;
    final EntryFigures figures;
    final Map<Long, HeldEntry> entries = new HashMap<>();
    /** When this turn began, by the rack's clock. */
    long nowNs;

    EntryBooks(
            EntrySettings settings,
            EntryCodec codec,
            EntryNames names,
            EntryTurns turns,
            EntryQuestions questions,
            EntryTrouble trouble,
            EntryFigures figures) {
        this.settings = settings;
        this.codec = codec;
        this.names = names;
        this.turns = turns;
        this.questions = questions;
        this.trouble = trouble;
        this.figures = figures;
    }
}
