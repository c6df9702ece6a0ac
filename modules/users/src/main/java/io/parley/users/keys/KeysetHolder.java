package io.parley.users.keys;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import java.util.Optional;

/**
 * The keyset in use, from a setting or from a file. A file may be replaced at any time by a rotation, in this process
 * or in another: what encrypts looks for that each time, and what decrypts does when it meets a key that it does not
 * know.
 */
public final class KeysetHolder {
    private final Optional<KeysetFile> file;
    private volatile Loaded loaded;

    private record Loaded(Keyset keyset, Optional<KeysetFile.Mark> mark) {}

    private KeysetHolder(Optional<KeysetFile> file, Loaded loaded) {
        this.file = file;
        this.loaded = loaded;
    }

    /** Blocks for the file, which is made where there is none. Fails with {@link KeysetException}. */
    public static KeysetHolder open(KeysetSettings settings) {
        return settings.keyset() == null ? inFile(new KeysetFile(settings.file())) : given(settings.keyset());
    }

    private static KeysetHolder given(Secret keyset) {
        return new KeysetHolder(
                Optional.empty(), new Loaded(Keyset.parse(keyset, "the setting of the keyset"), Optional.empty()));
    }

    private static KeysetHolder inFile(KeysetFile file) {
        file.readOrMake();
        return new KeysetHolder(Optional.of(file), load(file));
    }

    /** As it was last seen. */
    Keyset known() {
        return loaded.keyset();
    }

    /** As the file has it now. Blocks; fails with {@link KeysetException}, also where the file is gone meanwhile. */
    Keyset current() {
        file.filter(this::isReplaced).ifPresent(replaced -> loaded = load(replaced));
        return loaded.keyset();
    }

    /** With a new key that encrypts. Blocks; fails conflict where the keyset comes from a setting. */
    Keyset rotate() {
        file.orElseThrow(() -> Problem.conflict(
                        "", "The keyset comes from a setting: add the new primary key there, then re-encrypt."))
                .rotate();
        return current();
    }

    private boolean isReplaced(KeysetFile seen) {
        return !Optional.of(seen.mark()).equals(loaded.mark());
    }

    // Marked before it is read: what is replaced in between is read once more, never missed.
    private static Loaded load(KeysetFile file) {
        var mark = file.mark();
        return new Loaded(file.read(), Optional.of(mark));
    }
}
