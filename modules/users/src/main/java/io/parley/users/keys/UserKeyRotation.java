package io.parley.users.keys;

import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.storage.keys.Keyset;
import io.parley.storage.keys.UserKey;
import io.parley.storage.sealing.UserKeyStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Wraps the keys of users with the primary key of the keyset, or adds a new one to those of each user. Both as {@link KeyRotation}. */
final class UserKeyRotation {
    private static final UUID FIRST = new UUID(0, 0);

    private final UserKeyStore store;
    private final KeyEncryption encryption;

    public UserKeyRotation(UserKeyStore store, KeyEncryption encryption) {
        this.store = store;
        this.encryption = encryption;
    }

    private interface Change {
        /** Empty leaves the key as it is. */
        Optional<Buffer> of(UUID userId, Keyset keyset, Buffer wrapped) throws GeneralSecurityException;
    }

    public Future<Reencrypted> addKeys(ApiKeys.RotateUserKeys command) {
        return each(command.after(), 0, command.limit(), UserKeyRotation::withNewPrimary);
    }

    private static Optional<Buffer> withNewPrimary(UUID userId, Keyset keyset, Buffer wrapped)
            throws GeneralSecurityException {
        return Optional.of(
                UserKey.unwrap(userId, keyset, wrapped).withNewPrimary().wrap(keyset));
    }

    Future<Reencrypted> wrapAnew(ApiKeys.Place after, int limit) {
        return each(after, after.table(), limit, UserKeyRotation::wrappedByPrimary);
    }

    private static Optional<Buffer> wrappedByPrimary(UUID userId, Keyset keyset, Buffer wrapped)
            throws GeneralSecurityException {
        return UserKey.isWrappedByPrimary(keyset, wrapped)
                ? Optional.empty()
                : Optional.of(UserKey.unwrap(userId, keyset, wrapped).wrap(keyset));
    }

    private Future<Reencrypted> each(ApiKeys.@Nullable Place after, int table, int limit, Change change) {
        return encryption
                .current()
                .compose(keyset -> store.listUsers(after == null ? FIRST : after.userId(), limit)
                        .compose(users -> each(users, keyset, change, next(users, table, limit))));
    }

    private static ApiKeys.@Nullable Place next(List<UUID> users, int table, int limit) {
        return users.size() < limit ? null : new ApiKeys.Place(table, users.get(users.size() - 1), FIRST);
    }

    private Future<Reencrypted> each(List<UUID> users, Keyset keyset, Change change, ApiKeys.@Nullable Place next) {
        var counted = Future.succeededFuture(new Reencrypted(next, 0, 0));
        for (var user : users)
            counted = counted.compose(before -> store.find(user)
                    .compose(found -> found.isEmpty()
                            ? Future.succeededFuture(before)
                            : change(user, keyset, found.get(), change, before)));
        return counted;
    }

    private Future<Reencrypted> change(UUID user, Keyset keyset, Buffer wrapped, Change change, Reencrypted before) {
        try {
            var changed = change.of(user, keyset, wrapped);
            return changed.isEmpty()
                    ? Future.succeededFuture(before)
                    : store.replace(user, wrapped, changed.get())
                            .map(rows -> new Reencrypted(before.last(), before.rows() + rows, before.unreadable()));
        } catch (GeneralSecurityException unreadable) {
            return Future.succeededFuture(new Reencrypted(before.last(), before.rows(), before.unreadable() + 1));
        }
    }
}
