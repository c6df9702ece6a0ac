package io.parley.users;

import io.parley.contracts.assistant.Chat;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** Lets users use tern-1 and tern-2 of one provider, and kea-1 of another. */
public final class ModelsFake {
    public static Future<?> answer(Bus bus) {
        return bus.answer(Chat.CHECK_MODEL, ModelsFake::check);
    }

    private static Future<None> check(Chat.CheckModel query) {
        var prefix = "/" + query.fieldPrefix();
        if (query.provider() != null && !query.provider().matches("tern|kea"))
            throw Problem.invalid(prefix + "provider", "is not a provider that you can use");
        if (query.model() != null && !isModel(query))
            throw Problem.invalid(prefix + "model", "is not one of its models");
        return Future.succeededFuture(None.NONE);
    }

    private static boolean isModel(Chat.CheckModel query) {
        var named = query.model();
        return named.matches("tern-[12]|kea-1")
                && (query.provider() == null || named.startsWith(query.provider() + "-"));
    }

    private ModelsFake() {}
}
