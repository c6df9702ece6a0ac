package io.parley.contracts.users;

import io.parley.contracts.audit.Origin;
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
 * What the users module answers about provider keys. A request that names a key fails not-found if there is no such key
 * and forbidden if it is another user's. One that encrypts or decrypts fails unavailable if the keyset is missing or
 * damaged.
 */
public final class ApiKeys {
    public static final String DEFAULT_ALIAS = "default";

    /** Fails conflict if the caller already has a key for this provider with this alias. */
    public static final Address<Create, ApiKey> CREATE = new Address<>("api-keys.create");

    public static final Address<Find, ApiKey> FIND = new Address<>("api-keys.find");

    /** Ordered by creation. */
    public static final Address<ListMine, Page<ApiKey>> LIST = new Address<>("api-keys.list");

    /** Fails stale unless the key has one of the given versions, and conflict like {@link #CREATE}. */
    public static final Address<Update, ApiKey> UPDATE = new Address<>("api-keys.update");

    /** Permanently deletes the key; fails stale unless it has one of the given versions. */
    public static final Address<Delete, None> DELETE = new Address<>("api-keys.delete");

    /**
     * The key itself, only for the module that calls the provider; records that the key was used. If there are several, it
     * is the one with the default alias, else the oldest. Fails not-found if the caller has no key for the provider, and
     * conflict if the key can no longer be decrypted and its owner must store it again.
     */
    public static final Address<Reveal, Secret> REVEAL = new Address<>("api-keys.reveal");

    /**
     * Adds a new primary key to the keyset file, with which everything is encrypted from then on. The earlier keys stay, so
     * that rows that {@link #REENCRYPT} has not reached yet, and backups, can still be decrypted. Fails conflict if the
     * keyset comes from a setting: the operator then adds the key there.
     */
    public static final Address<Rotate, Rotated> ROTATE = new Address<>("api-keys.rotate");

    /**
     * Re-encrypts the next rows that are not encrypted with the primary key. Send the request again with
     * {@link Reencrypted#last} until that is null. A key that its owner changes at the same time keeps that change. A node that
     * encrypts a key during the rotation may use the previous primary key; the row stays readable, and another pass from the
     * start re-encrypts it.
     */
    public static final Address<Reencrypt, Reencrypted> REENCRYPT = new Address<>("api-keys.reencrypt");

    /** Adds a new key to the keys that seal what each of the next users writes; continued as {@link #REENCRYPT} is. */
    public static final Address<RotateUserKeys, Reencrypted> ROTATE_USER_KEYS =
            new Address<>("api-keys.rotate-user-keys");

    /** @param id chosen by the sender; if the caller has a key with this id already, the reply is that key */
    public record Create(Caller caller, UUID id, ApiKeyDraft draft, Origin origin) {
        public Create(Caller caller, ApiKeyDraft draft, Origin origin) {
            this(caller, Ids.next(), draft, origin);
        }
    }

    /** @param alias null means {@link #DEFAULT_ALIAS} */
    public record ApiKeyDraft(
            String provider, Secret key, @Nullable String alias) {
        public ApiKeyDraft {
            key = checked(key);
        }
    }

    public record Find(Caller caller, UUID id) {}

    public record ListMine(Caller caller, PageRequest page) {}

    public record Update(Caller caller, UUID id, Versions versions, ApiKeyPatch patch, Origin origin) {}

    /** Neither field can be set to null. */
    public record ApiKeyPatch(Patch<String> alias, Patch<Secret> key) {
        public ApiKeyPatch {
            if (alias.present() && alias.value() == null) throw Problem.invalid("/alias", "must not be null");
            var value = key.value();
            if (value != null) key = Patch.to(checked(value));
            else if (key.present()) throw Problem.invalid("/key", "must not be null");
        }
    }

    public record Delete(Caller caller, UUID id, Versions versions, Origin origin) {}

    public record Reveal(Caller caller, String provider) {}

    public record Rotate() {}

    /** @param keys number of keys in the keyset now */
    public record Rotated(int keys) {}

    /**
     * The position of a pass over all users' secrets: the last one that it has read.
     *
     * @param table which of the tables with secrets
     */
    public record Place(int table, UUID userId, UUID id) {}

    /**
     * @param after {@link Reencrypted#last} of the previous call; null begins at the start
     * @param limit maximum number of rows
     */
    public record Reencrypt(@Nullable Place after, int limit) {}

    /** @param after and {@code limit} as in {@link Reencrypt}; the table is ignored */
    public record RotateUserKeys(@Nullable Place after, int limit) {}

    /**
     * @param last where the next call continues; null at the end
     * @param rows number of re-encrypted rows
     * @param unreadable number of rows that no key of the keyset decrypts; they stay unchanged
     */
    public record Reencrypted(@Nullable Place last, int rows, int unreadable) {}

    // A key is sent in a header, where a line break would allow header injection. At its ends, one is often pasted
    // along.
    private static Secret checked(Secret pasted) {
        var key = pasted.trimmed();
        int length = key.value().codePointCount(0, key.value().length());
        if (length < 1 || length > 4096) throw Problem.invalid("/key", "must have 1 to 4096 characters");
        if (key.hasControlCharacters()) throw Problem.invalid("/key", "must not contain control characters");
        return key;
    }

    private ApiKeys() {}
}
