package io.parley.storage.keys;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import java.util.Optional;

/**
 * The keyset in use, from a setting or from a file. A rotation in this process or another may replace the file at any time.
 * Encryption therefore checks the file each time; decryption checks it when a ciphertext has an unknown key.
 */
public final class KeysetHolder {
    private final Optional<KeysetFile> file;
    private volatile LoadedKeyset loaded;

    private record LoadedKeyset(Keyset keyset, Optional<KeysetFile.Version> version) {}

    private KeysetHolder(Optional<KeysetFile> file, LoadedKeyset loaded) {
        this.file = file;
        this.loaded = loaded;
    }

    /** Blocks to read the file, which is created if it is missing. Fails with {@link KeysetException}. */
    public static KeysetHolder open(KeysetSettings settings) {
        return settings.keyset() == null ? fromFile(new KeysetFile(settings.file())) : fromSetting(settings.keyset());
    }

    private static KeysetHolder fromSetting(Secret keyset) {
        return new KeysetHolder(
                Optional.empty(),
                new LoadedKeyset(Keyset.parse(keyset, "the keyset in the setting"), Optional.empty()));
    }

    /** Blocks to read the file. Fails with {@link KeysetException}, also if it is missing. */
    static KeysetHolder openExisting(KeysetSettings settings) {
        return settings.keyset() == null ? existing(new KeysetFile(settings.file())) : fromSetting(settings.keyset());
    }

    private static KeysetHolder fromFile(KeysetFile file) {
        file.readOrCreate();
        return existing(file);
    }

    private static KeysetHolder existing(KeysetFile file) {
        return new KeysetHolder(Optional.of(file), load(file));
    }

    /** As it was last read. */
    public Keyset loaded() {
        return loaded.keyset();
    }

    /** As it is in the file now. Blocks; fails with {@link KeysetException}, also if the file has been deleted. */
    public Keyset current() {
        file.filter(this::isReplaced).ifPresent(replaced -> loaded = load(replaced));
        return loaded.keyset();
    }

    /** Adds a new primary key. Blocks; fails conflict if the keyset comes from a setting. */
    public Keyset rotate() {
        file.orElseThrow(() -> Problem.conflict(
                        "", "The keyset comes from a setting. Add a new primary key to the setting, then re-encrypt."))
                .rotate();
        return current();
    }

    private boolean isReplaced(KeysetFile current) {
        return !Optional.of(current.version()).equals(loaded.version());
    }

    // The version is read before the content: a file that is replaced in between is read once more, never missed.
    private static LoadedKeyset load(KeysetFile file) {
        var version = file.version();
        return new LoadedKeyset(file.read(), Optional.of(version));
    }
}
