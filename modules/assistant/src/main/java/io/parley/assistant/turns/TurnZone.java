package io.parley.assistant.turns;

import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.vertx.core.Future;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Finds the time zone of a turn. */
final class TurnZone {
    /** @param given for this turn only; null for the user's */
    static Future<ZoneId> of(Bus bus, Caller caller, @Nullable String given) {
        return given == null
                ? bus.ask(Users.FIND, new Users.Find(caller)).map(user -> TimeZones.rules(user.timeZone()))
                : Future.succeededFuture(TimeZones.rules(given));
    }

    private TurnZone() {}
}
