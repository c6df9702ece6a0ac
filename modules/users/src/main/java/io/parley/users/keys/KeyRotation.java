package io.parley.users.keys;

import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/**
 * Brings provider keys under a new primary key while servers run. The order is what makes it safe: the new key is on
 * disk before anything is encrypted under it, no key is ever taken away, and a row is replaced only while it is still
 * the ciphertext that was read. So it may be broken off anywhere and begun again, and two at once do no harm.
 */
public final class KeyRotation {
    private static final UUID START = new UUID(0, 0);

    private final ApiKeyStore store;
    private final KeyEncryption vault;

    public KeyRotation(ApiKeyStore store, KeyEncryption vault) {
        this.store = store;
        this.vault = vault;
    }

    public Future<ApiKeys.Rotated> rotate(ApiKeys.Rotate command) {
        return vault.rotate().map(keyset -> new ApiKeys.Rotated(keyset.size()));
    }

    public Future<Reencrypted> reencrypt(ApiKeys.Reencrypt command) {
        var after = command.after() == null ? START : command.after();
        return vault.current()
                .compose(keyset -> store.listOutdated(keyset.prefix(), after, command.limit())
                        .compose(rows -> reencrypt(keyset, rows, command.limit())));
    }

    // One after the other: rows that are locked in whatever order cannot wait for each other this way.
    private Future<Reencrypted> reencrypt(Keyset keyset, List<ApiKeyStore.Stored> rows, int limit) {
        var last =
                rows.size() < limit ? null : rows.get(rows.size() - 1).place().id();
        var done = Future.succeededFuture(new Reencrypted(last, 0, 0));
        for (var row : rows) done = done.compose(before -> reencrypt(keyset, row, before));
        return done;
    }

    private Future<Reencrypted> reencrypt(Keyset keyset, ApiKeyStore.Stored row, Reencrypted before) {
        return vault.decrypt(row.place(), row.encrypted())
                .map(key -> vault.encrypt(keyset, row.place(), key))
                .compose(encrypted -> store.reencrypt(row, encrypted))
                .map(changed -> new Reencrypted(before.last(), before.rows() + changed, before.unreadable()))
                .recover(failure -> unreadable(failure)
                        ? Future.succeededFuture(new Reencrypted(before.last(), before.rows(), before.unreadable() + 1))
                        : Future.failedFuture(failure));
    }

    private static boolean unreadable(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.CONFLICT;
    }
}
