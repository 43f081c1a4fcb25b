package io.fluxrig.mixer.lead;

import io.fluxrig.transport.lease.LeaseStore;

/** In memory; entries end when a test says so. */
final class LeaseInMemory implements LeaseStore {
    Entry entry;
    private long revisions;

    @Override
    public Entry read() {
        return entry;
    }

    @Override
    public long create(byte[] value) {
        return entry == null ? write(value) : TAKEN;
    }

    @Override
    public long update(byte[] value, long revision) {
        return entry != null && entry.revision() == revision ? write(value) : TAKEN;
    }

    @Override
    public void remove(long revision) {
        entry = entry != null && entry.revision() == revision ? null : entry;
    }

    long write(byte[] value) {
        entry = new Entry(++revisions, value);
        return revisions;
    }
}
