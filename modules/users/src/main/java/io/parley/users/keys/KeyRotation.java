package io.parley.users.keys;

import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.UserRow;
import io.parley.storage.keys.Keyset;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rotates the primary key and re-encrypts all secrets with it while servers run. Safe because the new key is on disk
 * before anything is encrypted with it, no key is ever removed, and a row is replaced only if it still holds the ciphertext
 * that was read. A rotation may therefore stop at any point and be started again, and two may run at the same time.
 */
final class KeyRotation {
    private final List<EncryptedRows> tables;
    private final UserKeyRotation userKeys;
    private final KeyEncryption encryption;
    private final Database database;

    /** @param userKeys follow the tables */
    public KeyRotation(
            List<EncryptedRows> tables, UserKeyRotation userKeys, KeyEncryption encryption, Database database) {
        this.tables = tables;
        this.userKeys = userKeys;
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
        var after = command.after() == null ? startOf(0) : command.after();
        if (after.table() == tables.size()) return userKeys.wrapAnew(after, command.limit());
        var rows = tables.get(after.table());
        return encryption
                .current()
                .compose(keyset -> rows.listPlaces(after, command.limit())
                        .compose(places -> listOutdated(rows, keyset, places)
                                .compose(outdated -> reencrypt(
                                        rows, keyset, outdated, next(after.table(), places, command.limit())))));
    }

    // The place after these rows. After the last table come the keys of users.
    private ApiKeys.Place next(int table, List<UserRow> places, int limit) {
        if (places.size() < limit) return startOf(table + 1);
        var last = places.get(places.size() - 1);
        return new ApiKeys.Place(table, last.userId(), last.id());
    }

    private static ApiKeys.Place startOf(int table) {
        return new ApiKeys.Place(table, new UUID(0, 0), new UUID(0, 0));
    }

    private static Future<List<StoredSecret>> listOutdated(EncryptedRows rows, Keyset keyset, List<UserRow> places) {
        List<StoredSecret> outdated = new ArrayList<>();
        return UserRow.eachUser(
                        places,
                        (user, ids) -> rows.listOutdated(keyset.prefix(), user, ids)
                                .map(found -> {
                                    outdated.addAll(found);
                                    return found.size();
                                }))
                .map(count -> outdated);
    }

    // One row after the other: locks taken in different orders would deadlock two rotations.
    private Future<Reencrypted> reencrypt(
            EncryptedRows rows, Keyset keyset, List<StoredSecret> outdated, ApiKeys.@Nullable Place next) {
        var counted = Future.succeededFuture(new Reencrypted(next, 0, 0));
        for (var key : outdated) counted = counted.compose(before -> reencrypt(rows, keyset, key, before));
        return counted;
    }

    private Future<Reencrypted> reencrypt(
            EncryptedRows rows, Keyset keyset, StoredSecret outdated, Reencrypted before) {
        return encryption
                .decrypt(outdated)
                .map(key -> encryption.encrypt(keyset, outdated.binding(), key))
                .compose(ciphertext -> rows.reencrypt(outdated, ciphertext))
                .map(changed -> new Reencrypted(before.last(), before.rows() + changed, before.unreadable()))
                .recover(failure -> isUnreadable(failure)
                        ? Future.succeededFuture(new Reencrypted(before.last(), before.rows(), before.unreadable() + 1))
                        : Future.failedFuture(failure));
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.CONFLICT;
    }
}
