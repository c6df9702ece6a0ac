package io.parley.storage.sealing;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.storage.keys.UserKeys;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Whether something new is encrypted: as its maker says, else as its user has chosen. Somebody who has chosen it has a key, so that
 * nobody else is asked about.
 */
public final class EncryptionChoice {
    private final Bus bus;
    private final UserKeys keys;

    public EncryptionChoice(Bus bus, UserKeys keys) {
        this.bus = bus;
        this.keys = keys;
    }

    /** @param wanted null leaves it to the user */
    public Future<Boolean> of(Caller caller, @Nullable Boolean wanted) {
        if (wanted != null) return Future.succeededFuture(wanted);
        return keys.find(caller.userId())
                .compose(key -> key.isPresent()
                        ? bus.ask(Users.FIND, new Users.Find(caller)).map(User::encryptByDefault)
                        : Future.succeededFuture(false));
    }
}
