package io.parley.users.profile;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The rule of profiles: when a default model is set, the user can use it. It may disappear later. */
public final class UserRules {
    private final Bus bus;
    private final UserStore store;

    public UserRules(Bus bus, UserStore store) {
        this.bus = bus;
        this.store = store;
    }

    /**
     * Fails like {@link Users#UPDATE}.
     *
     * @param confirmsEmail whether another address is pending until it is confirmed
     */
    public Future<User> update(Users.Update command, boolean confirmsEmail) {
        return checkModel(command).compose(usable -> store.update(command, confirmsEmail));
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
