package io.parley.users.sessions;

import io.parley.contracts.users.Sessions;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;

/** Answers every request about sessions. */
public record SessionAnswers(SessionRules sessions, SessionStore store, RefreshRules refreshes) {
    public Future<?> register(Bus bus) {
        return Future.all(List.of(
                bus.answer(Sessions.REFRESH, refreshes::refresh),
                bus.answer(Sessions.LOGOUT, sessions::logout),
                bus.answer(Sessions.LIST, sessions::list),
                bus.answer(Sessions.END, sessions::end),
                bus.answer(Sessions.CHECK, sessions::check),
                bus.answer(Sessions.RECENTLY_ENDED, store::recentlyEnded)));
    }
}
