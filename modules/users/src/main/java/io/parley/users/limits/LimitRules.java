package io.parley.users.limits;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.limits.LimitChoices;
import io.parley.contracts.limits.LimitChoices.All;
import io.parley.contracts.limits.LimitChoices.Mine;
import io.parley.contracts.limits.LimitChoices.OfUser;
import io.parley.contracts.limits.LimitChoices.Roles;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Caller;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Function;

/** Which limits users and roles have, and who may choose them. */
public final class LimitRules {
    private final LimitStore store;
    private final ChatLimit chat;
    private final StorageLimit storage;
    private final Function<Caller, Future<Void>> requireAdmin;
    private final Function<Administration.Find, Future<AdministeredUser>> accounts;

    /**
     * @param requireAdmin fails forbidden
     * @param accounts as administrators find them
     */
    public LimitRules(
            LimitStore store,
            ChatLimit chat,
            StorageLimit storage,
            Function<Caller, Future<Void>> requireAdmin,
            Function<Administration.Find, Future<AdministeredUser>> accounts) {
        this.store = store;
        this.chat = chat;
        this.storage = storage;
        this.requireAdmin = requireAdmin;
        this.accounts = accounts;
    }

    public Future<Roles> findRoles(LimitChoices.FindRoles query) {
        return requireAdmin.apply(query.caller()).compose(admin -> roles());
    }

    public Future<Roles> setRole(LimitChoices.SetRole command) {
        return requireAdmin
                .apply(command.caller())
                .compose(admin -> store.setRole(command.role(), command.limits()))
                .compose(set -> roles());
    }

    private Future<Roles> roles() {
        return store.roles().map(Roles::new);
    }

    public Future<OfUser> findUser(LimitChoices.FindUser query) {
        return accounts.apply(new Administration.Find(query.caller(), query.id()))
                .compose(account -> ofUser(query.id()));
    }

    public Future<OfUser> setUser(LimitChoices.SetUser command) {
        return accounts.apply(new Administration.Find(command.caller(), command.id()))
                .compose(account -> store.setUser(command.id(), command.limits()))
                .compose(set -> ofUser(command.id()));
    }

    private Future<OfUser> ofUser(UUID userId) {
        return Future.all(store.ofUser(userId), mine(userId)).map(both -> {
            ChosenLimits own = both.resultAt(0);
            Mine mine = both.resultAt(1);
            return new OfUser(own, mine.effective(), mine.used());
        });
    }

    public Future<Mine> findMine(LimitChoices.FindMine query) {
        return mine(query.caller().userId());
    }

    private Future<Mine> mine(UUID userId) {
        return chat.effective(userId)
                .compose(limits -> storage.stored(userId)
                        .compose(stored -> chat.used(userId, limits, stored))
                        .map(used -> new Mine(limits.all(), used)));
    }

    public Future<All> findAll(LimitChoices.FindAll query) {
        return Future.all(store.roles(), store.ofUsers()).map(both -> new All(both.resultAt(0), both.resultAt(1)));
    }
}
