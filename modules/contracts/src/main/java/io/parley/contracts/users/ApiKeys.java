package io.parley.contracts.users;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the users module answers about provider keys. Whatever names one fails not-found where there is none and
 * forbidden where it is another user's. Whatever encrypts or decrypts fails unavailable where the keyset is missing or
 * damaged.
 */
public final class ApiKeys {
    public static final String DEFAULT_ALIAS = "default";

    /** Fails conflict where the caller has a key for this provider under this alias. */
    public static final Address<Create, ApiKey> CREATE = new Address<>("api-keys.create");

    public static final Address<Find, ApiKey> FIND = new Address<>("api-keys.find");

    /** In the order of creation. */
    public static final Address<ListMine, Page<ApiKey>> LIST = new Address<>("api-keys.list");

    /** Fails stale where it is of none of the versions named, and conflict as the creation does. */
    public static final Address<Update, ApiKey> UPDATE = new Address<>("api-keys.update");

    /** Removes for good; fails stale where it is of none of the versions named. */
    public static final Address<Delete, None> DELETE = new Address<>("api-keys.delete");

    /**
     * The key itself, for the module that speaks to the provider and for nobody else; notes that it was used. Of several
     * it is the one with the default alias, else the oldest. Fails not-found where the caller has none for the provider,
     * and conflict where it cannot be decrypted any more, so that its owner must store it again.
     */
    public static final Address<Reveal, Secret> REVEAL = new Address<>("api-keys.reveal");

    /**
     * Adds a new primary key to the keyset file, under which everything is encrypted from then on. The keys before it
     * stay, so that what they encrypted can be read until {@link #REENCRYPT} has come to it, and in backups after that.
     * Fails conflict where the keyset comes from a setting: who gives it adds the key there.
     */
    public static final Address<Rotate, Rotated> ROTATE = new Address<>("api-keys.rotate");

    /**
     * Encrypts the next rows that are not encrypted under the primary key, each wholly or not at all; asked again from
     * where it ended until it has come to the end. A key that its owner changes meanwhile keeps that change. A server
     * that was encrypting at the very moment of the rotation may leave a row under the key before, which stays readable
     * and which another walk from the start finds.
     */
    public static final Address<Reencrypt, Reencrypted> REENCRYPT = new Address<>("api-keys.reencrypt");

    /** @param id its own, made by whoever asks; under the id of one that the caller has, replies with that one */
    public record Create(Caller caller, UUID id, ApiKeyDraft draft) {
        public Create(Caller caller, ApiKeyDraft draft) {
            this(caller, Ids.next(), draft);
        }
    }

    /** @param alias null stands for {@link #DEFAULT_ALIAS} */
    public record ApiKeyDraft(
            String provider, Secret key, @Nullable String alias) {
        public ApiKeyDraft {
            check(key);
        }
    }

    public record Find(Caller caller, UUID id) {}

    public record ListMine(Caller caller, PageRequest page) {}

    public record Update(Caller caller, UUID id, Versions versions, ApiKeyPatch patch) {}

    /** Neither can be cleared. */
    public record ApiKeyPatch(Patch<String> alias, Patch<Secret> key) {
        public ApiKeyPatch {
            if (alias.present() && alias.value() == null) throw Problem.invalid("/alias", "must not be null");
            var value = key.value();
            if (value != null) check(value);
            else if (key.present()) throw Problem.invalid("/key", "must not be null");
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions) {}

    public record Reveal(Caller caller, String provider) {}

    public record Rotate() {}

    /** @param keys how many the keyset holds now */
    public record Rotated(int keys) {}

    /**
     * @param after where the walk before ended; null begins at the start
     * @param limit at most so many rows
     */
    public record Reencrypt(@Nullable UUID after, int limit) {}

    /**
     * @param last where to go on; null at the end
     * @param rows how many are encrypted anew
     * @param unreadable how many no key of the keyset decrypts; they stay as they are
     */
    public record Reencrypted(@Nullable UUID last, int rows, int unreadable) {}

    // Keys end up in a header, where a line break that was pasted with them would do harm.
    private static void check(Secret key) {
        int length = key.value().codePointCount(0, key.value().length());
        if (length < 1 || length > 4096) throw Problem.invalid("/key", "must have 1 to 4096 characters");
        if (key.value().chars().anyMatch(Character::isISOControl))
            throw Problem.invalid("/key", "must not hold control characters");
    }

    private ApiKeys() {}
}
