package io.parley.gateway.limits;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.limits.LimitChoices;
import io.parley.contracts.limits.LimitChoices.All;
import io.parley.contracts.limits.LimitChoices.FindAll;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.limits.Rates;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What administrators have chosen for roles and users, at most a few seconds old. Only users with limits of their own take memory. */
final class LimitOverrides {
    private static final long RELOAD_MILLIS = 2_000;

    private volatile Choices choices = new Choices(Map.of(), Choice.NONE, Choice.NONE);

    /** What is chosen; null takes the setting. */
    record Choice(
            @Nullable Rates requests,
            @Nullable Integer streams,
            @Nullable Integer concurrent,
            @Nullable Long importBytes) {
        static final Choice NONE = new Choice(null, null, null, null);

        static Choice of(ChosenLimits chosen) {
            var requests = chosen.requests();
            return new Choice(
                    requests == null ? null : Rates.parse(requests),
                    chosen.streams(),
                    chosen.concurrent(),
                    chosen.importBytes());
        }
    }

    /** @param users those for whom anything is chosen */
    private record Choices(Map<UUID, Choice> users, Choice user, Choice admin) {
        static Choices of(All all) {
            var users = new HashMap<UUID, Choice>();
            all.users().forEach(each -> users.put(each.userId(), Choice.of(each.limits())));
            return new Choices(
                    users, Choice.of(all.roles().user()), Choice.of(all.roles().admin()));
        }
    }

    /** Keeps them up to date while the calling verticle is deployed. */
    void follow(Vertx vertx, Bus bus) {
        reload(vertx, bus);
    }

    // Until they have been loaded, and while they cannot be, what is known applies.
    private void reload(Vertx vertx, Bus bus) {
        bus.ask(LimitChoices.FIND_ALL, new FindAll())
                .onSuccess(all -> choices = Choices.of(all))
                .onComplete(done -> vertx.setTimer(RELOAD_MILLIS, timer -> reload(vertx, bus)));
    }

    Choice of(Caller caller) {
        var known = choices;
        var ofRole = caller.role() == Role.ADMIN ? known.admin() : known.user();
        var own = known.users().isEmpty() ? null : known.users().get(caller.userId());
        return own == null ? ofRole : merged(own, ofRole);
    }

    private static Choice merged(Choice own, Choice ofRole) {
        return new Choice(
                own.requests() == null ? ofRole.requests() : own.requests(),
                own.streams() == null ? ofRole.streams() : own.streams(),
                own.concurrent() == null ? ofRole.concurrent() : own.concurrent(),
                own.importBytes() == null ? ofRole.importBytes() : own.importBytes());
    }
}
