package io.fluxrig.transport.snake.entry;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.snake.entry.EntryCodec.Read.Kind;
import io.fluxrig.transport.snake.nats.EntryBucket;
import io.fluxrig.transport.snake.seal.Envelope;
import io.fluxrig.transport.snake.seal.EnvelopeSeal;
import io.fluxrig.transport.snake.seal.SnakeKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in a bucket of entries, and under which names. A value is one {@link Envelope} for each record of the entry; the first one's
 * message begins with the entry's name.
 *
 * <pre>
 *   value     record ...                   record    length of the envelope 4 | envelope
 *   message   length of the name 2 | the record, the name at its beginning; 0 and the record for those that follow
 *   names     one envelope, whose message is FFFF | 32 random bytes: the key under which names stand in the bucket
 * </pre>
 *
 * <p>Names hold card data, so an entry stands under an HMAC-SHA256 of its name, of which nobody learns anything without that key. It
 * lies in the bucket itself, sealed like the rest, and stays the same when the keys that racks share are rotated. All records of a value
 * come from one rack's run and name the same entry, so that none can be put into another.
 *
 * <p>One thread.
 */
final class EntryCodec {
    private static final String HMAC = "HmacSHA256";
    private static final int NAME_KEY_LENGTH = 32;
    private static final int NAME_KEY = 0xFFFF;
    /** Of an HMAC, in an entry's subject: as good as never the same for two names. */
    private static final int TOKEN_LENGTH = 16;

    private static final int LENGTH_LENGTH = 4;
    private static final int NAME_LENGTH_LENGTH = 2;

    private final EnvelopeSeal seal;
    private final SecureRandom random;
    private final byte[] rack;
    private final byte[] run = new byte[Envelope.ORIGIN_LENGTH];
    private byte[] nameKey;
    private Mac names;
    private int namesGiven;

    /**
     * A value of the bucket.
     *
     * @param records for the owner to wipe; empty but where the kind is {@link Kind#ANOTHERS}
     */
    record Read(Kind kind, List<byte[]> records) {
        enum Kind {
            /** This run wrote it, under the id that was asked for: opened it only. */
            OWN,
            /** So too, and what became of it. */
            OWN_WITH_OUTCOME,
            ANOTHERS,
            UNREADABLE,
            OTHER_KEY
        }

        static Read of(Kind kind) {
            return new Read(kind, List.of());
        }
    }

    EntryCodec(SnakeKey key, String bucket, String rack, SecureRandom random) {
        this.seal = new EnvelopeSeal(key, EntryBucket.subject(bucket, ">"), random);
        this.random = random;
        this.rack = rack.getBytes(StandardCharsets.US_ASCII);
        random.nextBytes(run);
    }

    /** Whether entries have names already. */
    boolean hasNames() {
        return names != null;
    }

    /** Counts the keys that entries have had their names under: who has one of another key finds nothing. */
    int namesGiven() {
        return namesGiven;
    }

    /** A value that gives the bucket's entries names, to be put there if there is none. */
    byte[] newNames() {
        byte[] made = new byte[NAME_KEY_LENGTH];
        random.nextBytes(made);
        return sealNames(made);
    }

    /** The names in use, sealed anew. */
    byte[] namesAgain() {
        return sealNames(nameKey.clone());
    }

    private byte[] sealNames(byte[] key) {
        byte[] message = new byte[NAME_LENGTH_LENGTH + NAME_KEY_LENGTH];
        Bytes.putShortBe(message, 0, NAME_KEY);
        System.arraycopy(key, 0, message, NAME_LENGTH_LENGTH, NAME_KEY_LENGTH);
        byte[] sealed = seal.seal(0, rack, 0, run, 0, message, message.length);
        Bytes.wipe(message);
        Bytes.wipe(key);
        return sealed;
    }

    /** Uses the names of the bucket from now on; false if that is not what gives names, or is sealed with another key. */
    boolean useNames(byte[] value) {
        byte[] into = new byte[value.length];
        int length = seal.open(value, into);
        boolean sound = length == NAME_LENGTH_LENGTH + NAME_KEY_LENGTH && nameLength(into) == NAME_KEY;
        if (sound) {
            byte[] key = Arrays.copyOfRange(into, NAME_LENGTH_LENGTH, length);
            if (Arrays.equals(key, nameKey)) {
                Bytes.wipe(key);
            } else {
                names = mac(key);
                if (nameKey != null) {
                    Bytes.wipe(nameKey);
                }
                nameKey = key;
                namesGiven++;
            }
        }
        Bytes.wipe(into);
        return sound;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HMAC-SHA256", e);
        }
    }

    /** Under what an entry stands whose record begins with its name. */
    String token(byte[] record, int nameLength) {
        names.update(record, 0, nameLength);
        return HexFormat.of().formatHex(names.doFinal(), 0, TOKEN_LENGTH);
    }

    /** Under what the entry stands that this record opens, as {@link #seal} made it; null if that was under a key that is gone. */
    String tokenOf(byte[] opened) {
        byte[] envelope = next(opened, 0);
        byte[] message = new byte[envelope.length];
        int length = seal.open(envelope, message);
        String token = length < NAME_LENGTH_LENGTH ? null : messageToken(message, length);
        Bytes.wipe(message);
        return token;
    }

    /** Under what an entry stands whose first message that is; null if it holds no name. */
    private String messageToken(byte[] message, int length) {
        int nameLength = nameLength(message);
        if (nameLength > length - NAME_LENGTH_LENGTH) {
            return null;
        }
        byte[] name = Arrays.copyOfRange(message, NAME_LENGTH_LENGTH, NAME_LENGTH_LENGTH + nameLength);
        String token = token(name, nameLength);
        Bytes.wipe(name);
        return token;
    }

    /** A record of an entry, as it stands in the value. */
    byte[] seal(long id, byte[] record, int nameLength) {
        byte[] message = new byte[NAME_LENGTH_LENGTH + record.length];
        Bytes.putShortBe(message, 0, nameLength);
        System.arraycopy(record, 0, message, NAME_LENGTH_LENGTH, record.length);
        byte[] envelope = seal.seal(0, rack, 0, run, id, message, message.length);
        Bytes.wipe(message);
        byte[] sealed = new byte[LENGTH_LENGTH + envelope.length];
        Bytes.putIntBe(sealed, 0, envelope.length);
        System.arraycopy(envelope, 0, sealed, LENGTH_LENGTH, envelope.length);
        return sealed;
    }

    /** The value of an entry that another record is added to. */
    byte[] sealBehind(byte[] opened, long id, byte[] record) {
        byte[] sealed = seal(id, record, 0);
        byte[] value = Arrays.copyOf(opened, opened.length + sealed.length);
        System.arraycopy(sealed, 0, value, opened.length, sealed.length);
        return value;
    }

    /**
     * Reads the value that was found.
     *
     * @param token under which it stands
     * @param id that it would have if this run had opened it
     */
    Read read(byte[] value, String token, long id) {
        List<byte[]> records = new ArrayList<>();
        byte[] origin = null;
        long sequence = 0;
        int at = 0;
        while (at < value.length) {
            byte[] envelope = next(value, at);
            byte[] into = envelope == null ? null : new byte[envelope.length];
            int length = envelope == null ? EnvelopeSeal.BROKEN : seal.open(envelope, into);
            if (length < NAME_LENGTH_LENGTH || !fits(envelope, into, length, token, origin, sequence)) {
                records.forEach(Bytes::wipe);
                if (into != null) {
                    Bytes.wipe(into);
                }
                return Read.of(length == EnvelopeSeal.OTHER_KEY ? Kind.OTHER_KEY : Kind.UNREADABLE);
            }
            origin = Envelope.origin(envelope);
            sequence = Envelope.sequence(envelope);
            records.add(Arrays.copyOfRange(into, NAME_LENGTH_LENGTH, length));
            Bytes.wipe(into);
            at += LENGTH_LENGTH + envelope.length;
        }
        if (sequence == id && Arrays.equals(origin, run)) {
            records.forEach(Bytes::wipe);
            return Read.of(records.size() > 1 ? Kind.OWN_WITH_OUTCOME : Kind.OWN);
        }
        return new Read(Kind.ANOTHERS, records);
    }

    private static byte[] next(byte[] value, int at) {
        int length = value.length - at < LENGTH_LENGTH ? -1 : Bytes.intBe(value, at);
        boolean whole = length >= 0 && length <= value.length - at - LENGTH_LENGTH;
        return whole ? Arrays.copyOfRange(value, at + LENGTH_LENGTH, at + LENGTH_LENGTH + length) : null;
    }

    /** Whether that record belongs there: the first names the entry, the others come from who wrote the first. */
    private boolean fits(byte[] envelope, byte[] message, int length, String token, byte[] origin, long sequence) {
        if (origin != null) {
            return Envelope.sequence(envelope) == sequence && Arrays.equals(Envelope.origin(envelope), origin);
        }
        return token.equals(messageToken(message, length));
    }

    private static int nameLength(byte[] message) {
        return Bytes.shortBe(message, 0) & 0xFFFF;
    }
}
