package io.parley.users.profile;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.storage.keys.UserKeys;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The rules of profiles: when a default model is set, the user can use it, though it may disappear later; and somebody who encrypts by
 * default has a key.
 */
public final class UserRules {
    private final Bus bus;
    private final UserStore store;
    private final UserKeys keys;

    public UserRules(Bus bus, UserStore store, UserKeys keys) {
        this.bus = bus;
        this.store = store;
        this.keys = keys;
    }

    /**
     * Fails like {@link Users#UPDATE}.
     *
     * @param confirmsEmail whether another address is pending until it is confirmed
     */
    public Future<User> update(Users.Update command, boolean confirmsEmail) {
        return checkModel(command)
                .compose(usable -> requireKey(command))
                .compose(ready -> store.update(command, confirmsEmail));
    }

    private Future<?> requireKey(Users.Update command) {
        return Boolean.TRUE.equals(command.patch().encryptByDefault().value())
                ? keys.require(command.caller().userId())
                : Future.succeededFuture();
    }

    // To take away a choice is always allowed.
    private Future<None> checkModel(Users.Update command) {
        var provider = command.patch().defaultProvider();
        var model = command.patch().defaultModel();
        if (provider.value() == null && model.value() == null) return Future.succeededFuture(None.NONE);
        return provider.present() && model.present()
                ? check(command, provider.value(), model.value())
                : store.find(new Users.Find(command.caller()))
                        .compose(user -> check(
                                command, provider.orElse(user.defaultProvider()), model.orElse(user.defaultModel())));
    }

    private Future<None> check(Users.Update command, @Nullable String provider, @Nullable String model) {
        return bus.ask(Chat.CHECK_MODEL, new Chat.CheckModel(command.caller(), provider, model, "default_"));
    }
}
