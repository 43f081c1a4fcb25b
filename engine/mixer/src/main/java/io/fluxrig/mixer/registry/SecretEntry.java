package io.fluxrig.mixer.registry;

/**
 * A version of a secret, sealed.
 *
 * @param version counts those of the name, from 1
 * @param dataKey with which it is sealed; see {@link DataKeyEntry}
 * @param madeMs ms since 1970
 */
public record SecretEntry(String name, long version, long dataKey, byte[] sealed, long madeMs) {
    @Override
    public String toString() {
        return "SecretEntry[" + name + ", version " + version + ", data key " + dataKey + "]";
    }
}
