package io.parley.users.keys;

import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.UserRow;
import io.parley.users.keys.ApiKeyStore.StoredKey;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rotates the primary key and re-encrypts provider keys with it while servers run. Safe because the new key is on disk
 * before anything is encrypted with it, no key is ever removed, and a row is replaced only if it still holds the ciphertext
 * that was read. A rotation may therefore stop at any point and be started again, and two may run at the same time.
 */
public final class KeyRotation {
    private static final ApiKeys.Place START = new ApiKeys.Place(new UUID(0, 0), new UUID(0, 0));

    private final ApiKeyStore store;
    private final KeyEncryption encryption;
    private final Database database;

    public KeyRotation(ApiKeyStore store, KeyEncryption encryption, Database database) {
        this.store = store;
        this.encryption = encryption;
        this.database = database;
    }

    public Future<ApiKeys.Rotated> rotate(ApiKeys.Rotate command) {
        return encryption
                .rotate()
                .compose(keyset -> database.record(
                                SecurityEvent.of(SecurityEventType.KEYS_ROTATED).with("keys", keyset.size()))
                        .map(new ApiKeys.Rotated(keyset.size())));
    }

    public Future<Reencrypted> reencrypt(ApiKeys.Reencrypt command) {
        var after = command.after() == null ? START : command.after();
        return encryption
                .current()
                .compose(keyset -> store.listPlaces(after, command.limit())
                        .compose(places -> listOutdated(keyset, places)
                                .compose(outdated -> reencrypt(keyset, outdated, last(places, command.limit())))));
    }

    private static ApiKeys.@Nullable Place last(List<UserRow> places, int limit) {
        if (places.size() < limit) return null;
        var last = places.get(places.size() - 1);
        return new ApiKeys.Place(last.userId(), last.id());
    }

    private Future<List<StoredKey>> listOutdated(Keyset keyset, List<UserRow> places) {
        List<StoredKey> outdated = new ArrayList<>();
        return UserRow.eachUser(
                        places,
                        (user, ids) -> store.listOutdated(keyset.prefix(), user, ids)
                                .map(found -> {
                                    outdated.addAll(found);
                                    return found.size();
                                }))
                .map(count -> outdated);
    }

    // One row after the other: locks taken in different orders would deadlock two rotations.
    private Future<Reencrypted> reencrypt(Keyset keyset, List<StoredKey> outdated, ApiKeys.@Nullable Place last) {
        var counted = Future.succeededFuture(new Reencrypted(last, 0, 0));
        for (var key : outdated) counted = counted.compose(before -> reencrypt(keyset, key, before));
        return counted;
    }

    private Future<Reencrypted> reencrypt(Keyset keyset, StoredKey outdated, Reencrypted before) {
        return encryption
                .decrypt(outdated)
                .map(key -> encryption.encrypt(keyset, outdated.binding(), key))
                .compose(ciphertext -> store.reencrypt(outdated, ciphertext))
                .map(changed -> new Reencrypted(before.last(), before.rows() + changed, before.unreadable()))
                .recover(failure -> isUnreadable(failure)
                        ? Future.succeededFuture(new Reencrypted(before.last(), before.rows(), before.unreadable() + 1))
                        : Future.failedFuture(failure));
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.CONFLICT;
    }
}
